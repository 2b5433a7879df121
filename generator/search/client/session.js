// One conversation with the engine, in a worker or on the page: `call(method, argument)`.

import { Engine } from "./engine.js";
import { findPieces } from "./pieces.js";

/** @param read gives the payload of a path (files.js) */
export function makeSession(read) {
  let opening, latest = 0;
  const open = () => {
    opening ??= Engine.open(read).catch((error) => {
      opening = undefined; // the network may come back
      throw error;
    });
    return opening;
  };
  const methods = {
    async search(query) {
      const own = ++latest;
      const engine = await open();
      return engine.search(query, () => own !== latest);
    },
    rows: async (documents) => (await open()).rows(documents),
    find: async ({ document, pieces }) => findPieces((await open()).tokenizer, document, pieces),
    cancel: () => void latest++,
    renew: () => void (opening = undefined),
  };
  return (method, argument) => methods[method](argument);
}
