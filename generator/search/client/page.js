// The visible text of an article's page: the other half of generator/search/extract.py.

import { SearchError } from "./errors.js";

const UNSEEN =
  "script, style, template, noscript, iframe, object, svg, canvas, audio, video, select, rp, " +
  "[hidden], [aria-hidden='true'], [style*='display:none'], [style*='display: none']";
const BLOCKS = new Set(
  ("address article aside blockquote br center dd details dialog div dl dt fieldset figcaption " +
    "figure footer form h1 h2 h3 h4 h5 h6 header hr img li main nav ol p pre section summary " +
    "table tbody td tfoot th thead tr ul").toUpperCase().split(" "),
);
/** The element that holds an article's body, and nothing else. */
const BODY = "[data-search-text]";

/** Text of the article in a document, or "" where it holds none. */
export function visibleText(page) {
  const body = page.querySelector(BODY)?.cloneNode(true);
  if (!body) return "";
  for (const unseen of body.querySelectorAll(UNSEEN)) unseen.remove();
  const walker = document.createTreeWalker(body, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT);
  let text = "";
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    if (BLOCKS.has(node.nodeName) || BLOCKS.has(node.previousSibling?.nodeName)) text += "\n";
    if (node.nodeType === Node.TEXT_NODE) text += node.data;
  }
  return text;
}

/** Text of the article at an absolute URL. Throws a SearchError when it cannot be read. */
export async function readPage(url, signal) {
  if (url.protocol === "file:") return globalThis.backfileLocal.readPage(url);
  let response;
  try {
    response = await fetch(url, { signal });
  } catch (error) {
    throw new SearchError(error.name === "AbortError" ? "cancelled" : "offline");
  }
  if (!response.ok) throw new SearchError("missing", url.pathname);
  return visibleText(new DOMParser().parseFromString(await response.text(), "text/html"));
}
