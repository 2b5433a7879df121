// The overlay that shows mistakes where they are: a dialog in a shadow root, above all of the page.

import { element } from "../../search/client/dom.js";
import { faultItem, showMarks } from "./fault.js";
import style from "./overlay.css";

const MOST = 20; // faults shown at once; the terminal has them all

/** Whether a fault is the first of its place: a template fails on every page that it makes. */
function isFirst({ code, path, line, column }, index, faults) {
  const isHere = (other) => other.line === line && other.column === column && other.path === path && other.code === code;
  return !line || faults.findIndex(isHere) === index;
}

export class Overlay {
  #host = document.createElement("backfile-preview");
  #known = new Set();
  #count = element("h1", { id: "count" });
  #list = element("ol");
  #more = element("p", { class: "more" });
  #close = element("button", { type: "button", onclick: () => this.#dialog.close() }, "Close (Esc)");
  #badge = element("button", { type: "button", class: "badge", onclick: () => this.#open() });
  #dialog = element(
    "dialog",
    { lang: "en", "aria-labelledby": "count", onclose: () => (this.#badge.hidden = this.#dialog.open) },
    element("header", {}, element("div", { role: "status" }, this.#count), this.#close),
    this.#list,
    this.#more,
  );

  constructor() {
    const shadow = this.#host.attachShadow({ mode: "open" });
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(style);
    shadow.adoptedStyleSheets = [sheet];
    shadow.append(this.#dialog, this.#badge);
  }

  /** Show the faults that stand now. A closed overlay opens again for one that is new; none ends it. */
  show(all) {
    const faults = all.filter(isFirst);
    const now = new Set(faults.map(({ code, path, message }) => JSON.stringify([code, path, message])));
    const isNews = [...now].some((fault) => !this.#known.has(fault));
    this.#known = now;
    if (!faults.length) {
      this.#dialog.close();
      this.#host.remove();
      return;
    }
    const count = faults.length === 1 ? "1 problem" : `${faults.length} problems`;
    this.#count.textContent = this.#badge.textContent = count;
    this.#list.replaceChildren(...faults.slice(0, MOST).map(faultItem));
    this.#more.textContent = faults.length > MOST ? `and ${faults.length - MOST} more: see the terminal` : "";
    if (!this.#host.isConnected) document.documentElement.append(this.#host);
    if (isNews) this.#open();
  }

  #open() {
    this.#badge.hidden = true;
    if (!this.#dialog.open) this.#dialog.showModal();
    showMarks(this.#list);
  }
}
