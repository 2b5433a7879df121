// Entry of search.js, on every page: opens the search when it is asked for, loads the rest then.
//
//   <script defer src="…/search/client/search.js" data-root="../../" data-language="zh-CN"></script>
//
// This file and search.css have fixed names; the rest of the client lies in a folder named by its
// content. The index's pointer says which, so that an old copy of this file in a cache never brings
// an old client to a new index.

import { ASKED } from "./asked.js";
import { loadScript } from "./connection.js";
import { element } from "./dom.js";
import { makeShell } from "./shell.js";

const tag = document.currentScript;
const root = new URL(tag.dataset.root || "./", location.href).href.replace(/[?#].*$/u, "");
const language = (tag.dataset.language || document.documentElement.lang).toLowerCase();
const bundle = /^zh-(?:hant|tw|hk|mo)/u.test(language) ? "zh-tw" : language.startsWith("en") ? "en" : "zh-cn";
// What must be said before the client is there.
const words = {
  "zh-cn": { search: "搜索", placeholder: "人名、地名、数字、任意几个字", close: "关闭", failed: "搜索暂时打不开，请检查网络后再试。" },
  "zh-tw": { search: "搜尋", placeholder: "人名、地名、數字、任意幾個字", close: "關閉", failed: "搜尋暫時打不開，請檢查網路後再試。" },
  en: { search: "Search", placeholder: "Names, places, numbers, any words", close: "Close", failed: "Search cannot be opened now. Please check the network and try again." },
}[bundle];
let loading, dialog, sheet;

/** The style sheet, which most readers never need. A page may name it in its head. */
function loadSheet() {
  const { href } = new URL("search.css", tag.src);
  sheet ??= new Promise((done) => {
    if ([...document.styleSheets].some((known) => known.href === href)) done();
    else document.head.append(element("link", { rel: "stylesheet", href, onload: done, onerror: done }));
  });
  return sheet;
}

/** The folder of the client that was published with the index. */
async function findClient() {
  const pointer = new URL("search/index.js", root);
  let text;
  if (pointer.protocol === "file:") {
    const before = globalThis.backfile;
    globalThis.backfile = (holder) => (text = holder.toString());
    // As the engine reads it: browsers keep what they decoded.
    await loadScript(pointer, "windows-1252").finally(() => (globalThis.backfile = before));
  } else text = await (await fetch(pointer, { cache: "no-cache" })).text();
  return new URL(`search/kept/${/"client":"(\w+)"/u.exec(text)[1]}/`, root);
}

async function loadClient() {
  const folder = await findClient();
  await loadScript(new URL(`search-client.${bundle}.js`, folder));
  return { ...globalThis.backfileSearch, folder };
}

function load() {
  loading ??= loadClient().catch((error) => {
    loading = undefined;
    throw error;
  });
  return loading;
}

/** Hand a frame to the client; `fill` is the client's function that takes it. */
async function fillShell(shell, fill) {
  try {
    const client = await load();
    shell.status.textContent = "";
    client[fill]({ root, folder: client.folder, shell, dialog });
  } catch {
    shell.status.textContent = words.failed;
    // The network may come back: whoever types asks again. And a preview says when there is an index.
    const asked = new AbortController();
    const again = () => {
      asked.abort();
      fillShell(shell, fill);
    };
    shell.input.addEventListener("input", again, { signal: asked.signal });
    document.addEventListener("backfile-index", again, { signal: asked.signal });
  }
}

function openDialog() {
  const isNew = !dialog;
  dialog ??= makeDialog();
  const { shell, element: made } = dialog;
  if (isNew) {
    // It takes what is typed from the first moment on, and shows when it has its looks.
    made.style.opacity = 0;
    loadSheet().then(() => (made.style.opacity = ""));
  }
  if (!made.open) made.showModal();
  shell.input.focus(); // the close button comes first
  shell.input.select();
  if (isNew) fillShell(shell, "fillDialog");
}

function makeDialog() {
  const shell = makeShell(words);
  const close = element("button", { type: "button", class: "search-close", "aria-label": words.close, onclick: () => made.close() }, "×");
  const made = element("dialog", { class: "search-dialog", "aria-label": words.search }, close, shell.element);
  made.addEventListener("click", (event) => event.target === made && made.close());
  document.body.append(made);
  return { element: made, shell };
}

const isTyping = ({ target }) => target.isContentEditable || /^(?:INPUT|TEXTAREA|SELECT)$/u.test(target.nodeName);

if (location.protocol === "file:" && parent !== window && location.hash === ASKED) {
  // Search opened this page from a disk to see its text (page.js).
  load().then(({ visibleText }) => parent.postMessage({ backfileText: visibleText(document) }, "*"));
} else {
  const page = document.querySelector("[data-search-page]");
  if (page) {
    const shell = makeShell(words);
    page.replaceChildren(shell.element);
    shell.input.focus();
    fillShell(shell, "fillPage");
  }
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
    if (page) page.querySelector("input[type=search]").focus();
    else openDialog();
  });
}
