// The search form with its filters and results, in a dialog or on a page of its own.

import { element } from "./dom.js";
import { fill } from "./messages.js";
import { FIRST, Results, statusOf } from "./results.js";

const PAUSE = 120; // milliseconds without a key before a search begins
const KINDS = ["categories", "sources", "tags"];
const MOST_CHOICES = 200;

export class View {
  /**
   * @param options `{ root, messages, shell, connect, onquery }`: `shell` is built around (shell.js);
   *   `connect()` gives `call(method, argument)`; `onquery` hears of every query that was answered
   */
  constructor(options) {
    Object.assign(this, options);
    const { messages, shell } = this;
    this.input = shell.input;
    this.status = shell.status;
    this.input.addEventListener("input", (event) => event.isComposing || this.#soon());
    this.input.addEventListener("compositionend", () => this.#soon());
    this.input.addEventListener("keydown", (event) => event.key === "Enter" && event.isComposing && event.preventDefault());
    shell.form.addEventListener("submit", () => this.#now());
    this.order = element(
      "select",
      { "aria-label": messages.order, onchange: () => this.#now() },
      element("option", { value: "relevance" }, messages.relevance),
      element("option", { value: "newest" }, messages.newest),
    );
    this.language = element("input", { type: "checkbox", onchange: () => this.#now() });
    this.help = element("p", { class: "search-help", hidden: true }, messages.languageHelp);
    this.guesses = element("p", { class: "search-guesses" });
    this.body = element("div", { class: "search-body" });
    shell.form.append(
      element("div", { class: "search-options" }, this.order, element("label", {}, this.language, messages.language)),
      this.help,
      this.#filters(),
    );
    shell.element.append(this.guesses, this.body);
    shell.element.addEventListener("keydown", (event) => this.#arrows(event));
  }

  /** Answer what was typed before this was here. */
  begin() {
    if (this.input.value && !this.shell.isComposing()) this.#now();
  }

  #filters() {
    const { messages } = this;
    const changed = () => this.#now();
    this.choices = Object.fromEntries(
      [...KINDS, "years"].map((kind) => [kind, element("select", { onchange: () => this.#chose(kind) })]),
    );
    for (const choice of Object.values(this.choices)) choice.append(element("option", { value: "" }, messages.all));
    this.from = element("input", { type: "date", onchange: changed });
    this.to = element("input", { type: "date", onchange: changed });
    const labelled = (label, field) => element("label", {}, element("span", {}, label), field);
    this.details = element(
      "details",
      { class: "search-filters", ontoggle: () => this.details.open && this.input.value && this.#now() },
      element("summary", {}, messages.filters),
      element(
        "div",
        { class: "search-choices" },
        ...Object.entries(this.choices).map(([kind, choice]) => labelled(messages[kind], choice)),
        labelled(messages.from, this.from),
        labelled(messages.to, this.to),
        element("button", { type: "button", onclick: () => this.#clear() }, messages.clear),
      ),
    );
    return this.details;
  }

  #chose(kind) {
    const year = this.choices.years.value;
    if (kind === "years") {
      this.from.value = year && `${year.padStart(4, "0")}-01-01`;
      this.to.value = year && `${year.padStart(4, "0")}-12-31`;
    }
    this.#now();
  }

  #clear() {
    for (const field of [...Object.values(this.choices), this.from, this.to]) field.value = "";
    this.#now();
  }

  get query() {
    const filters = { from: this.from.value, to: this.to.value };
    for (const kind of KINDS) filters[kind] = this.choices[kind].value;
    return {
      text: this.input.value,
      order: this.order.value,
      isLanguage: this.language.checked,
      isCounted: this.details.open,
      filters,
    };
  }

  /** Put a query into the form and answer it. */
  set query({ text = "", order = "relevance", isLanguage = false, filters = {} }) {
    this.input.value = text;
    this.order.value = order;
    this.language.checked = isLanguage;
    for (const kind of KINDS) {
      const choice = this.choices[kind];
      const key = filters[kind] ?? "";
      if (key && ![...choice.options].some(({ value }) => value === key)) choice.append(element("option", { value: key }, key));
      choice.value = key;
    }
    this.from.value = filters.from ?? "";
    this.to.value = filters.to ?? "";
    if (Object.values(filters).some(Boolean)) this.details.open = true;
    this.#now();
  }

  #soon() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.#answer(), PAUSE);
  }

  #now() {
    clearTimeout(this.timer);
    this.help.hidden = !this.language.checked;
    return this.#answer();
  }

  async #answer() {
    const { query, messages } = this;
    const text = query.text.trim();
    const own = (this.latest = {});
    const isOld = () => this.latest !== own;
    this.results?.clear();
    this.guesses.replaceChildren();
    if (!text) {
      this.#say([]);
      this.connection?.then((call) => call("cancel"), () => {});
      this.onquery?.(query);
      return;
    }
    this.#say([messages.searching]);
    try {
      const call = await this.#connected();
      const answer = await call("search", { ...query, wanted: FIRST });
      if (isOld()) return;
      this.#say(statusOf(messages, answer, text));
      this.#offer(answer);
      this.#count(answer);
      this.onquery?.(query);
      this.results ??= new Results({ root: this.root, call, messages });
      this.results.onprogress = (progress) => this.#say(statusOf(messages, answer, text, progress));
      this.body.replaceChildren(this.results.list, this.results.end, this.results.more);
      await this.results.show(answer, query);
    } catch (error) {
      if (!isOld() && error.code !== "cancelled") this.#say([messages[error.code] ?? messages.failed]);
    }
  }

  #connected() {
    this.connection ??= this.connect().catch((error) => {
      this.connection = undefined;
      throw error;
    });
    return this.connection;
  }

  #say(sentences) {
    this.status.textContent = sentences.join(" ");
  }

  /** The index was made anew, as happens in a preview: open it again, and ask what was asked. */
  async renew() {
    const call = await this.connection?.catch(() => {});
    await call?.("renew");
    if (call && this.input.value) await this.#now();
  }

  /** What pinyin may stand for, to choose from. */
  #offer({ guesses }) {
    const offer = (word) => element("button", { type: "button", onclick: () => (this.query = { ...this.query, text: word }) }, word);
    this.guesses.replaceChildren(...guesses.map(offer));
  }

  #count({ counts, names }) {
    if (!counts) return;
    const titles = new Map(names.categories);
    for (const [kind, choice] of Object.entries(this.choices)) {
      const chosen = choice.value;
      const sorted = [...counts[kind]].sort((a, b) => (kind === "years" ? b[0] - a[0] : b[1] - a[1]));
      const options = sorted.slice(0, MOST_CHOICES).map(([key, count]) => {
        const title = kind === "categories" ? titles.get(key) : key;
        return element("option", { value: key }, fill("{title} ({count})", { title, count }));
      });
      if (chosen && !sorted.some(([key]) => String(key) === chosen)) {
        options.push(element("option", { value: chosen }, `${(kind === "categories" && titles.get(chosen)) || chosen} (0)`));
      }
      choice.replaceChildren(element("option", { value: "" }, this.messages.all), ...options);
      choice.value = chosen;
    }
  }

  /** Arrow keys go from the field through the results and back. */
  #arrows(event) {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const stops = [this.input, ...this.body.querySelectorAll("li > a")];
    const place = stops.indexOf(document.activeElement);
    if (!step || place < 0 || event.isComposing || !stops[place + step]) return;
    event.preventDefault();
    stops[place + step].focus();
  }
}
