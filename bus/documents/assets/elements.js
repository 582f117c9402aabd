// Making elements; text is always text, never markup.

/** An element with attributes and children; children that are null or undefined are left out. */
export function element(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith("on")) made.addEventListener(name.slice(2), value);
    else if (value !== null && value !== undefined && value !== false) made.setAttribute(name, value === true ? "" : value);
  }
  made.append(...children.flat().filter((child) => child !== null && child !== undefined));
  return made;
}

/** A JSON value as people read it. */
export function json(value) {
  return element("pre", {}, JSON.stringify(value, null, 2));
}

/** A table; each row is a list of cells, and so are its heads, if it has any. */
export function table(heads, rows) {
  const cells = (tag, row) => element("tr", {}, row.map((cell) => element(tag, {}, cell)));
  const head = heads.length ? element("thead", {}, cells("th", heads)) : null;
  return element("table", {}, head, element("tbody", {}, rows.map((row) => cells("td", row))));
}
