/** What a client and a single call can be told. */

import type { JsonValue, Transport } from "./wire.js";

export interface ClientOptions {
  transport: Transport;
  /** The session token of calls that name none. */
  session_token?: () => string | null | undefined;
  /** The correlation id of calls that name none: that of the page or the task they belong to. */
  correlation_id?: () => string | null | undefined;
  /** Texts for people by code, instead of the English ones. */
  texts?: Readonly<Record<string, string>>;
  /** Gets one entry a call; the console by default. */
  log?: (entry: CallLog) => void;
  /** Gets one metric a call. */
  metric?: (metric: CallMetric) => void;
  /** How often a call that may be sent again is sent at most. */
  attempts?: number;
}

export interface CallOptions<Version extends PropertyKey = number> {
  /** null: none, also where the client has one. */
  session_token?: string | null | undefined;
  correlation_id?: string | undefined;
  /** All attempts together; 120,000 by default. */
  timeout_ms?: number | undefined;
  /** Of the contract; the newest that these types know by default. */
  version?: Version | undefined;
  idempotency_key?: string | undefined;
}

/** Makes of the data what the caller wants, or throws. */
export interface Validated<Result> {
  validator: (data: unknown) => Result;
}

export interface CallMetric {
  command: string;
  duration_ms: number;
  success: boolean;
}

export interface CallLog extends CallMetric {
  correlation_id: string;
  /** `refused`: the bus said no; `failed`: it said nothing. */
  outcome: "ok" | "refused" | "failed";
  /** Of the error; null where there is none. */
  code: string | null;
  /** Without secrets, and short. */
  args: JsonValue;
}

/** What a call may say, whatever its command. */
export type AnyOptions = CallOptions<PropertyKey> & Partial<Validated<unknown>>;
