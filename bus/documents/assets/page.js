// The list of commands with its search, and the command that the address names.

import { show } from "./command.js";
import { element } from "./elements.js";
import { Schemas } from "./schema.js";

const [search, list, count, main] = ["search", "list", "count", "command"].map((id) => document.getElementById(id));
// The gateway may be mounted below a path.
const root = location.pathname.replace(/\/docs\/?$/, "");

async function start() {
  const response = await fetch(`${root}/openapi.json`);
  if (!response.ok) {
    main.replaceChildren(element("p", {}, `The commands cannot be shown: ${response.status} ${response.statusText}`));
    return;
  }
  const openapi = await response.json();
  const schemas = new Schemas(openapi);
  const commands = commandsOf(openapi);
  const narrow = () => showList(commands, search.value);
  const open = () => {
    const found = commands.find((command) => command.key === decodeURIComponent(location.hash.slice(1)));
    document.title = found ? found.key : "Commands";
    main.replaceChildren(...(found ? show(openapi, schemas, found.path, root).filter((part) => part !== null) : welcome(openapi)));
    main.focus({ preventScroll: true });
    scrollTo(0, 0);
  };
  search.addEventListener("input", narrow);
  addEventListener("hashchange", open);
  narrow();
  open();
}

/** The commands of the document, each with the words that a search looks through. */
function commandsOf(openapi) {
  return Object.entries(openapi.paths)
    .filter(([, methods]) => methods.post?.["x-access"] !== undefined)
    .map(([path, { post }]) => {
      const words = [post.operationId, post.summary, ...post.tags, ...post["x-codes"]].join(" ").toLowerCase();
      return { key: post.operationId, path, plugin: post.tags[0], summary: post.summary, deprecated: post.deprecated, words };
    });
}

function showList(commands, text) {
  const wanted = text.toLowerCase().split(/\s+/).filter(Boolean);
  const found = commands.filter((command) => wanted.every((word) => command.words.includes(word)));
  count.textContent = `${found.length} of ${commands.length}`;
  const plugins = [...new Set(found.map((command) => command.plugin))].sort();
  list.replaceChildren(...plugins.flatMap((plugin) => [
    element("h2", {}, plugin),
    element("ul", {}, found.filter((command) => command.plugin === plugin).map(line)),
  ]));
}

function line({ key, summary, deprecated }) {
  const link = element("a", { href: `#${encodeURIComponent(key)}`, title: summary, class: deprecated ? "deprecated" : null }, key);
  return element("li", {}, link);
}

function welcome(openapi) {
  const about = openapi.info.description.split("\n\n").map((text) => element("p", {}, text));
  return [element("h1", {}, `${openapi.info.title} ${openapi.info.version}`), ...about];
}

start();
