// The page's side of the conversation with the engine.

import { SearchError } from "./errors.js";

/**
 * A function `call(method, argument)`. `root` is the absolute URL of the site's root, `folder` that of
 * the client.
 */
export async function connect(root, folder) {
  const script = new URL("search-engine.js", folder);
  if (new URL(root).protocol === "file:") await loadScript(new URL("search-local.js", folder));
  else {
    try {
      const call = overWorker(new Worker(script), root);
      await call("cancel"); // answers when the worker runs
      return call;
    } catch {
      // A policy of the host may forbid workers: the page does the work then. Where it is the
      // network that fails, so does this.
    }
  }
  await loadScript(script);
  return globalThis.backfileEngine(root);
}

function overWorker(worker, root) {
  const waiting = new Map();
  let last = 0;
  worker.addEventListener("message", ({ data: { id, result, error } }) => {
    const { resolve, reject } = waiting.get(id);
    waiting.delete(id);
    if (error) reject(new SearchError(error.code, error.message));
    else resolve(result);
  });
  worker.addEventListener("error", () => {
    for (const { reject } of waiting.values()) reject(new SearchError("failed"));
    waiting.clear();
  });
  return (method, argument) =>
    new Promise((resolve, reject) => {
      waiting.set(++last, { resolve, reject });
      worker.postMessage({ id: last, method, argument, root });
    });
}

/** Run a classic script; rejects when it cannot be read. */
export function loadScript(url, charset = "utf-8") {
  return new Promise((resolve, reject) => {
    const script = document.createElement("script");
    script.charset = charset;
    script.src = url;
    script.onload = () => resolve();
    script.onerror = () => reject(new SearchError("offline"));
    document.head.append(script);
  });
}
