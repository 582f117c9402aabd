// generated, do not edit (bus types sync, sha256 of manifest.json: ee89e58f11c0e6583844a8986fb312be33cc414b42b0de18b9fcb8bce9d3daed)
/**
 * How a call is typed by the name of its command, and by its version where it names one.
 *
 * Not here: the types of single commands (commands.ts).
 */

import type { CommandMap, CommandName, CommandVersions } from "./commands.js";
import type { CallOptions, Validated } from "./options.js";
import type { Envelope, Queued } from "./wire.js";

type Versions<Name extends CommandName> = keyof CommandVersions[Name];
type Newest<Name extends CommandName> = CommandMap[Name]["version"] & Versions<Name>;
type Part<Types, Key extends string> = Types extends { [K in Key]: infer Found } ? Found : never;
type Args<Name extends CommandName, Version extends Versions<Name>> = Part<CommandVersions[Name][Version], "args">;
type Data<Name extends CommandName, Version extends Versions<Name>> = Part<CommandVersions[Name][Version], "data">;
type Code<Name extends CommandName, Version extends Versions<Name>> = Part<CommandVersions[Name][Version], "code"> &
  string;
type Returned<Name extends CommandName, Version extends Versions<Name>> = Part<
  CommandVersions[Name][Version],
  "returns"
>;
/** Arguments can be left out where none is required. */
type Rest<Given, Options> = {} extends Given ? [args?: Given, options?: Options] : [args: Given, options?: Options];

export interface SafeInvoke {
  <Name extends CommandName, Result, Version extends Versions<Name> = Newest<Name>>(
    command: Name,
    args: Args<Name, Version> | undefined,
    options: CallOptions<Version> & Validated<Result>,
  ): Promise<Result>;
  <Name extends CommandName, Version extends Versions<Name> = Newest<Name>>(
    command: Name,
    ...rest: Rest<Args<Name, Version>, CallOptions<Version>>
  ): Promise<Returned<Name, Version>>;
}

export interface Client {
  /** The data of the answer. Throws `CommandError`. */
  safeInvoke: SafeInvoke;
  /** The envelope, whatever it says. Throws `CommandError` when none comes. */
  call<Name extends CommandName, Version extends Versions<Name> = Newest<Name>>(
    command: Name,
    ...rest: Rest<Args<Name, Version>, CallOptions<Version>>
  ): Promise<Envelope<Data<Name, Version>, Code<Name, Version>>>;
  /** Queues the command. Throws `CommandError`. */
  submit<Name extends CommandName, Version extends Versions<Name> = Newest<Name>>(
    command: Name,
    ...rest: Rest<Args<Name, Version>, CallOptions<Version>>
  ): Promise<Queued<Data<Name, Version>>>;
  /** The data of a queued command, once it has ended. Throws `CommandError`; TIMEOUT: it has not ended, and goes on. */
  wait<Found>(job: Queued<Found>, options?: Omit<CallOptions, "version" | "idempotency_key">): Promise<Found>;
}
