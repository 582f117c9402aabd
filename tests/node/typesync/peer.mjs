/**
 * Writes what json-schema-to-typescript makes of the documents of a set, and a program that only compiles if each type
 * is the same as ours. Arguments: a file beside the peer's node_modules, the folder of the set.
 */

import { readFileSync, readdirSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";

const { compile } = createRequire(process.argv[2])("json-schema-to-typescript");
const folder = process.argv[3];
const options = { bannerComment: "", format: false, ignoreMinAndMaxItems: true, unknownAny: true };

/** What a set takes an object to be that says nothing about further members: closed if it names some, else open. */
function settled(part) {
  if (Array.isArray(part)) return part.map(settled);
  if (typeof part !== "object" || part === null) return part;
  // The peer takes what has nothing but a default for an object; a default says nothing about a type.
  if (Object.keys(part).join() === "default" && part.default === null) return {};
  const found = Object.fromEntries(Object.entries(part).map(([name, value]) => [name, settled(value)]));
  const isObject = found.type === "object" || (Array.isArray(found.type) && found.type.includes("object"));
  return isObject && found.additionalProperties === undefined ? { ...found, additionalProperties: !found.properties } : found;
}

const peers = [];
const claims = [`type Same<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;\n`];
let compared = 0;
for (const file of readdirSync(join(folder, "plugins")).filter((name) => name.endsWith(".schema.json")).sort()) {
  const plugin = file.replace(".schema.json", "");
  claims.push(`import type * as ${plugin} from "./plugins/${plugin}.js";`);
  const { $defs } = JSON.parse(readFileSync(join(folder, "plugins", file), "utf8"));
  for (const [name, entry] of Object.entries($defs)) {
    const schema = JSON.parse(JSON.stringify(settled(entry)).replaceAll(`"#/$defs/${name}/$defs/`, `"#/$defs/`));
    const text = await compile(schema, "Root", options);
    const isEmpty = schema.type === "object" && !schema.properties && !schema.additionalProperties;
    peers.push(`export namespace ${name}_ {\n${text}\n}\n`);
    // An interface without members takes anything in TypeScript; ours takes nothing, as the schema says.
    const theirs = isEmpty ? "Record<string, never>" : `peers.${name}_.Root`;
    claims.push(`export const ${name}: Same<${plugin}.${name}, ${theirs}> = true;`);
    compared += 1;
  }
}
writeFileSync(join(folder, "peers.ts"), peers.join("\n"));
writeFileSync(join(folder, "claims.ts"), `import type * as peers from "./peers.js";\n${claims.join("\n")}\n`);
process.stdout.write(`${compared}\n`);
