// Entry of search-local.js, for pages opened from `file://`: those may not fetch.

import { ASKED } from "./asked.js";
import { SearchError } from "./errors.js";

// What a function says of itself: more than its comment, less than the file.
const SOURCE_HEAD = "()=>{/*".length, SOURCE_TAIL = "*/}".length;
const PATIENCE = 4000; // milliseconds a page may take

const units = new Map();
const letters = new TextDecoder("windows-1252").decode(Uint8Array.from({ length: 256 }, (_, i) => i));
for (let i = 0; i < 256; i++) units.set(letters.charCodeAt(i), i);
// Files of the index call this.
globalThis.backfile = (holder) => {
  document.currentScript.payload = holder.toString().slice(SOURCE_HEAD, -SOURCE_TAIL);
};

/** The bytes inside a file of the index, by a script tag. */
function read(url) {
  return new Promise((resolve, reject) => {
    const script = document.createElement("script");
    script.charset = "windows-1252";
    script.src = url;
    script.onload = () => {
      script.remove();
      resolve(Uint8Array.from(script.payload ?? "", (letter) => units.get(letter.charCodeAt(0)) ?? 0));
    };
    script.onerror = () => {
      script.remove();
      reject(new SearchError("missing", url.pathname));
    };
    document.head.append(script);
  });
}

/** The visible text of an article's page, which may be opened, and asked to tell it. */
function readPage(url) {
  return new Promise((resolve, reject) => {
    const frame = document.createElement("iframe");
    frame.hidden = true;
    const finish = (settle, value) => {
      clearTimeout(timer);
      removeEventListener("message", listen);
      frame.remove();
      settle(value);
    };
    const listen = ({ source, data }) => {
      if (source === frame.contentWindow && typeof data?.backfileText === "string") finish(resolve, data.backfileText);
    };
    const timer = setTimeout(() => finish(reject, new SearchError("missing", url.pathname)), PATIENCE);
    addEventListener("message", listen);
    frame.src = new URL(ASKED, url);
    document.body.append(frame);
  });
}

globalThis.backfileLocal = { read, readPage };
