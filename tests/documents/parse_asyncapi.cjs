// Reads an AsyncAPI document on standard input with the official parser, and prints what it says of it as JSON.
const modules = process.argv[2];
const { Parser } = require(require.resolve("@asyncapi/parser", { paths: [modules] }));

async function main() {
  let text = "";
  for await (const part of process.stdin) text += part;
  const { document, diagnostics } = await new Parser().parse(text);
  const told = diagnostics.map(({ severity, message, path }) => ({ severity, message, path: path.join(".") }));
  const operations = document === undefined ? null : document.operations().all().map((one) => one.id());
  process.stdout.write(JSON.stringify({ operations, diagnostics: told }));
}

main();
