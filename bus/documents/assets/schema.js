// What a schema asks for, in words and tables.

import { element, table } from "./elements.js";

const BOUNDS = {
  minLength: "at least {} characters",
  maxLength: "at most {} characters",
  minItems: "at least {} items",
  maxItems: "at most {} items",
  minimum: "from {}",
  maximum: "up to {}",
  exclusiveMinimum: "more than {}",
  exclusiveMaximum: "less than {}",
};
// What every whole number is held to says nothing about one of them.
const USUAL = new Set([-(2 ** 63), 2 ** 63]);

/** Looks up references in the document. */
export class Schemas {
  constructor(openapi) {
    this.schemas = openapi.components.schemas;
  }

  /** A schema without its reference, in the spelling that is meant. */
  plain(schema) {
    const name = this.nameOf(schema);
    const found = name === null ? schema : this.schemas[name];
    return found["x-normalised"] ?? found;
  }

  nameOf(schema) {
    return schema.$ref === undefined ? null : schema.$ref.slice("#/components/schemas/".length);
  }

  /** The type of a value in a few words. */
  type(schema) {
    const name = this.nameOf(schema);
    if (name !== null) return name;
    const meant = this.plain(schema);
    if (meant.anyOf !== undefined) return meant.anyOf.map((one) => this.type(one)).join(" or ");
    const types = [meant.type ?? (meant.enum || "const" in meant ? [] : ["anything"])].flat();
    return types.map((type) => (type === "array" ? `list of ${this.type(meant.items ?? {})}` : type)).join(" or ");
  }

  /** What else is asked of a value. */
  rules(schema) {
    const meant = this.plain(schema);
    const rules = Object.entries(BOUNDS)
      .filter(([keyword]) => meant[keyword] !== undefined && !USUAL.has(meant[keyword]))
      .map(([keyword, text]) => text.replace("{}", meant[keyword]));
    if ("const" in meant) rules.unshift(JSON.stringify(meant.const));
    if (meant.enum !== undefined) rules.unshift(meant.enum.map((one) => JSON.stringify(one)).join(", "));
    if (meant.format !== undefined && meant.format !== "int64") rules.push(meant.format);
    if (schema.default !== undefined) rules.push(`left out: ${JSON.stringify(schema.default)}`);
    return rules.join("; ");
  }

  /** A table of an object's members, and below it one of each object inside. */
  members(schema, open = []) {
    const meant = this.plain(schema);
    const members = Object.entries(meant.properties ?? {});
    if (members.length === 0) return element("p", {}, meant.additionalProperties === false ? "None." : "Any members.");
    const required = new Set(meant.required ?? []);
    const rows = members.map(([name, member]) => [
      element("code", {}, name),
      this.type(member),
      required.has(name) ? "required" : "",
      [this.rules(member), member.description ? element("div", {}, member.description) : null],
      member["x-code"] ? element("code", {}, member["x-code"]) : "",
    ]);
    const inside = [...new Set(members.flatMap(([, member]) => this.names(member)))].filter((name) => !open.includes(name));
    return element(
      "div",
      {},
      table(["Name", "Type", "", "Rules", "Code if bad"], rows),
      inside.map((name) => element("details", {}, element("summary", {}, name), this.members({ $ref: `#/components/schemas/${name}` }, [...open, name]))),
    );
  }

  /** The names of the objects that a member refers to itself. */
  names(schema) {
    const name = this.nameOf(schema);
    if (name !== null) return [name];
    const meant = schema["x-normalised"] ?? schema;
    return [...(meant.anyOf ?? []), meant.items, meant.additionalProperties]
      .filter((part) => part !== null && typeof part === "object")
      .flatMap((part) => this.names(part));
  }
}
