// Entry of search.js, on every page: opens the search when it is asked for, and not before.
//
//   <script defer src="…/search/client/search.js" data-root="../../" data-language="zh-CN"></script>

import { loadScript } from "./connection.js";
import { ASKED } from "./asked.js";

const tag = document.currentScript;
const root = new URL(tag.dataset.root || "./", location.href).href.replace(/[?#].*$/u, "");
let loading;

/** The bundle that speaks the page's language. */
function bundle() {
  const language = (tag.dataset.language || document.documentElement.lang).toLowerCase();
  if (/^zh-(?:hant|tw|hk|mo)/u.test(language)) return "zh-tw";
  return language.startsWith("en") ? "en" : "zh-cn";
}

function load() {
  loading ??= loadScript(new URL(`search/client/search-client.${bundle()}.js`, root)).catch((error) => {
    loading = undefined;
    throw error;
  });
  return loading.then(() => globalThis.backfileSearch);
}

function openDialog() {
  load().then(
    ({ openDialog }) => openDialog({ root }),
    () => location.assign(new URL("search/index.html", root)), // the full page says what is wrong
  );
}

const isTyping = ({ target }) => target.isContentEditable || /^(?:INPUT|TEXTAREA|SELECT)$/u.test(target.nodeName);

if (location.protocol === "file:" && parent !== window && location.hash === ASKED) {
  // Search opened this page from a disk to see its text (page.js).
  load().then(({ visibleText }) => parent.postMessage({ backfileText: visibleText(document) }, "*"));
} else {
  const page = document.querySelector("[data-search-page]");
  if (page) load().then(({ openPage }) => openPage(page, { root }), () => page.classList.add("search-failed"));
  document.addEventListener("click", (event) => {
    const opener = event.target.closest("[data-search-open]");
    if (!opener || event.ctrlKey || event.metaKey || event.shiftKey || page) return;
    event.preventDefault();
    openDialog();
  });
  document.addEventListener("keydown", (event) => {
    const isPlain = !event.ctrlKey && !event.metaKey && !event.altKey && !event.isComposing;
    if (event.key !== "/" || !isPlain || isTyping(event)) return;
    event.preventDefault();
    if (page) page.querySelector("input[type=search]")?.focus();
    else openDialog();
  });
}
