// One segment of the index (a base or a delta): where its terms lie, and its columns.

import { BitReader } from "./bits.js";
import { SearchError } from "./errors.js";
import { inflated } from "./files.js";
import { readShard } from "./shard.js";

const RARE = 1; // stands before a unit without a code
const sums = (steps) => {
  let sum = 0;
  return steps ? steps.split(" ").map((step) => (sum += parseInt(step, 36))) : [];
};
const unpack = (first, second) => (second ? String.fromCharCode(first, second) : String.fromCharCode(first));

export class Segment {
  /**
   * @param described this segment in the meta file
   * @param offset number of its first document among all segments' documents
   * @param chunk documents in a file of lengths or filters
   * @param read gives the payload of a path
   * @param isRanked whether it is the only segment, so that terms name their best documents
   */
  constructor(described, offset, chunk, read, isRanked) {
    this.documents = described.documents;
    this.offset = offset;
    this.dead = new Set(sums(described.dead).map((document) => document + offset));
    this.described = described;
    this.chunk = chunk;
    this.isRanked = isRanked;
    const seconds = described.h[1] ? described.h[1].split(" ") : [];
    this.firsts = {
      h: sums(described.h[0]).map((first, i) => unpack(first, parseInt(seconds[i], 36))),
      w: described.w,
    };
    this.read = (kind, number) => read(`search/kept/${described.name}/${kind}${number}.js`);
  }

  /** Numbers of the shards that may hold terms from `low` to `high`. */
  shards(kind, low, high) {
    const firsts = this.firsts[kind];
    let first = 0, after = firsts.length;
    while (first < after) {
      const middle = (first + after) >> 1;
      if (firsts[middle] <= low) first = middle + 1;
      else after = middle;
    }
    const numbers = first ? [first - 1] : [];
    for (let i = first; i < firsts.length && firsts[i] <= high; i++) numbers.push(i);
    return numbers;
  }

  async shard(kind, number) {
    return readShard(await this.read(kind, number), kind === "h", this);
  }

  /** All words of the segment, or null where they are more than `most` files. */
  async words(most) {
    const files = this.described.k;
    if (files > most) return null;
    const texts = await Promise.all(Array.from({ length: files }, async (_, number) => inflated(await this.read("k", number))));
    return texts.flatMap((text) => {
      let before = "";
      return text.split("\n").map((line) => (before = before.slice(0, line.charCodeAt(0) - 0x20) + line.slice(1)));
    });
  }

  /** Field lengths of a chunk: `[titles, bodies]`, Uint32Arrays. */
  async lengths(number) {
    const payload = await this.read("l", number);
    const size = Math.min(this.chunk, this.documents - number * this.chunk);
    const columns = [new Uint32Array(size), new Uint32Array(size)];
    const bits = new BitReader(payload, 2);
    for (let i = 0; i < size; i++) {
      columns[0][i] = bits.bits(payload[0]);
      columns[1][i] = bits.bits(payload[1]);
    }
    return columns;
  }

  /** Filter values of a chunk: `{ days, categories, sources, tags }`; ids count from 1, 0 = none. */
  async filters(number) {
    const bits = new BitReader(await this.read("f", number));
    const size = Math.min(this.chunk, this.documents - number * this.chunk);
    const found = { days: new Int32Array(size), categories: [], sources: [], tags: [] };
    let day = 0;
    for (let i = 0; i < size; i++) {
      const step = bits.expGolomb(2);
      day += step & 1 ? -(step + 1) / 2 : step / 2;
      found.days[i] = day;
      found.categories.push(bits.expGolomb(2));
      found.sources.push(bits.expGolomb(2));
      found.tags.push(Array.from({ length: bits.expGolomb(0) }, () => bits.expGolomb(3) + 1));
    }
    return found;
  }

  /** Names for filters. */
  async names() {
    return JSON.parse(await inflated(await this.read("n", 0)));
  }

  /** Bounds of field lengths in a chunk: `[[titles, bodies], [titles, bodies]]`, least and greatest. */
  async bounds(number) {
    const bits = new BitReader(await this.read("b", number));
    const size = Math.min(this.chunk, this.documents - number * this.chunk);
    const least = bits.expGolomb(5), greatest = least + bits.expGolomb(5);
    let length = 0;
    const steps = Array.from({ length: 17 }, () => (length += bits.expGolomb(8)));
    const between = Array.from({ length: size }, () => bits.bits(4));
    const titles = (bound) => new Uint32Array(size).fill(bound);
    return [
      [titles(least), between.map((place) => steps[place])],
      [titles(greatest), between.map((place) => steps[place + 1])],
    ];
  }

  /** Row of a document (numbered in the segment), with its field lengths. */
  async row(document) {
    const size = this.described.rows;
    const number = Math.floor(document / size);
    this.rows ??= new Map();
    if (!this.rows.has(number)) {
      const rows = this.read("d", number).then((payload) => this.#rows(payload, Math.min(size, this.documents - number * size)));
      this.rows.set(number, rows);
      rows.catch(() => this.rows.delete(number));
    }
    return (await this.rows.get(number))[document % size];
  }

  #rows(payload, count) {
    this.code ??= this.described.code.map(sums);
    const bits = new BitReader(payload);
    let texts = Array(6).fill("");
    return Array.from({ length: count }, () => {
      const lengths = [bits.expGolomb(5), bits.expGolomb(9)];
      texts = texts.map((before) => {
        const same = bits.expGolomb(0);
        if (!same) return before;
        let text = before.slice(0, same - 1), unit;
        while ((unit = huffman(bits, this.code))) text += String.fromCharCode(unit === RARE ? bits.bits(16) : unit);
        return text;
      });
      const [href, title, date, source, category, language] = texts;
      return { href, title, date, source, category, language, lengths };
    });
  }
}

/** The next unit in a canonical Huffman code: units by the length of their codes. */
function huffman(bits, code) {
  let place = 0;
  for (const units of code) {
    place = 2 * place + bits.bits(1);
    if (place < units.length) return units[place];
    place -= units.length;
  }
  throw new SearchError("damaged");
}
