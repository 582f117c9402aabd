/**
 * What a call can end with other than data, and what people are told then.
 *
 * Not here: the codes of the bus and of its commands (codes.ts).
 */

import type { ErrorCode } from "./codes.js";
import type { CommandMap, CommandName } from "./commands.js";
import type { JsonObject } from "./wire.js";

/** Codes that this side sets: no answer in time, no answer at all. */
export type ClientCode = "TIMEOUT" | "UNREACHABLE";

/** Texts for people by code; `*` stands for what has neither a text nor a short message of its own. */
export const TEXTS: Readonly<Record<string, string>> = {
  FORBIDDEN: "You are not allowed to do this.",
  UNAUTHENTICATED: "Your session has ended. Please log in again.",
  NOT_FOUND: "This could not be found.",
  RATE_LIMITED: "Too many requests. Please wait a moment and try again.",
  VALIDATION_ERROR: "Some of what was entered is not valid. Please check it.",
  HANDLER_ERROR: "Something went wrong. Please try again later.",
  TIMEOUT: "This took too long. Please try again.",
  UNREACHABLE: "The service cannot be reached. Please try again later.",
  "*": "The request could not be carried out.",
};

/** Characters of a server's message that people are shown. */
const LONGEST_SHOWN = 200;

/** A command was refused, or nobody answered it. `message` is for people. */
export class CommandError<Code extends string = ErrorCode | ClientCode> extends Error {
  override readonly name = "CommandError";
  readonly code: Code;
  /** What the server said. */
  readonly original_message: string;
  readonly details: JsonObject | null;
  readonly correlation_id: string;
  readonly command: string;

  constructor(message: string, told: Omit<CommandError<Code>, keyof Error>) {
    super(message);
    this.code = told.code;
    this.original_message = told.original_message;
    this.details = told.details;
    this.correlation_id = told.correlation_id;
    this.command = told.command;
  }
}

/** Whether something caught is a `CommandError` of a command; its `code` is one of that command's then. */
export function isErrorOf<Name extends CommandName>(
  caught: unknown,
  command: Name,
): caught is CommandError<CommandMap[Name]["code"] | ClientCode> {
  return caught instanceof CommandError && caught.command === command;
}

/** What people are told about a code. */
export function textFor(code: string, said: string, texts: Readonly<Record<string, string>>): string {
  const all = { ...TEXTS, ...texts };
  const fixed = Object.hasOwn(all, code) ? all[code] : undefined;
  return fixed ?? (said.length <= LONGEST_SHOWN ? said : all["*"] ?? code);
}
