// generated, do not edit (bus types sync, sha256 of manifest.json: ee89e58f11c0e6583844a8986fb312be33cc414b42b0de18b9fcb8bce9d3daed)
/**
 * What goes over the wire: one request, one envelope.
 *
 * Not here: the types of single commands (commands.ts), ways to send a request (transports.ts).
 */

export type JsonValue = string | number | boolean | null | JsonValue[] | JsonObject;
export type JsonObject = { [name: string]: JsonValue };

export type JobState = "queued" | "running" | "succeeded" | "failed" | "dead" | "cancelled" | "scheduled";

/** A command that was queued. */
export interface Job {
  id: string;
  state: JobState;
}

/** A job of which is known what data it will have; nothing says so when the program runs. */
export interface Queued<Data> extends Job {
  readonly __data?: Data;
}

/** Programs branch on `code`; `message` is for people. */
export interface ApiError<Code extends string = string> {
  code: Code;
  message: string;
  details: JsonObject | null;
}

interface Answer {
  command: string | null;
  version: number | null;
  warnings: string[];
  correlation_id: string;
  job: Job | null;
  /** What the request had. */
  id?: JsonValue;
}

/** The one shape of every answer; `data` is null where the command was queued. */
export type Envelope<Data = JsonObject, Code extends string = string> =
  | (Answer & { ok: true; data: Data | null; error: null })
  | (Answer & { ok: false; data: null; error: ApiError<Code> });

/** One call as it is sent. */
export interface CommandRequest {
  command: string;
  version?: number;
  args: object;
  session_token?: string;
  correlation_id: string;
  idempotency_key?: string;
  mode?: "sync" | "queue";
}

/** Sends a request and gives back what came: an envelope, as a rule. It rejects when nothing did. */
export type Transport = (request: CommandRequest, signal: AbortSignal) => Promise<unknown>;
