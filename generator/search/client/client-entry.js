// Entry of search-client.js: the dialog on any page, and the page of its own.

import { connect } from "./connection.js";
import { element } from "./dom.js";
import { messages } from "./messages.js";
import { visibleText } from "./page.js";
import { View } from "./view.js";

const FILTERS = ["categories", "sources", "tags", "from", "to"];
/** What a preview says on the document when it has made the index anew (serve/client/preview.js). */
const RENEWED = "backfile-index";

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

function makeView({ root, folder, shell }, onquery) {
  const view = new View({ root, messages, shell, connect: () => connect(root, folder), onquery });
  document.addEventListener(RENEWED, () => view.renew());
  return view;
}

function fillPage(frame) {
  const { title } = document;
  const view = makeView(frame, (query) => {
    const url = addressOf(query, location.href.replace(/[?#].*$/u, ""));
    if (url.protocol === "file:") location.replace(url.hash || "#");
    else history.replaceState(null, "", url);
    document.title = query.text ? `${query.text} · ${title}` : title;
  });
  const query = readAddress();
  // What was typed while this was loading is newer than the address.
  if (query.text && !frame.shell.input.value) view.query = query;
  else view.begin();
}

function fillDialog(frame) {
  const page = new URL("search/index.html", frame.root);
  const link = element("a", { href: page }, messages.fullPage);
  const view = makeView(frame, (query) => (link.href = addressOf(query, page)));
  frame.dialog.element.append(element("p", { class: "search-full" }, link));
  view.begin();
}

globalThis.backfileSearch = { fillDialog, fillPage, visibleText };
