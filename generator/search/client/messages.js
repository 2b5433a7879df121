// What the interface says, in one language a bundle: build.mjs puts messages/<language>.js here.

export { default as messages } from "messages";

/** A message with its places filled. Numbers stand at {n}, words at {word}. */
export const fill = (message, values = {}) => message.replace(/\{(\w+)\}/gu, (_, name) => values[name] ?? "");
