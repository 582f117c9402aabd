/**
 * Calls with the types of their command: `safeInvoke` gives data or throws, `call` gives the envelope.
 *
 * Not here: the types (calls.ts, commands.ts), sending and sending again (sending.ts).
 */

import type { Client, SafeInvoke } from "./calls.js";
import type { ErrorCode } from "./codes.js";
import { COMMANDS } from "./commands.js";
import type { CommandName } from "./commands.js";
import { CommandError, textFor } from "./errors.js";
import type { AnyOptions, CallLog, ClientOptions } from "./options.js";
import { redacted } from "./redaction.js";
import { failure, isEnvelope, sendRepeatedly } from "./sending.js";
import type { CommandRequest, Envelope, JobState, JsonObject, Queued } from "./wire.js";

const TIMEOUT_MS = 120_000;
/** How long to wait before a job is looked at again: at first, and at most. */
const [FIRST_LOOK_MS, LONGEST_PAUSE_MS] = [50, 2_000];
const ENDED: readonly JobState[] = ["succeeded", "failed", "dead", "cancelled"];

/** What is looked at of a job. */
type Looked = { state: JobState; command: string; correlation_id: string; envelope: Envelope | null };

/** One call as it is made, whatever its command. */
interface AnyCall {
  command: string;
  args: object | undefined;
  chosen: AnyOptions;
  mode?: "queue";
}

/** A client of one bus. */
export function createClient(options: ClientOptions): Client {
  const calling =
    (way: typeof ask, mode?: "queue") =>
    (command: string, args?: object, chosen: AnyOptions = {}): Promise<unknown> =>
      way(options, { command, args, chosen, ...(mode ? { mode } : {}) });
  return {
    safeInvoke: calling(invoke) as SafeInvoke,
    call: calling(ask) as Client["call"],
    submit: calling(invoke, "queue") as Client["submit"],
    wait: ((job: Queued<unknown>, chosen: AnyOptions = {}) => wait(options, job.id, chosen)) as Client["wait"],
  };
}

let configured: Client | undefined;

/** Says how `safeInvoke` reaches the bus. Once, where the program begins. */
export function configure(options: ClientOptions): void {
  configured = createClient(options);
}

/** `safeInvoke` of the client that `configure` made. */
export const safeInvoke: SafeInvoke = ((command: CommandName, args: never, options: never) => {
  if (!configured) throw new Error("safeInvoke does not know where the bus is; call configure({ transport }) first");
  return configured.safeInvoke(command, args, options);
}) as SafeInvoke;

/** The reply as it came, told to the log. */
async function ask(options: ClientOptions, call: AnyCall): Promise<unknown> {
  const request = requestOf(options, call);
  const begun = performance.now();
  let [outcome, code]: [CallLog["outcome"], string | null] = ["failed", "UNREACHABLE"];
  try {
    const reply = await sendRepeatedly(options, request, call.chosen.timeout_ms ?? TIMEOUT_MS);
    [outcome, code] = isEnvelope(reply) && !reply.ok ? ["refused", reply.error.code] : ["ok", null];
    return reply;
  } catch (caught) {
    if (caught instanceof CommandError) code = caught.code;
    throw caught;
  } finally {
    tell(options, request, { duration_ms: Math.round(performance.now() - begun), outcome, code });
  }
}

/** What comes of the reply. */
async function invoke(options: ClientOptions, call: AnyCall): Promise<unknown> {
  const reply = await ask(options, call);
  if (!isEnvelope(reply)) return reply;
  if (reply.ok && reply.job && reply.data === null) return reply.job;
  return settled(options, call.command, reply, call.chosen);
}

async function wait(options: ClientOptions, job_id: string, chosen: AnyOptions): Promise<unknown> {
  const deadline = performance.now() + (chosen.timeout_ms ?? TIMEOUT_MS);
  const { validator: _, ...plain } = chosen;
  for (let pause = FIRST_LOOK_MS; ; pause = Math.min(2 * pause, LONGEST_PAUSE_MS)) {
    const left = deadline - performance.now();
    const chosenNow = { ...plain, timeout_ms: left };
    const { job } = (await invoke(options, { command: "job_get", args: { job_id }, chosen: chosenNow })) as { job: Looked };
    if (ENDED.includes(job.state) && job.envelope) return settled(options, job.command, job.envelope, chosen);
    if (pause >= left) throw failure(options, job, "TIMEOUT", `the job ${job_id} is ${job.state}; it goes on`);
    await new Promise((resolve) => setTimeout(resolve, pause));
  }
}

function requestOf(options: ClientOptions, { command, args, chosen, mode }: AnyCall): CommandRequest {
  const copy = JSON.parse(JSON.stringify(args ?? {})) as JsonObject; // without members that are undefined
  const named = chosen.correlation_id ?? copy["correlation_id"] ?? options.correlation_id?.();
  const token = chosen.session_token === undefined ? options.session_token?.() : chosen.session_token;
  const version = chosen.version ?? COMMANDS[command as CommandName]?.version;
  return {
    command,
    ...(version === undefined ? {} : { version: Number(version) }),
    args: copy,
    correlation_id: named === undefined || named === null ? newCorrelationId() : String(named),
    ...(token ? { session_token: token } : {}),
    ...(chosen.idempotency_key === undefined ? {} : { idempotency_key: chosen.idempotency_key }),
    ...(mode ? { mode } : {}),
  };
}

/** The data of an envelope, through the validator. */
function settled(options: ClientOptions, command: string, reply: Envelope, chosen: AnyOptions): unknown {
  if (reply.ok) return chosen.validator ? chosen.validator(reply.data) : reply.data;
  const { code, message, details } = reply.error;
  throw new CommandError(textFor(code, message, options.texts ?? {}), {
    code: code as ErrorCode,
    original_message: message,
    details,
    correlation_id: reply.correlation_id,
    command,
  });
}

/** What is to be told of a call that only its end shows. */
type Ending = Pick<CallLog, "duration_ms" | "outcome" | "code">;

function tell(options: ClientOptions, request: CommandRequest, ending: Ending): void {
  const { command, correlation_id } = request;
  const metric = { command, duration_ms: ending.duration_ms, success: ending.outcome === "ok" };
  options.metric?.(metric);
  const log = options.log ?? ((entry) => (entry.success ? console.debug : console.warn)("command", entry));
  log({ ...metric, ...ending, correlation_id, args: redacted(request.args) });
}

function newCorrelationId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return `ipc-${Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("")}`;
}
