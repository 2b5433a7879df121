// Entry of search-client.js: the dialog on any page, and the page of its own.

import { connect } from "./connection.js";
import { element } from "./dom.js";
import { messages } from "./messages.js";
import { visibleText } from "./page.js";
import { View } from "./view.js";

const FILTERS = ["categories", "sources", "tags", "from", "to"];
/** What a preview says on the document when it has made the index anew (serve/client/preview.js). */
const RENEWED = "backfile-index";
let dialog;

/** The query in a page's address, and back. `file://` allows a new hash, but no new query. */
function readAddress() {
  const parameters = new URLSearchParams(location.search || location.hash.slice(1));
  return {
    text: parameters.get("q") ?? "",
    order: parameters.get("order") === "newest" ? "newest" : "relevance",
    isLanguage: parameters.has("language"),
    filters: Object.fromEntries(FILTERS.map((name) => [name, parameters.get(name) ?? ""])),
  };
}

function addressOf({ text, order, isLanguage, filters }, base) {
  const parameters = new URLSearchParams();
  if (text) parameters.set("q", text);
  if (order !== "relevance") parameters.set("order", order);
  if (isLanguage) parameters.set("language", "1");
  for (const name of FILTERS) if (filters[name]) parameters.set(name, filters[name]);
  const url = new URL(base);
  url[url.protocol === "file:" ? "hash" : "search"] = parameters.toString();
  return url;
}

function openPage(place, { root }) {
  const view = new View({
    root,
    messages,
    connect: () => connect(root),
    onquery: (query) => {
      const url = addressOf(query, location.href.replace(/[?#].*$/u, ""));
      if (url.protocol === "file:") location.replace(url.hash || "#");
      else history.replaceState(null, "", url);
      document.title = query.text ? `${query.text} · ${title}` : title;
    },
  });
  document.addEventListener(RENEWED, () => view.renew());
  const { title } = document;
  place.replaceChildren(view.element);
  const query = readAddress();
  if (query.text) view.query = query;
  view.input.focus();
}

function openDialog({ root }) {
  dialog ??= makeDialog(root);
  if (!dialog.open) dialog.showModal();
  dialog.querySelector("input[type=search]").select();
}

function makeDialog(root) {
  const page = new URL("search/index.html", root);
  const link = element("a", { class: "search-full", href: page }, messages.fullPage);
  const view = new View({
    root,
    messages,
    connect: () => connect(root),
    onquery: (query) => (link.href = addressOf(query, page)),
  });
  document.addEventListener(RENEWED, () => view.renew());
  const made = element(
    "dialog",
    { class: "search-dialog", "aria-label": messages.search },
    element("button", { type: "button", class: "search-close", "aria-label": messages.close, onclick: () => made.close() }, "×"),
    view.element,
    link,
  );
  made.addEventListener("click", (event) => event.target === made && made.close());
  document.body.append(made);
  return made;
}

globalThis.backfileSearch = { openDialog, openPage, visibleText };
