// How far the archive is read, on pages that are shown before it is.

/** Update the lines and bars of a page: `text` for people, `done` of `total` articles. */
export function showProgress({ text, done, total }) {
  for (const shown of document.querySelectorAll("[data-backfile-reading]")) {
    if (shown.localName === "progress") Object.assign(shown, { max: total, value: done });
    else shown.textContent = text;
  }
}
