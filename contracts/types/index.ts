// generated, do not edit (bus types sync, sha256 of manifest.json: ee89e58f11c0e6583844a8986fb312be33cc414b42b0de18b9fcb8bce9d3daed)
/** Everything a caller needs; the types of each plugin's commands stand in plugins/. */

export * from "./calls.js";
export * from "./client.js";
export * from "./codes.js";
export * from "./commands.js";
export * from "./errors.js";
export * from "./options.js";
export * from "./transports.js";
export * from "./wire.js";
