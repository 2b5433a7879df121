// The list of results: rows first, then, as the articles' pages arrive, excerpts and verdicts.

import { element, markedParts } from "./dom.js";
import { excerpt, marked } from "./excerpt.js";
import { fill } from "./messages.js";
import { readPage } from "./page.js";

const BATCH = 10; // results shown at once
const MOST_READ = 40; // pages read to fill one batch

export class Results {
  /** @param options `{ root, call, messages, onprogress }` */
  constructor(options) {
    Object.assign(this, options);
    this.list = element("ol", { class: "search-results" });
    this.more = element("button", { type: "button", class: "search-more", hidden: true, onclick: () => this.#next() }, this.messages.more);
  }

  clear() {
    this.abort?.abort();
    this.list.replaceChildren();
    this.more.hidden = true;
  }

  /** Show an answer of the engine from its beginning. */
  show(answer) {
    this.clear();
    this.abort = new AbortController();
    this.answer = answer;
    this.place = this.shown = this.refused = 0;
    return this.#next();
  }

  /** Show the next results; those that turn out not to hold the words leave. */
  async #next() {
    const { signal } = this.abort;
    const { documents } = this.answer;
    const target = this.shown + BATCH;
    let read = 0;
    this.more.hidden = true;
    this.list.setAttribute("aria-busy", "true");
    while (this.shown < target && this.place < documents.length && read < MOST_READ) {
      const batch = documents.slice(this.place, this.place + Math.min(BATCH, target - this.shown));
      this.place += batch.length;
      read += batch.length;
      const rows = await this.call("rows", batch);
      if (signal.aborted) return;
      if (rows.includes(null) && !this.answer.notes.includes("incomplete")) this.answer.notes.push("incomplete");
      await Promise.all(rows.map((row) => row && this.#add(row, signal)));
      if (signal.aborted) return;
    }
    this.list.removeAttribute("aria-busy");
    this.more.hidden = this.place >= documents.length;
    this.onprogress?.({ refused: this.refused, isAll: this.place >= documents.length });
  }

  async #add(row, signal) {
    const url = new URL(row.href, this.root);
    const item = this.#item(row, url);
    // Where one bigram or word was asked for, the index is exact; else the page decides.
    item.hidden = this.answer.isAbout;
    this.list.append(item);
    let text;
    try {
      text = await readPage(url, signal);
    } catch (error) {
      if (error.code === "cancelled" || signal.aborted) return;
      item.append(element("p", { class: "search-note" }, this.messages.unverified));
      item.hidden = false;
      this.shown++;
      return;
    }
    const found = await this.call("find", { document: { title: row.title, body: text }, pieces: this.answer.pieces });
    if (signal.aborted) return;
    if (!found) {
      item.remove();
      this.refused++;
      return;
    }
    item.querySelector("a").replaceChildren(...markedParts(marked(row.title || this.messages.untitled, row.title ? found.title : [])));
    item.append(element("p", { class: "search-excerpt" }, ...markedParts(excerpt(text, found.body))));
    item.hidden = false;
    this.shown++;
  }

  #item({ title, date, source, category, language }, url) {
    const day = date.slice(0, 10);
    const when = day ? element("time", { datetime: date }, day) : element("span", {}, this.messages.undated);
    const about = [source, category].filter((name, i, all) => name && all.indexOf(name) === i);
    return element(
      "li",
      { lang: language || undefined },
      element("a", { href: url }, title || this.messages.untitled),
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
