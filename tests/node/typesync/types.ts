/** What the compiler lets pass and what it does not: a line below `@ts-expect-error` that is fine fails to compile. */

import { createClient, isErrorOf, overFetch, safeInvoke } from "./generated/index.js";
import type { CommandMap, CommandName, CommandVersions, Envelope, ErrorCode, Queued } from "./generated/index.js";
import type { NoteCreateArgs, NoteCreateV1Args, NoteCreateV2Args } from "./generated/plugins/sample.js";
import type { NoteGetData, NoteGetV1ErrorCode, NotePinUpData } from "./generated/plugins/sample.js";

type Same<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;
const holds = <T extends true>(): T | undefined => undefined;

holds<Same<NoteCreateArgs, NoteCreateV2Args>>();
holds<Same<CommandMap["note_create"]["version"], 2>>();
holds<Same<CommandVersions["note_create"][1]["args"], NoteCreateV1Args>>();
holds<Same<NoteCreateV2Args["parent_id"], string | null | undefined>>();
holds<Same<NoteCreateV2Args["color"], "red" | "green" | undefined>>();
holds<Same<Extract<NoteGetV1ErrorCode, "note_not_found" | "invalid_note_id" | "TIMEOUT">, "note_not_found" | "invalid_note_id" | "TIMEOUT">>();
holds<Same<Extract<NoteGetV1ErrorCode, "note_scolded">, never>>();
holds<Same<Extract<ErrorCode, "note_scolded">, "note_scolded">>();
holds<Same<Extract<CommandName, "note_sweep">, never>>();

export async function calls(): Promise<void> {
  const made = await safeInvoke("note_create", { content: "tea", parent_id: null });
  holds<Same<typeof made.note.color, "red" | "green">>();
  holds<Same<typeof made.note.author, { email: string | null; name: string } | null>>();
  holds<Same<typeof made.hint, string | undefined>>();
  const old = await safeInvoke("note_create", { content: "tea" }, { version: 1 });
  holds<Same<typeof old, { id: string }>>();
  const pinned = await safeInvoke("note.pin-up");
  holds<Same<typeof pinned, Queued<NotePinUpData>>>();
  const queued = await createClient({ transport: overFetch("") }).submit("note_get", { note_id: "" });
  const waited = await createClient({ transport: overFetch("") }).wait(queued);
  holds<Same<typeof waited, NoteGetData>>();
  const length = await safeInvoke("note_echo", {}, { validator: (data) => String(data).length });
  holds<Same<typeof length, number>>();

  // @ts-expect-error  nobody answers this
  await safeInvoke("note_crate", { content: "tea" });
  // @ts-expect-error  an argument is missing
  await safeInvoke("note_create", {});
  // @ts-expect-error  arguments are missing
  await safeInvoke("note_create");
  // @ts-expect-error  a number is no text
  await safeInvoke("note_create", { content: 3 });
  // @ts-expect-error  a colour that does not exist
  await safeInvoke("note_create", { content: "tea", color: "blue" });
  // @ts-expect-error  an argument that does not exist
  await safeInvoke("note_create", { content: "tea", colour: "red" });
  // @ts-expect-error  null where it is not allowed
  await safeInvoke("note_create", { content: null });
  // @ts-expect-error  version 1 has no colour
  await safeInvoke("note_create", { content: "tea", color: "red" }, { version: 1 });
  // @ts-expect-error  there is no version 3
  await safeInvoke("note_create", { content: "tea" }, { version: 3 });
  // @ts-expect-error  nothing can be given
  await safeInvoke("note_fail", { content: "tea" });
  // @ts-expect-error  other commands only
  await safeInvoke("note_sweep");
}

export function codes(caught: unknown, answer: Envelope<object, "a" | "b">): void {
  if (isErrorOf(caught, "note_get")) {
    holds<Same<Extract<typeof caught.code, "note_not_found" | "UNREACHABLE">, "note_not_found" | "UNREACHABLE">>();
    // @ts-expect-error  not one of its codes
    if (caught.code === "note_scolded") throw caught;
  }
  if (!answer.ok) holds<Same<typeof answer.error.code, "a" | "b">>();
}
