// Entry of preview.js, which the preview puts at the end of every page:
//
//   <script src="…/_backfile/preview.js" data-session="…" data-version="12" defer></script>

import { listen } from "./channel.js";
import { Overlay } from "./overlay.js";
import { Page } from "./page.js";
import { showProgress } from "./reading.js";

const tag = document.currentScript;
const page = new Page(tag);
const overlay = new Overlay();

listen(new URL("events", tag.src), {
  hello: (event) => page.meet(event),
  change: (event) => page.hear(event),
  reading: showProgress,
  faults: ({ faults }) => overlay.show(faults),
  // Search keeps the index it has opened; it listens for this (search/client/client-entry.js).
  search: () => document.dispatchEvent(new Event("backfile-index")),
});
