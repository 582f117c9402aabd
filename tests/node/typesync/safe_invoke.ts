/** What `safeInvoke` promises, number by number as in docs/how-to/typescript.md. The bus at the other end is a function. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { CommandError, TEXTS, configure, createClient, isErrorOf, safeInvoke } from "./generated/index.js";
import type { CallLog, CallMetric, ClientOptions, CommandRequest, Transport } from "./generated/index.js";

const NOTE = "0198c0de-0000-7000-8000-000000000001";

/** An envelope as the bus would write it. */
function answer(request: CommandRequest, members: object): object {
  const { command, version, correlation_id } = request;
  return { ok: true, command, version, data: {}, error: null, warnings: [], correlation_id, job: null, ...members };
}

function refused(request: CommandRequest, code: string, message = "no", details: object | null = null): object {
  return answer(request, { ok: false, data: null, error: { code, message, details } });
}

/** A client whose bus answers with these, one after another; what it was sent is kept. */
function clientOf(replies: ((request: CommandRequest) => unknown)[], options: Partial<ClientOptions> = {}) {
  const sent: CommandRequest[] = [];
  const logs: CallLog[] = [];
  const metrics: CallMetric[] = [];
  const transport: Transport = async (request) => {
    sent.push(request);
    const reply = replies[Math.min(sent.length, replies.length) - 1];
    return reply === undefined ? answer(request, {}) : reply(request);
  };
  const log = (entry: CallLog): void => void logs.push(entry);
  const client = createClient({ transport, log, metric: (metric) => void metrics.push(metric), ...options });
  return { ...client, sent, logs, metrics };
}

async function caughtOf(call: Promise<unknown>): Promise<CommandError> {
  const caught: unknown = await call.then(
    () => assert.fail("it did not throw"),
    (error: unknown) => error,
  );
  assert.ok(caught instanceof CommandError, String(caught));
  return caught;
}

test("1: the correlation id is the option, else the argument, else the ambient one, else new; it is always sent", async () => {
  const { safeInvoke: invoke, sent } = clientOf([], { correlation_id: () => "ambient" });
  await invoke("note_echo", { correlation_id: "argument" } as object, { correlation_id: "option" });
  await invoke("note_echo", { correlation_id: "argument" } as object);
  await invoke("note_echo");
  assert.deepEqual(sent.map((request) => request.correlation_id), ["option", "argument", "ambient"]);
  const alone = clientOf([]);
  await alone.safeInvoke("note_echo");
  await alone.safeInvoke("note_echo");
  const made = alone.sent.map((request) => request.correlation_id);
  for (const id of made) assert.match(id, /^ipc-[0-9a-f]{32}$/);
  assert.notEqual(made[0], made[1]);
});

test("2: arguments are copied and not changed; undefined is left out, null is kept", async () => {
  const { safeInvoke: invoke, sent } = clientOf([]);
  const args = Object.freeze({ one: null, two: undefined });
  await invoke("note_echo", args as object);
  assert.deepEqual(sent[0]?.args, { one: null });
  assert.ok(!("two" in (sent[0]?.args ?? {})));
  assert.deepEqual(args, { one: null, two: undefined });
});

test("3: data comes back, through the validator, whose exception comes through", async () => {
  const { safeInvoke: invoke } = clientOf([(request) => answer(request, { data: { given: { a: 1 } } })]);
  assert.deepEqual(await invoke("note_echo"), { given: { a: 1 } });
  assert.equal(await invoke("note_echo", {}, { validator: (data) => JSON.stringify(data).length }), 17);
  const strict = (): never => {
    throw new RangeError("not so");
  };
  await assert.rejects(invoke("note_echo", {}, { validator: strict }), new RangeError("not so"));
});

test("3: a refusal is a CommandError that tells everything", async () => {
  const { safeInvoke: invoke } = clientOf([
    (request) => refused({ ...request, correlation_id: "theirs" }, "note_not_found", "no such note", { note_id: NOTE }),
  ]);
  const error = await caughtOf(invoke("note_get", { note_id: NOTE }));
  assert.deepEqual(
    { ...error, message: error.message },
    {
      name: "CommandError",
      code: "note_not_found",
      message: "no such note",
      original_message: "no such note",
      details: { note_id: NOTE },
      correlation_id: "theirs",
      command: "note_get",
    },
  );
  assert.ok(isErrorOf(error, "note_get") && !isErrorOf(error, "note_echo"));
});

test("4: what is no envelope comes back as it is, a job where there is no data", async () => {
  const job = { id: "j", state: "queued" };
  const { safeInvoke: invoke } = clientOf([
    () => ["direct"],
    () => null,
    (request) => answer(request, { data: null, job }),
    (request) => answer(request, { data: { given: {} }, job: { ...job, state: "succeeded" } }),
  ]);
  assert.deepEqual(await invoke("note_echo"), ["direct"]);
  assert.equal(await invoke("note_echo"), null);
  assert.deepEqual(await invoke("note.pin-up"), job);
  assert.deepEqual(await invoke("note_echo"), { given: {} });
});

test("a job is waited for: its data come back, its refusal is thrown, and it may take too long", async () => {
  const job = { id: NOTE, state: "queued" as const };
  const look = (state: string, envelope: object | null) => (request: CommandRequest) =>
    answer(request, { data: { job: { id: NOTE, state, command: "note_get", envelope } } });
  const before = { ok: false, error: { code: "HANDLER_ERROR", message: "of an attempt", details: null } };
  const done = clientOf([look("queued", before), look("running", null), look("succeeded", { ok: true, data: { note: 1 } })]);
  assert.deepEqual(await done.wait(job), { note: 1 });
  assert.deepEqual(done.sent.map((request) => [request.command, request.args]), Array(3).fill(["job_get", { job_id: NOTE }]));
  const error = { code: "note_not_found", message: "none", details: null };
  const failed = clientOf([look("failed", { ok: false, data: null, error, correlation_id: "c" })]);
  const caught = await caughtOf(failed.wait(job));
  assert.deepEqual([caught.code, caught.command, caught.correlation_id], ["note_not_found", "note_get", "c"]);
  const slow = clientOf([look("running", null)]);
  assert.equal((await caughtOf(slow.wait(job, { timeout_ms: 120 }))).code, "TIMEOUT");
});

test("5: no answer in time is TIMEOUT, and the late answer is dropped", async () => {
  let late = (): void => undefined;
  let signal: AbortSignal | undefined;
  const transport: Transport = (request, given) => {
    signal = given;
    return new Promise((resolve) => (late = () => resolve(answer(request, { data: { given: { late: true } } }))));
  };
  const { safeInvoke: invoke, metrics } = clientOf([], { transport });
  const error = await caughtOf(invoke("note_echo", {}, { timeout_ms: 30 }));
  assert.equal(error.code, "TIMEOUT");
  assert.equal(error.message, TEXTS["TIMEOUT"]);
  assert.ok(signal?.aborted);
  late();
  assert.equal(metrics.length, 1);
});

test("6: people are told a fixed text, one of their language, or a short message of the server", async () => {
  const long = "x".repeat(201);
  const { safeInvoke: invoke } = clientOf(
    [
      (request) => refused(request, "FORBIDDEN"),
      (request) => refused(request, "note_scolded", "short"),
      (request) => refused(request, "note_scolded", long.slice(1)),
      (request) => refused(request, "note_scolded", long),
      (request) => refused(request, "RATE_LIMITED"),
    ],
    { texts: { RATE_LIMITED: "Langsamer, bitte." } },
  );
  const told: [string, string][] = [];
  for (let call = 0; call < 5; call++) {
    const error = await caughtOf(invoke("note_fail"));
    told.push([error.message, error.original_message]);
  }
  assert.deepEqual(told, [
    [TEXTS["FORBIDDEN"], "no"],
    ["short", "short"],
    [long.slice(1), long.slice(1)],
    [TEXTS["*"], long],
    ["Langsamer, bitte.", "no"],
  ]);
});

test("7: one log entry and one metric a call, without secrets and short at every depth", async () => {
  const { safeInvoke: invoke, logs, metrics } = clientOf([(request) => answer(request, {}), (request) => refused(request, "no")]);
  const args = {
    one: { Password: "hunter2", api_key: "k", deep: [{ refresh_token: "t", text: "y".repeat(101) }] },
    two: { many: Array(11).fill(0), wide: Object.fromEntries([..."abcdefghijk"].map((name) => [name, 0])) },
  };
  await invoke("note_echo", args, { correlation_id: "c" });
  await caughtOf(invoke("note_fail"));
  assert.equal(metrics.length, 2);
  assert.deepEqual(metrics.map(({ command, success }) => [command, success]), [["note_echo", true], ["note_fail", false]]);
  const [first, second] = logs;
  assert.ok(first !== undefined && second !== undefined && logs.length === 2);
  assert.ok(first.duration_ms >= 0);
  const { command, correlation_id, outcome, code } = first;
  assert.deepEqual([command, correlation_id, outcome, code], ["note_echo", "c", "ok", null]);
  assert.deepEqual([second.outcome, second.code], ["refused", "no"]);
  assert.deepEqual(first.args, {
    one: {
      Password: "[REDACTED]",
      api_key: "[REDACTED]",
      deep: [{ refresh_token: "[REDACTED]", text: `${"y".repeat(100)}…` }],
    },
    two: { many: "[11 items]", wide: "{11 members}" },
  });
});

test("8: reads and calls with a key are sent again, other writes and secrets never", async () => {
  const busy = (request: CommandRequest): object => refused(request, "DATABASE_BUSY");
  const cut = (): never => {
    throw new TypeError("fetch failed");
  };
  const times = async (call: (client: ReturnType<typeof clientOf>) => Promise<unknown>, fault = busy): Promise<number> => {
    const client = clientOf([fault, fault, (request) => answer(request, {})]);
    await call(client).catch((error: unknown) => assert.ok(error instanceof CommandError));
    assert.equal(client.metrics.length, 1);
    assert.equal(new Set(client.sent.map((request) => request.correlation_id)).size, 1);
    return client.sent.length;
  };
  const key = { idempotency_key: "k" };
  for (const fault of [busy, cut]) {
    assert.equal(await times((client) => client.safeInvoke("note_echo"), fault), 3);
    assert.equal(await times((client) => client.safeInvoke("note_create", { content: "t" }, key), fault), 3);
    assert.equal(await times((client) => client.safeInvoke("note_create", { content: "t" }), fault), 1);
    assert.equal(await times((client) => client.submit("note_echo"), fault), 1);
    assert.equal(await times((client) => client.safeInvoke("note_unlock", { password: "p" }, key), fault), 1);
  }
  assert.equal(await times((client) => client.safeInvoke("note_echo"), (request) => refused(request, "FORBIDDEN")), 1);
});

test("the version that the types are of is sent, and token, key and mode as they were given", async () => {
  const client = clientOf([], { session_token: () => "mine" });
  await client.safeInvoke("note_create", { content: "t" }, { idempotency_key: "k" });
  await client.safeInvoke("note_create", { content: "t" }, { version: 1, session_token: "other" });
  await client.submit("note_create", { content: "t" });
  await client.safeInvoke("note_get", { note_id: NOTE }, { session_token: null, idempotency_key: undefined });
  const shown = client.sent.map(({ version, session_token, idempotency_key, mode }) => [version, session_token, idempotency_key, mode]);
  assert.deepEqual(shown, [
    [2, "mine", "k", undefined],
    [1, "other", undefined, undefined],
    [2, "mine", undefined, "queue"],
    [1, undefined, undefined, undefined],
  ]);
});

test("safeInvoke says that it was not configured, and works when it was", async () => {
  assert.throws(() => safeInvoke("note_echo"), /call configure/);
  configure({ transport: async (request) => answer(request, { data: { given: {} } }), log: () => undefined });
  assert.deepEqual(await safeInvoke("note_echo"), { given: {} });
});
