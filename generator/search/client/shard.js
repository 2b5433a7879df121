// Reading a shard: its terms, and the postings of some of them.

import { BitReader, bitLength, countOrder, gapOrder, variableInt } from "./bits.js";

const LOWEST_SECOND = 0x0dff, FIRST_ORDER = 2, SECOND_ORDER = 6, SHARED_ORDER = 1;
const text = new TextDecoder();

/** Terms of more postings name their best documents. */
export const RANKED_ABOVE = 32;
const BEST = 10;

/**
 * @param payload bytes of a shard
 * @param isHan whether its terms are Han (packed pairs) or words
 * @param segment `{ documents, isRanked }`: their number, and whether terms name their best
 * @returns `{ terms, postings(wanted) }`; `postings` gives a Map from each term that `wanted`
 *   accepts to `{ fields: [title, body], best }`, each field `{ documents, frequencies }` or null,
 *   best ten documents in order or null
 */
export function readShard(payload, isHan, { documents, isRanked }) {
  const at = { place: 0 };
  const count = variableInt(payload, at);
  const names = isHan ? hanNames(variableInt(payload, at)) : wordNames(payload, at);
  const bits = new BitReader(payload, at.place);
  const terms = new Array(count);
  const sizes = new Uint32Array(2 * count), high = new Uint32Array(2 * count);
  const owners = new Int32Array(count); // of a pair, the character whose documents it counts among
  for (let i = 0; i < 2 * count; i += 2) {
    const { term, owner } = names(bits, i / 2);
    terms[i / 2] = term;
    owners[i / 2] = owner;
    sizes[i + 1] = bits.expGolomb(0);
    sizes[i] = bits.expGolomb(0);
    high[i + 1] = sizes[i + 1] && bits.expGolomb(countOrder(sizes[i + 1]));
    high[i] = sizes[i] && bits.expGolomb(countOrder(sizes[i]));
  }
  const start = bits.place;

  function postings(wanted) {
    bits.place = start;
    const lists = [];
    for (let i = 0; i < 2 * count; i++) {
      const owner = owners[i >> 1];
      const among = owner < 0 ? null : lists[2 * owner + (i & 1)]?.documents;
      const isWanted = wanted(terms[i >> 1]) || (isHan && terms[i >> 1].length === 1);
      lists.push(readGaps(bits, sizes[i], documents, among, isWanted));
    }
    for (let i = 0; i < 2 * count; i++) readFrequencies(bits, sizes[i], high[i], lists[i]);
    const found = new Map();
    for (let i = 0; i < count; i++) {
      const fields = [lists[2 * i], lists[2 * i + 1]];
      const size = sizes[2 * i] + sizes[2 * i + 1];
      const places = isRanked && size > RANKED_ABOVE ? readBest(bits, size) : null;
      if (wanted(terms[i])) found.set(terms[i], { fields, best: places?.map((place) => documentAt(fields, place)) ?? null });
    }
    return found;
  }
  return { terms, postings };
}

function hanNames(first) {
  let second = 0, owner = -1;
  return (bits, i) => {
    if (bits.bits(1)) {
      owner = bits.bits(1) ? i : -1;
      const step = bits.expGolomb(FIRST_ORDER);
      if (i) first += step + 1;
      second = bits.expGolomb(SECOND_ORDER);
      if (second) second += LOWEST_SECOND;
      return { term: second ? String.fromCharCode(first, second) : String.fromCharCode(first), owner: -1 };
    }
    second = (second || LOWEST_SECOND) + bits.expGolomb(SECOND_ORDER);
    return { term: String.fromCharCode(first, second), owner };
  };
}

function wordNames(payload, at) {
  const size = variableInt(payload, at);
  const rests = text.decode(payload.subarray(at.place, at.place + size)).split("\n");
  at.place += size;
  let before = "";
  return (bits, i) => ({ term: (before = before.slice(0, bits.expGolomb(SHARED_ORDER)) + rests[i]), owner: -1 });
}

/** Documents of a list; `among` are those its gaps are counted in, null for all. */
function readGaps(bits, size, documents, among, isWanted) {
  if (!size) return null;
  const order = gapOrder(among?.length ?? documents, size);
  const list = isWanted ? { documents: new Int32Array(size), frequencies: new Uint16Array(size).fill(1) } : null;
  let place = -1;
  for (let i = 0; i < size; i++) {
    place += bits.rice(order) + 1;
    if (list) list.documents[i] = among ? among[place] : place;
  }
  return list;
}

/** `high` of a list's frequencies are above one. */
function readFrequencies(bits, size, high, list) {
  if (!high) return;
  const order = gapOrder(size, high), valueOrder = 2 * high > size ? 1 : 0;
  let place = -1;
  for (let i = 0; i < high; i++) {
    place += bits.rice(order) + 1;
    const frequency = bits.expGolomb(valueOrder) + 2;
    if (list) list.frequencies[place] = frequency;
  }
}

/** Places among a term's postings, those in titles first; best first. */
function readBest(bits, size) {
  const width = bitLength(size - 1);
  return Array.from({ length: BEST }, () => bits.bits(width));
}

function documentAt([title, body], place) {
  const inTitle = title?.documents.length ?? 0;
  return place < inTitle ? title.documents[place] : body.documents[place - inTitle];
}
