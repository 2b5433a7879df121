// One segment of the index (a base or a delta): where its terms lie, and its columns.

import { BitReader } from "./bits.js";
import { readShard } from "./shard.js";

const NAME = 8; // characters of a file's name

const sums = (steps) => {
  let sum = 0;
  return steps ? steps.split(" ").map((step) => (sum += parseInt(step, 36))) : [];
};
const unpack = (term) => (term & 0xffff ? String.fromCharCode(term >>> 16, term & 0xffff) : String.fromCharCode(term >>> 16));

export class Segment {
  /**
   * @param described this segment in the meta file
   * @param offset number of its first document among all segments' documents
   * @param chunk documents in a file of lengths or filters
   * @param read gives the payload of a path
   */
  constructor(described, offset, chunk, read) {
    this.documents = described.documents;
    this.offset = offset;
    this.dead = new Set(sums(described.dead).map((document) => document + offset));
    this.described = described;
    this.chunk = chunk;
    this.firsts = { h: sums(described.h.firsts).map(unpack), w: described.w.firsts };
    this.names = { h: described.h.names, w: described.w.names, k: described.k, l: described.l, f: described.f, d: described.d };
    this.read = (kind, number) =>
      read(`search/${kind}/${this.names[kind].slice(number * NAME, (number + 1) * NAME)}.js`);
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
    return readShard(await this.read(kind, number), kind === "h", this.documents);
  }

  /** All words of the segment, or null where they are more than `most` files. */
  async words(most) {
    const files = this.names.k.length / NAME;
    if (files > most) return null;
    const payloads = await Promise.all(Array.from({ length: files }, (_, number) => this.read("k", number)));
    return payloads.flatMap((payload) => {
      let before = "";
      return new TextDecoder().decode(payload).split("\n").map((line) =>
        (before = before.slice(0, line.charCodeAt(0) - 0x20) + line.slice(1)),
      );
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

  /** Row of a document (numbered in the segment). */
  async row(document) {
    const size = this.described.rows;
    const rows = JSON.parse(new TextDecoder().decode(await this.read("d", Math.floor(document / size))));
    const [href, title, date = "", source = "", category = "", language = ""] = rows[document % size];
    return { href, title, date, source, category, language };
  }
}
