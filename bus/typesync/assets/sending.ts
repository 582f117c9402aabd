/**
 * One request is sent, and sent again where that is safe: it reads, or it has an idempotency key.
 *
 * Not here: the ways to send (transports.ts).
 */

import { COMMANDS } from "./commands.js";
import type { CommandName } from "./commands.js";
import { CommandError, textFor } from "./errors.js";
import type { ClientCode } from "./errors.js";
import type { ClientOptions } from "./options.js";
import type { CommandRequest, Envelope } from "./wire.js";

const ATTEMPTS = 3;
const FIRST_PAUSE_MS = 100;
/** Timers take no more. */
const LONGEST_TIMER_MS = 2 ** 31 - 1;
/** Nothing was written, and another try may find it otherwise. */
const PASSING: readonly string[] = ["DATABASE_BUSY", "QUEUE_UNAVAILABLE"];

/** All attempts of one call, within its time. */
export async function sendRepeatedly(options: ClientOptions, request: CommandRequest, timeout_ms: number): Promise<unknown> {
  const deadline = performance.now() + timeout_ms;
  const attempts = mayBeRepeated(request) ? (options.attempts ?? ATTEMPTS) : 1;
  for (let attempt = 1; ; attempt++) {
    const pause = FIRST_PAUSE_MS * 2 ** (attempt - 1) * (0.5 + Math.random() / 2);
    const isLast = attempt >= attempts || performance.now() + pause >= deadline;
    try {
      const reply = await sendOnce(options, request, deadline - performance.now());
      if (isLast || !isEnvelope(reply) || reply.ok || !PASSING.includes(reply.error.code)) return reply;
    } catch (caught) {
      if (isLast || caught instanceof CommandError) throw unanswered(options, request, caught);
    }
    await new Promise((resolve) => setTimeout(resolve, pause));
  }
}

/** One attempt; whoever is late is not heard. */
async function sendOnce(options: ClientOptions, request: CommandRequest, left_ms: number): Promise<unknown> {
  const control = new AbortController();
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      reject(failure(options, request, "TIMEOUT", "no answer in time"));
      control.abort();
    }, Math.min(left_ms, LONGEST_TIMER_MS));
  });
  try {
    return await Promise.race([late, options.transport(request, control.signal)]);
  } finally {
    clearTimeout(timer);
  }
}

function mayBeRepeated(request: CommandRequest): boolean {
  const facts = COMMANDS[request.command as CommandName];
  if (request.mode === "queue" || facts?.repeatable === "with key") return request.idempotency_key !== undefined;
  return facts?.repeatable === "always";
}

function unanswered(options: ClientOptions, request: CommandRequest, caught: unknown): CommandError {
  if (caught instanceof CommandError) return caught;
  return failure(options, request, "UNREACHABLE", caught instanceof Error ? caught.message : String(caught));
}

/** The error of a call that was not answered. */
export function failure(
  options: ClientOptions,
  { command, correlation_id }: Pick<CommandRequest, "command" | "correlation_id">,
  code: ClientCode,
  said: string,
): CommandError {
  const told = { code, original_message: said, details: null, correlation_id, command };
  return new CommandError(textFor(code, said, options.texts ?? {}), told);
}

/** Whether a reply is an envelope, as far as its first member tells. */
export function isEnvelope(reply: unknown): reply is Envelope {
  return typeof reply === "object" && reply !== null && "ok" in reply;
}
