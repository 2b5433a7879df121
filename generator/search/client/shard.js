// Reading a shard: its terms, and the postings of some of them.

import { BitReader, gapOrder, variableInt } from "./bits.js";

const LOWEST_SECOND = 0x0dff, FIRST_ORDER = 2, SECOND_ORDER = 6, SHARED_ORDER = 1;
const text = new TextDecoder();

/**
 * @param payload bytes of a shard
 * @param isHan whether its terms are Han (packed pairs) or words
 * @param documents number of documents of the segment
 * @returns `{ terms, postings(wanted) }`; `postings` gives a Map from each term that `wanted`
 *   accepts to `[title, body]`, each `{ documents, frequencies }` or null
 */
export function readShard(payload, isHan, documents) {
  const at = { place: 0 };
  const count = variableInt(payload, at);
  const names = isHan ? hanNames(variableInt(payload, at)) : wordNames(payload, at);
  const bits = new BitReader(payload, at.place);
  const terms = new Array(count);
  const sizes = new Uint32Array(2 * count);
  for (let i = 0; i < count; i++) {
    terms[i] = names(bits, i);
    sizes[2 * i + 1] = bits.expGolomb(0);
    sizes[2 * i] = bits.expGolomb(0);
  }
  const start = bits.place;

  function postings(wanted) {
    const found = new Map();
    bits.place = start;
    for (let i = 0; i < count; i++) {
      const isWanted = wanted(terms[i]);
      const fields = [0, 1].map((field) => readList(bits, sizes[2 * i + field], documents, isWanted));
      if (isWanted) found.set(terms[i], fields);
    }
    return found;
  }
  return { terms, postings };
}

function hanNames(first) {
  let second = 0;
  return (bits, i) => {
    if (bits.bits(1)) {
      const step = bits.expGolomb(FIRST_ORDER);
      if (i) first += step + 1;
      second = bits.expGolomb(SECOND_ORDER);
      if (second) second += LOWEST_SECOND;
    } else second = (second || LOWEST_SECOND) + bits.expGolomb(SECOND_ORDER);
    return second ? String.fromCharCode(first, second) : String.fromCharCode(first);
  };
}

function wordNames(payload, at) {
  const size = variableInt(payload, at);
  const rests = text.decode(payload.subarray(at.place, at.place + size)).split("\n");
  at.place += size;
  let before = "";
  return (bits, i) => (before = before.slice(0, bits.expGolomb(SHARED_ORDER)) + rests[i]);
}

function readList(bits, size, documents, isWanted) {
  if (!size) return null;
  const order = gapOrder(documents, size);
  const list = isWanted ? { documents: new Int32Array(size), frequencies: new Uint16Array(size) } : null;
  let document = -1;
  for (let i = 0; i < size; i++) {
    document += bits.expGolomb(order) + 1;
    const frequency = bits.expGolomb(0) + 1;
    if (list) {
      list.documents[i] = document;
      list.frequencies[i] = frequency;
    }
  }
  return list;
}
