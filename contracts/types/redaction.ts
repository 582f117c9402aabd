// generated, do not edit (bus types sync, sha256 of manifest.json: ee89e58f11c0e6583844a8986fb312be33cc414b42b0de18b9fcb8bce9d3daed)
/** Arguments as a log may hold them: no secrets, and nothing long. */

import type { JsonObject, JsonValue } from "./wire.js";

const SECRET = /(?:password|token|secret|code|backup_codes|key|authorization)$/;
const LONGEST_TEXT = 100;
const MOST_PARTS = 10;
const DEEPEST = 20;

/** A copy at every depth: secrets as `[REDACTED]`, long texts cut, long lists and large objects as their size. */
export function redacted(value: unknown, depth = 0): JsonValue {
  if (typeof value === "string") return value.length > LONGEST_TEXT ? `${value.slice(0, LONGEST_TEXT)}…` : value;
  if (typeof value === "number" || typeof value === "boolean") return value;
  if (typeof value !== "object" || value === null) return value === null ? null : String(typeof value);
  if (depth === DEEPEST) return "[deeper]";
  if (Array.isArray(value)) {
    return value.length > MOST_PARTS ? `[${value.length} items]` : value.map((part) => redacted(part, depth + 1));
  }
  return redactedObject(Object.entries(value), depth);
}

function redactedObject(members: [string, unknown][], depth: number): JsonValue {
  if (members.length > MOST_PARTS) return `{${members.length} members}`;
  const shown: JsonObject = {};
  for (const [name, value] of members) {
    shown[name] = SECRET.test(name.toLowerCase()) ? "[REDACTED]" : redacted(value, depth + 1);
  }
  return shown;
}
