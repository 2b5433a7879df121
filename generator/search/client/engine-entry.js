// Entry of search-engine.js: a worker over HTTP; on the page where workers are not to be had.

import { fetchReader, keeping, localReader } from "./files.js";
import { makeSession } from "./session.js";

if (typeof document === "undefined") {
  let session;
  addEventListener("message", async ({ data: { id, method, argument, root } }) => {
    session ??= makeSession(keeping(fetchReader(root)));
    try {
      postMessage({ id, result: await session(method, argument) });
    } catch (error) {
      postMessage({ id, error: { code: error.code ?? "failed", message: String(error.message) } });
    }
  });
} else {
  globalThis.backfileEngine = (root) =>
    makeSession(keeping(new URL(root).protocol === "file:" ? localReader(root) : fetchReader(root)));
}
