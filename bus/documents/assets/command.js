// One command: its contract, arguments, answer, codes, examples, and a form to try it.

import { element, json, table } from "./elements.js";

/** Everything about one command. */
export function show(openapi, schemas, path, root) {
  const operation = openapi.paths[path].post;
  const body = operation.requestBody.content["application/json"];
  const answer = operation.responses["200"].content["application/json"];
  return [
    element("h1", {}, operation.operationId),
    operation.deprecated ? element("p", { class: "deprecated" }, "Deprecated.") : null,
    ...operation.description.split("\n\n").map((text) => element("p", {}, text)),
    facts(operation, path),
    element("h2", {}, "Arguments"),
    schemas.members(body.schema.anyOf?.[0] ?? body.schema),
    element("h2", {}, "Data of the answer"),
    schemas.members(answer.schema.properties.data),
    element("h2", {}, "Codes"),
    codes(openapi, operation),
    element("h2", {}, "Example"),
    json(body.examples.smallest.value),
    json(answer.examples.smallest.value),
    element("h2", {}, "Try it"),
    form(path, body.examples.smallest.value, root),
  ];
}

function facts(operation, path) {
  const roles = operation["x-roles"].length ? ` (${operation["x-roles"].join(", ")})` : "";
  const limit = operation["x-limit"];
  return table([], [
    ["Called by", element("code", {}, `POST ${path}`)],
    ["Plugin", operation.tags.join(", ")],
    ["Who may call", operation["x-access"] + roles],
    ["Effect", operation["x-effect"]],
    ["Time limit", `${operation["x-time-limit-ms"] / 1000} s`],
    ["Queue", operation["x-secret"] ? "never queued" : operation["x-queue"] + (operation["x-queued-by-default"] ? ", by default" : "")],
    ["Rate limit", limit ? `${limit.count} calls in ${limit.per_ms / 1000} s` : "none"],
    ...(operation["x-sunset"] ? [["May be gone from", operation["x-sunset"]]] : []),
  ]);
}

function codes(openapi, operation) {
  const rows = operation["x-codes"].map((code) => {
    const { status, meaning } = openapi["x-codes"][code];
    return [element("code", {}, code), String(status), meaning];
  });
  return table(["Code", "Status", "Meaning"], rows);
}

function form(path, example, root) {
  const args = element("textarea", { name: "args", rows: 8, spellcheck: "false", "aria-label": "Arguments, JSON" });
  args.value = JSON.stringify(example, null, 2);
  const token = element("input", { name: "token", type: "password", autocomplete: "off", placeholder: "session token, if any", "aria-label": "Session token" });
  const answer = element("output", {});
  const send = async (event) => {
    event.preventDefault();
    answer.replaceChildren("…");
    try {
      const headers = { "Content-Type": "application/json", ...(token.value ? { Authorization: `Bearer ${token.value}` } : {}) };
      const response = await fetch(root + path, { method: "POST", headers, body: args.value });
      const text = await response.text();
      answer.replaceChildren(element("p", {}, `${response.status} ${response.statusText}`), pretty(text));
    } catch (error) {
      answer.replaceChildren(String(error));
    }
  };
  return element("form", { onsubmit: send }, args, token, element("button", {}, "Send"), answer);
}

function pretty(text) {
  try {
    return json(JSON.parse(text));
  } catch {
    return element("pre", {}, text);
  }
}
