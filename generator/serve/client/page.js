// What the tab shows, and how it keeps up: which version of the site, and the way to the next.

import { Morph } from "./morph.js";
import { keepSheets, swapSheets } from "./sheets.js";

/** An address as people see it: "/新闻/index.html" and "/%E6%96%B0%E9%97%BB/" are the same. */
function plain(path) {
  try {
    path = decodeURIComponent(path);
  } catch {
    // Not UTF-8: as it stands.
  }
  return path.replace(/\/index\.html$/u, "/");
}

/** Scripts that run, in order. What they have done to a page cannot be undone by morphing it. */
const scriptsOf = (root, isMade = () => false) =>
  [...root.querySelectorAll("script")]
    .filter((script) => /^(?:|module|(?:text|application)\/javascript)$/iu.test(script.type) && !isMade(script))
    .map((script) => script.src || script.text)
    .join("\n");

export class Page {
  #tag;
  #shown; // { session, version } of what stands on the page
  #session; // the server's that is connected
  #morph = new Morph();
  #work = Promise.resolve();

  /** @param tag the preview's own script element: tells what the page was when it was served */
  constructor(tag) {
    this.#tag = tag;
    this.#shown = stateOf(tag);
    this.#session = this.#shown.session;
  }

  /** The server greets: it may have started anew, or gone on while nobody listened. */
  meet({ session, version }) {
    this.#session = session;
    this.#soon(version, () => this.#renew());
  }

  /** The site has changed: `pages` and `css` as in the protocol. */
  hear({ version, pages, css }) {
    const here = plain(location.pathname);
    const isHere = pages === "all" || pages.some((path) => plain(path) === here);
    this.#soon(version, () => (isHere ? this.#renew() : swapSheets(css, this.#morph)));
  }

  /** Do one thing after the other, and nothing for a version that the page has already. */
  #soon(version, work) {
    const session = this.#session;
    this.#work = this.#work.then(async () => {
      if (this.#isShown(session, version)) return;
      const isDone = await work();
      if (isDone && !this.#isShown(session, version)) this.#shown = { session, version };
    });
  }

  #isShown(session, version) {
    return this.#shown.session === session && this.#shown.version >= version;
  }

  /** Fetch the page anew and morph it into what came; false where nothing fit to show did. */
  async #renew() {
    let response, text;
    try {
      response = await fetch(location.href, { cache: "no-store", headers: { accept: "text/html" } });
      text = await response.text();
    } catch {
      return false; // the server is gone; it greets when it is back
    }
    if (!response.ok && response.status !== 404) return false; // the last good page stays
    const next = new DOMParser().parseFromString(text, "text/html");
    if (response.redirected) location.replace(response.url);
    else if (!this.#isMorphable(response, next)) location.reload();
    else {
      await keepSheets(next, this.#morph);
      this.#morph.into(next, this.#tag);
      const tag = next.querySelector("script[data-session][data-version]");
      if (tag) this.#shown = stateOf(tag);
    }
    return true;
  }

  #isMorphable(response, next) {
    return (
      response.headers.get("content-type")?.startsWith("text/html") &&
      !next.querySelector("meta[http-equiv=refresh i]") &&
      scriptsOf(next) === scriptsOf(document, (script) => this.#morph.isMade(script))
    );
  }
}

const stateOf = ({ dataset: { session, version } }) => ({ session, version: Number(version) });
