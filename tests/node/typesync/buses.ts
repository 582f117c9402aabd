/** The generated client against a bus that runs: `bus serve` at the URL in GATEWAY, else a child process `bus stdio`. */

import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { after, test } from "node:test";
import { CommandError, createClient, overFetch, overStdio } from "./generated/index.js";
import type { Transport } from "./generated/index.js";

const NOTE = "0198c0de-0000-7000-8000-000000000001";
const url = process.env["GATEWAY"];
const child = url === undefined ? spawn(process.env["BUS"] ?? "bus", ["stdio"], { stdio: ["pipe", "pipe", "inherit"] }) : undefined;
const transport: Transport = child ? overStdio(child) : overFetch(url ?? "");
const token = process.env["TOKEN"];
const client = createClient({ transport, log: () => undefined, ...(token ? { session_token: () => token } : {}) });

after(() => child?.stdin.end());

async function codeOf(call: Promise<unknown>): Promise<string> {
  const caught: unknown = await call.catch((error: unknown) => error);
  assert.ok(caught instanceof CommandError, String(caught));
  return caught.code;
}

test("data come back", async () => {
  const { note } = await client.safeInvoke("note_create", { content: "Zażółć 🐝\n", color: "green", author: null });
  assert.deepEqual(note, { id: NOTE, content: "Zażółć 🐝\n", color: "green", author: null, tags: ["a"] });
  assert.deepEqual(await client.safeInvoke("note_create", { content: "t" }, { version: 1 }), { id: NOTE });
  assert.deepEqual(await client.safeInvoke("note_echo", { one: null }), { given: { one: null } });
});

test("refusals are thrown with their code", async () => {
  const unknown = "0198c0de-0000-7000-8000-000000000002";
  assert.equal(await codeOf(client.safeInvoke("note_get", { note_id: unknown })), "note_not_found");
  assert.equal(await codeOf(client.safeInvoke("note_get", { note_id: "?" })), "invalid_note_id");
  assert.equal(await codeOf(client.safeInvoke("note_create", { content: "x".repeat(101) })), "VALIDATION_ERROR");
  assert.equal(await codeOf(client.safeInvoke("note_fail")), "HANDLER_ERROR");
  assert.equal(await codeOf(client.safeInvoke("note_crate" as "note_fail")), "UNKNOWN_COMMAND");
});

test("envelopes come whole", async () => {
  const envelope = await client.call("note_create", { content: "t" }, { version: 1, correlation_id: "ipc-1" });
  assert.deepEqual(envelope, {
    ok: true,
    command: "note_create",
    version: 1,
    data: { id: NOTE },
    error: null,
    warnings: ["note_create@1 is deprecated: use version 2"],
    correlation_id: "ipc-1",
    job: null,
  });
});

test("many calls at once each get their own answer", async () => {
  const calls = Array.from({ length: 200 }, (_, one) => client.safeInvoke("note_echo", { one }));
  const answers = await Promise.all(calls);
  assert.deepEqual(answers.map(({ given }) => given["one"]), [...Array(200).keys()]);
});

test("a late answer is dropped, and the next call gets its own", async () => {
  assert.equal(await codeOf(client.safeInvoke("note_wait", { wait_ms: 300 }, { timeout_ms: 50 })), "TIMEOUT");
  assert.deepEqual(await client.safeInvoke("note_echo", { one: 1 }), { given: { one: 1 } });
});

/** A worker runs beside the gateway. */
async function jobsAreWaitedFor(): Promise<void> {
  const job = await client.submit("note_echo", { one: "queued" });
  assert.deepEqual(await client.wait(job), { given: { one: "queued" } });
  const failing = await client.submit("note_scold");
  assert.equal(await codeOf(client.wait(failing)), "note_scolded");
  assert.deepEqual(await client.wait(await client.safeInvoke("note.pin-up")), {});
}
if (!child) test("a queued command is waited for", jobsAreWaitedFor);

test("a request that is too large is refused, and the next one answered", async () => {
  const [large, small] = ["x".repeat(2_000_000), "x"].map((one) => client.safeInvoke("note_echo", { one }));
  assert.equal(await codeOf(large as Promise<unknown>), "PAYLOAD_TOO_LARGE");
  assert.deepEqual(await small, { given: { one: "x" } });
});

test("a bus that is not there is UNREACHABLE", async () => {
  const gone = (program: string, ...args: string[]): Transport =>
    overStdio(spawn(program, args, { stdio: ["pipe", "pipe", "inherit"] }));
  const nowhere = child
    ? [gone(process.execPath, "-e", ""), gone("/nowhere/bus", "stdio"), gone(process.execPath, "-p", "'no JSON'")]
    : [overFetch("http://127.0.0.1:1"), overFetch(`${url}/docs-of-nobody`)];
  for (const transport of nowhere) {
    const lost = createClient({ transport, log: () => undefined });
    assert.equal(await codeOf(lost.safeInvoke("note_fail")), "UNREACHABLE");
    assert.equal(await codeOf(lost.safeInvoke("note_fail")), "UNREACHABLE");
  }
});
