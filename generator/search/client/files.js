// Reading the files of the index: over HTTP with `fetch`, from `file://` with script tags.
// Their form is in docs/search-format.md and generator/search/files.py.

import { SearchError } from "./errors.js";

const HEAD = "backfile(()=>{/*", TAIL = "*/})";
const ASTERISK = 0x2a, POINT = 0x2e;
// Files are small and many; what is kept is bounded, the oldest goes first.
const KEPT_BYTES = 16 << 20;

function crc32(bytes) {
  let crc = ~0;
  for (const byte of bytes) {
    crc ^= byte;
    for (let k = 0; k < 8; k++) crc = (crc >>> 1) ^ (crc & 1 && 0xedb88320);
  }
  return ~crc;
}

/** The payload of the bytes inside a file: without points after asterisks, and its CRC-32 checked. */
function payloadOf(bytes) {
  let size = 0;
  for (let i = 0; i < bytes.length; i++) {
    bytes[size++] = bytes[i];
    if (bytes[i] === ASTERISK && bytes[i + 1] === POINT) i++;
  }
  const payload = bytes.subarray(4, size);
  const crc = (bytes[0] << 24) | (bytes[1] << 16) | (bytes[2] << 8) | bytes[3];
  if (size < 4 || crc !== crc32(payload)) throw new SearchError("damaged");
  return payload;
}

/** The payload of a file's bytes as `fetch` gives them. */
export const unwrap = (file) => payloadOf(file.slice(HEAD.length, -TAIL.length));

/** Text that was deflated. Throws a SearchError where the bytes are none. */
export async function inflated(payload) {
  const stream = new Blob([payload]).stream().pipeThrough(new DecompressionStream("deflate-raw"));
  try {
    return await new Response(stream).text();
  } catch {
    throw new SearchError("damaged");
  }
}

/** Reads with `fetch`; `root` is the absolute URL of the site's root. */
export function fetchReader(root) {
  return async (path, { signal, isFresh = false } = {}) => {
    let response;
    try {
      response = await fetch(new URL(path, root), { signal, cache: isFresh ? "no-cache" : "default" });
    } catch (error) {
      throw error.name === "AbortError" ? new SearchError("cancelled") : new SearchError("offline", path);
    }
    if (!response.ok) throw new SearchError("missing", path);
    return unwrap(new Uint8Array(await response.arrayBuffer()));
  };
}

/** Reads from `file://`, as local-entry.js can. */
export function localReader(root) {
  return async (path) => payloadOf(await globalThis.backfileLocal.read(new URL(path, root)));
}

/** Keeps what was read, and reads a file once however many ask. A failure is tried again. */
export function keeping(read) {
  const kept = new Map();
  let size = 0;
  return async (path, options) => {
    if (options?.isFresh) return read(path, options);
    let entry = kept.get(path);
    if (entry) kept.delete(path);
    else {
      entry = { bytes: 0, payload: read(path) };
      entry.payload.then(
        (payload) => {
          entry.bytes = payload.length;
          size += payload.length;
          for (const [oldest, { bytes }] of kept) {
            if (size <= KEPT_BYTES) break;
            kept.delete(oldest);
            size -= bytes;
          }
        },
        () => kept.delete(path),
      );
    }
    kept.set(path, entry);
    return entry.payload;
  };
}
