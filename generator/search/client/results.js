// The list of results: as many as come into view, each with its excerpt, each verified.

import { element, markedParts } from "./dom.js";
import { excerpt, marked } from "./excerpt.js";
import { fill } from "./messages.js";
import { readPage } from "./page.js";

const BATCH = 10; // results until the reader is asked
/** Results whose order is asked for at first. */
export const FIRST = 3;
const STEP = 2; // results read at once before any is seen
const MOST_AT_ONCE = 4;
// Articles read that turn out not to hold the words, until the reader is asked: with results to show, and without.
const MOST_REFUSED = 4, MOST_IN_VAIN = 16;

export class Results {
  /** @param options `{ root, call, messages, onprogress }` */
  constructor(options) {
    Object.assign(this, options);
    this.list = element("ol", { class: "search-results" });
    this.more = element("button", { type: "button", class: "search-more", hidden: true, onclick: () => this.#next() }, this.messages.more);
    // Where this comes into view the next results are read.
    this.end = element("div", { class: "search-end", "aria-hidden": "true" });
  }

  clear() {
    this.abort?.abort();
    this.list.replaceChildren();
    this.list.removeAttribute("aria-busy");
    this.more.hidden = true;
  }

  /** Show an answer of the engine from its beginning. `query` is what it answers. */
  show(answer, query) {
    this.clear();
    this.abort = new AbortController();
    this.answer = answer;
    this.query = query;
    this.place = this.shown = this.refused = 0;
    return this.#next();
  }

  /** Show the next results; what turns out not to hold the words is never shown. */
  async #next() {
    const { signal } = this.abort;
    const target = this.shown + BATCH;
    const { shown, refused } = this;
    this.more.hidden = true;
    const isMore = () =>
      this.shown < target &&
      this.place < this.answer.documents.length &&
      this.refused - refused < (this.shown > shown ? MOST_REFUSED : MOST_IN_VAIN);
    while (isMore()) {
      this.list.setAttribute("aria-busy", "true");
      await this.#step(Math.min(this.#fitting(), target - this.shown));
      if (signal.aborted) return;
      this.#tell();
      if (this.shown && isMore() && !(await this.#isSeen(signal))) return;
    }
    this.#tell();
    this.more.hidden = this.place >= this.answer.documents.length;
  }

  /** How many results there is room for on the screen: nobody pays for what lies below. */
  #fitting() {
    const room = innerHeight - this.end.getBoundingClientRect().top;
    const fitting = Math.floor((room * this.shown) / this.list.offsetHeight);
    return this.shown ? Math.max(1, Math.min(MOST_AT_ONCE, fitting)) : STEP;
  }

  #tell() {
    this.list.removeAttribute("aria-busy");
    this.onprogress?.({ refused: this.refused, isAll: this.place >= this.answer.documents.length });
  }

  async #step(count) {
    const { signal } = this.abort;
    if (this.place >= this.answer.ordered) {
      // The first were known without the rest; now more are asked for.
      const { documents, ordered } = await this.call("search", { ...this.query, wanted: this.place + FIRST });
      if (signal.aborted) return;
      Object.assign(this.answer, { documents, ordered });
    }
    const batch = this.answer.documents.slice(this.place, this.place + count);
    this.place += batch.length;
    const rows = await this.call("rows", batch);
    if (signal.aborted) return;
    if (rows.includes(null) && !this.answer.notes.includes("incomplete")) this.answer.notes.push("incomplete");
    const items = await Promise.all(rows.map((row) => row && this.#item(row, signal)));
    if (signal.aborted) return;
    for (const [i, item] of items.entries()) {
      if (item) this.list.append(item);
      else if (rows[i]) this.refused++;
    }
    this.shown += items.filter(Boolean).length;
  }

  /** True once the end of the list is in view; false when nobody waits any more. */
  #isSeen(signal) {
    if (signal.aborted) return false;
    return new Promise((resolve) => {
      const settle = (isSeen) => {
        observer.disconnect();
        resolve(isSeen);
      };
      const observer = new IntersectionObserver((entries) => entries.some((entry) => entry.isIntersecting) && settle(true));
      observer.observe(this.end);
      signal.addEventListener("abort", () => settle(false), { once: true });
    });
  }

  /**
   * A result with its hits marked; null where the article does not hold the words. Where the
   * headline holds them, it is the excerpt, and the page need not be read.
   */
  async #item(row, signal) {
    const url = new URL(row.href, this.root);
    const find = (body) => this.call("find", { document: { title: row.title, body }, pieces: this.answer.pieces });
    let found = await find("");
    if (found?.title.length) return this.#described(row, url, found.title);
    let text;
    try {
      text = await readPage(url, signal);
    } catch {
      const item = this.#described(row, url, []);
      item.append(element("p", { class: "search-note" }, this.messages.unverified));
      return item;
    }
    found = await find(text);
    if (!found) return null;
    const item = this.#described(row, url, found.title);
    if (text) item.append(element("p", { class: "search-excerpt" }, ...markedParts(excerpt(text, found.body))));
    return item;
  }

  #described({ title, date, source, category, language }, url, hits) {
    const day = date.slice(0, 10);
    const when = day ? element("time", { datetime: date }, day) : element("span", {}, this.messages.undated);
    const about = [source, category].filter((name, i, all) => name && all.indexOf(name) === i);
    return element(
      "li",
      { lang: language || undefined },
      element("a", { href: url }, ...(title ? markedParts(marked(title, hits)) : [this.messages.untitled])),
      element("p", { class: "search-about" }, when, ...about.map((name) => element("span", {}, name))),
    );
  }
}

/** What the status line says of an answer. */
export function statusOf(messages, answer, text, { refused = 0, isAll = false } = {}) {
  const total = answer.total - refused;
  const count = answer.isAbout && !isAll ? "about" : "found";
  const notes = answer.notes.map((note) => fill(messages[note], { word: text }));
  if (answer.notes.includes("nothing-to-search")) return notes;
  if (!total) return [...notes, fill(messages.none, { word: text })];
  return [...notes, fill(messages[count], { n: total.toLocaleString() })];
}
