/** Everything a caller needs; the types of each plugin's commands stand in plugins/. */

export * from "./calls.js";
export * from "./client.js";
export * from "./codes.js";
export * from "./commands.js";
export * from "./errors.js";
export * from "./options.js";
export * from "./transports.js";
export * from "./wire.js";
