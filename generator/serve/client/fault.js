// One fault as elements. All of it is text: a fault quotes what others have written.

import { element } from "../../search/client/dom.js";

/** A list item of a fault as in the protocol. */
export function faultItem(fault) {
  const { code, severity, path, line, column, message, hint, excerpt } = fault;
  const place = [path, line, line && column].filter(Boolean).join(":");
  return element(
    "li",
    { class: severity },
    element("h2", {}, message),
    element("p", { class: "place" }, place ? element("code", {}, place) : null, element("span", {}, `${severity} ${code}`)),
    excerpt?.length ? excerptOf(fault) : null,
    hint ? element("p", { class: "hint" }, hint) : null,
  );
}

function excerptOf({ path, line, column, excerpt, skipped = 0 }) {
  const rows = excerpt.flatMap(([number, text]) => [
    element("span", { class: "number", "aria-hidden": "true" }, String(number).padStart(5)),
    element("span", number === line ? { class: "row", "aria-current": "true" } : { class: "row" }, ...(skipped ? ["…"] : []), ...marked(text, number === line && column - skipped)),
    "\n",
  ]);
  const label = `Lines ${excerpt[0][0]} to ${excerpt.at(-1)[0]} of ${path}`;
  return element("pre", { tabindex: "0", role: "group", "aria-label": label }, ...rows);
}

/** A line with its character at `column` (1-based, in code points) marked, where the line goes so far. */
function marked(text, column) {
  const letters = Array.from(text);
  const at = column - 1;
  if (!column || at > letters.length) return [text];
  return [letters.slice(0, at).join(""), element("mark", {}, letters[at] ?? " "), letters.slice(at + 1).join("")];
}

/** Scroll long lines to their marks. */
export function showMarks(list) {
  for (const mark of list.querySelectorAll("mark")) {
    const pre = mark.closest("pre");
    pre.scrollLeft = mark.offsetLeft - pre.clientWidth / 2;
  }
}
