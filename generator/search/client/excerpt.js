// The part of a text to show, with its hits marked.

const WINDOW = 36; // units before the first hit
const LENGTH = 130; // units of an excerpt

/**
 * The part of a text around its first hit, as `[text, isMarked]` parts in the text's own glyphs.
 * Without hits it is the text's beginning.
 */
export function excerpt(text, hits) {
  const first = hits.length ? hits[0][0] : 0;
  const start = snap(text, Math.max(0, first - WINDOW));
  const end = snap(text, Math.min(text.length, Math.max(start + LENGTH, first + WINDOW)));
  const parts = start > 0 ? [["…", false]] : [];
  let place = start;
  for (const [from, to] of hits) {
    if (to > end) break;
    if (from > place) parts.push([text.slice(place, from), false]);
    parts.push([text.slice(from, to), true]);
    place = to;
  }
  parts.push([text.slice(place, end) + (end < text.length ? "…" : ""), false]);
  return parts.map(([part, isMarked]) => [part.replace(/\s+/gu, " "), isMarked]).filter(([part]) => part);
}

/** The same title with its hits marked, whole. */
export function marked(text, hits) {
  const parts = [];
  let place = 0;
  for (const [from, to] of hits) {
    parts.push([text.slice(place, from), false], [text.slice(from, to), true]);
    place = to;
  }
  return [...parts, [text.slice(place), false]].filter(([part]) => part);
}

/** Not between the halves of a surrogate pair. */
const snap = (text, place) => (/[\udc00-\udfff]/u.test(text[place]) ? place - 1 : place);
