// Postings over all segments: document numbers run through, documents that are gone left out.

import { SearchError } from "./errors.js";
import { inflated } from "./files.js";
import { Segment } from "./segment.js";

export const FORMAT = 3;
const FIELDS = 2;
// Work a query may make: bytes are a few kilobytes a shard, time some milliseconds.
const MOST_SHARDS = 60;
const MOST_DICTIONARY_FILES = 12; // some 100 KB each before compression

// Bytes on the way, for choosing what to read: of a file of rows, of a document's lengths and of their bounds.
const ROW_BYTES = 440, LENGTH_BYTES = 2.2, BOUND_BYTES = 0.52;
const FEW_BYTES = 8000;

export class Postings {
  /** Open the index. `read(path, options)` gives payloads. */
  static async open(read) {
    const pointer = JSON.parse(new TextDecoder().decode(await read("search/index.js", { isFresh: true })));
    if (pointer.format > FORMAT) throw new SearchError("newer");
    return new Postings(JSON.parse(await inflated(await read(`search/kept/m/${pointer.meta}.js`))), read);
  }

  constructor(meta, read) {
    this.meta = meta;
    this.read = read;
    this.segments = [];
    let offset = 0;
    for (const described of meta.segments) {
      this.segments.push(new Segment(described, offset, meta.chunk, read, meta.segments.length === 1));
      offset += described.documents;
    }
    this.documents = offset;
    this.dead = new Set(this.segments.flatMap((segment) => [...segment.dead]));
    this.alive = offset - this.dead.size;
    this.averages = Array.from({ length: FIELDS }, (_, field) =>
      meta.segments.reduce((sum, { totals }) => sum + totals[field], 0) / this.alive,
    );
    this.loaded = { lengths: new Set(), bounds: new Set(), filters: new Set() };
  }

  table(kind) {
    return this.read(`search/kept/t/${this.meta.tables[kind]}.js`).then(inflated).then(JSON.parse);
  }

  segmentOf(document) {
    return this.segments.findLast((segment) => segment.offset <= document);
  }

  /**
   * Postings of terms. `wanted`: Map from term to kind (h, w). Returns `{ found, missing }`: a Map
   * from each term that stands in the index to `{ frequency, fields: [title, body], best }`, and
   * the terms whose shard could not be read. `best`: the ten best documents of the term alone, in order, or
   * null where it has few or the index does not say.
   */
  async postings(wanted) {
    const found = new Map(), missing = new Set();
    for (const segment of this.segments) {
      const byShard = new Map();
      for (const [term, kind] of wanted) {
        for (const number of segment.shards(kind, term, term)) {
          const key = `${kind} ${number}`;
          if (!byShard.has(key)) byShard.set(key, { kind, number, terms: new Set() });
          byShard.get(key).terms.add(term);
        }
      }
      if (byShard.size > MOST_SHARDS) throw new SearchError("costly");
      const shards = [...byShard.values()];
      const read = await Promise.allSettled(shards.map(({ kind, number }) => segment.shard(kind, number)));
      read.forEach((result, i) => {
        const { terms } = shards[i];
        if (result.status === "fulfilled") {
          for (const [term, { fields, best }] of result.value.postings((term) => terms.has(term))) {
            // A document that is gone may have been among the best: they hold for a whole base.
            found.set(term, { ...this.#joined(found.get(term), segment, fields), best: this.dead.size ? null : best });
          }
        } else if (["missing", "damaged"].includes(result.reason.code)) {
          for (const term of terms) missing.add(term);
        } else throw result.reason;
      });
    }
    for (const [term, { frequency }] of found) if (!frequency) found.delete(term);
    for (const term of missing) found.delete(term);
    return { found, missing };
  }

  #joined(before, segment, fields) {
    const lists = fields.map((list) => list && this.#alive(segment, list));
    if (before) {
      lists.forEach((list, field) => (lists[field] = concatenated(before.fields[field], list)));
    }
    return { frequency: lists.reduce((sum, list) => sum + (list?.documents.length ?? 0), 0), fields: lists };
  }

  #alive(segment, { documents, frequencies }) {
    let size = 0;
    for (let i = 0; i < documents.length; i++) {
      const document = documents[i] + segment.offset;
      if (segment.dead.has(document)) continue;
      documents[size] = document;
      frequencies[size++] = frequencies[i];
    }
    return { documents: documents.subarray(0, size), frequencies: frequencies.subarray(0, size) };
  }

  /** Terms of a kind that `accepts`, from `low` to `high`; refuses to read more than some shards. */
  async terms(kind, low, high, accepts) {
    const found = new Set();
    const asked = this.segments.flatMap((segment) =>
      segment.shards(kind, low, high).map((number) => ({ segment, number })),
    );
    if (asked.length > MOST_SHARDS) throw new SearchError("costly");
    const shards = await Promise.all(asked.map(({ segment, number }) => segment.shard(kind, number)));
    for (const shard of shards) for (const term of shard.terms) if (accepts(term)) found.add(term);
    return found;
  }

  /** All words that `accepts`; refuses where the dictionary is large. */
  async words(accepts) {
    const lists = await Promise.all(this.segments.map((segment) => segment.words(MOST_DICTIONARY_FILES)));
    if (lists.includes(null)) throw new SearchError("costly");
    return new Set(lists.flat().filter(accepts));
  }

  /** Chunks that hold documents of an ascending list, each read once: `[segment, number]`. */
  #chunks(documents, loaded) {
    const { chunk } = this.meta;
    const needed = [];
    let i = 0;
    for (const segment of this.segments) {
      let last = -1;
      for (; i < documents.length && documents[i] < segment.offset + segment.documents; i++) {
        const number = Math.floor((documents[i] - segment.offset) / chunk);
        if (number === last) continue;
        last = number;
        if (!loaded.has(`${segment.offset} ${number}`)) needed.push([segment, number]);
      }
    }
    return needed;
  }

  /**
   * Field lengths, `[titles, bodies]` by document number, true for the documents of the list: from
   * their rows or from columns, whichever is less to read.
   */
  async lengths(documents) {
    const { lengths } = this.#known();
    const chunks = this.#chunks(documents, this.loaded.lengths);
    if (documents.length * ROW_BYTES < this.#size(chunks) * LENGTH_BYTES && (await this.#lengthsByRows(documents))) return lengths;
    await Promise.all(chunks.map(async ([segment, number]) => this.#put(lengths, await segment.lengths(number), segment, number, this.loaded.lengths)));
    return lengths;
  }

  /**
   * Bounds of the field lengths of documents, `[least, greatest]`, each as `lengths` gives them: an
   * eighth of what lengths take to read. Null where lengths themselves are as cheap.
   */
  async bounds(documents) {
    const { lengths, bounds } = this.#known();
    const chunks = this.#chunks(documents, this.loaded.bounds);
    if (documents.length * ROW_BYTES < this.#size(chunks) * BOUND_BYTES) return null;
    await this.#readBounds(chunks);
    return bounds.map((columns) => columns.map((column, field) => column.map((bound, i) => lengths[field][i] || bound)));
  }

  /** Read all bounds beforehand where they are few: almost every query is cheaper by them. */
  async prepare() {
    const all = Int32Array.from({ length: this.documents }, (_, document) => document);
    if (this.documents * BOUND_BYTES < FEW_BYTES) await this.#readBounds(this.#chunks(all, this.loaded.bounds));
  }

  async #readBounds(chunks) {
    const { bounds } = this.#known();
    const load = async ([segment, number]) => {
      const both = await segment.bounds(number);
      both.forEach((columns, i) => this.#put(bounds[i], columns, segment, number, this.loaded.bounds));
    };
    await Promise.all(chunks.map(load));
  }

  #known() {
    const columns = () => Array.from({ length: FIELDS }, () => new Uint32Array(this.documents));
    return (this.known ??= { lengths: columns(), bounds: [columns(), columns()] });
  }

  #size(chunks) {
    return chunks.length * Math.min(this.meta.chunk, this.documents);
  }

  #put(all, columns, segment, number, loaded) {
    columns.forEach((column, field) => all[field].set(column, segment.offset + number * this.meta.chunk));
    loaded.add(`${segment.offset} ${number}`);
  }

  /** Whether all rows could be read. */
  async #lengthsByRows(documents) {
    const read = await Promise.allSettled(Array.from(documents, (document) => this.row(document)));
    read.forEach(({ value }, i) => value?.lengths.forEach((length, field) => (this.known.lengths[field][documents[i]] = length)));
    return read.every(({ status }) => status === "fulfilled");
  }

  /** Names for filters: `{ categories: [[key, title]], sources, tags }`; an id is a place + 1. */
  async names() {
    return (this.named ??= await this.#names());
  }

  async #names() {
    const all = { categories: [["", ""]], sources: [""], tags: [""] };
    const places = { categories: new Map([["", 0]]), sources: new Map([["", 0]]), tags: new Map([["", 0]]) };
    for (const segment of this.segments) {
      const names = await segment.names();
      segment.ids = {};
      for (const kind of Object.keys(all)) {
        segment.ids[kind] = [0];
        for (const name of names[kind]) {
          const key = kind === "categories" ? name[0] : name;
          if (!places[kind].has(key)) places[kind].set(key, all[kind].push(name) - 1);
          segment.ids[kind].push(places[kind].get(key));
        }
      }
    }
    return all;
  }

  /** Filter values by document number, true for the documents of the list. */
  async filters(documents) {
    await this.names();
    this.values ??= {
      days: new Int32Array(this.documents),
      categories: new Uint32Array(this.documents),
      sources: new Uint32Array(this.documents),
      tags: new Array(this.documents),
    };
    const load = async ([segment, number]) => {
      const chunk = await segment.filters(number);
      const start = segment.offset + number * this.meta.chunk;
      this.values.days.set(chunk.days, start);
      for (const kind of ["categories", "sources"]) {
        chunk[kind].forEach((id, i) => (this.values[kind][start + i] = segment.ids[kind][id]));
      }
      chunk.tags.forEach((ids, i) => (this.values.tags[start + i] = ids.map((id) => segment.ids.tags[id])));
      this.loaded.filters.add(`${segment.offset} ${number}`);
    };
    await Promise.all(this.#chunks(documents, this.loaded.filters).map(load));
    return this.values;
  }

  row(document) {
    const segment = this.segmentOf(document);
    return segment.row(document - segment.offset);
  }
}

function concatenated(one, two) {
  if (!one || !two) return one ?? two;
  const join = (first, second) => {
    const all = new first.constructor(first.length + second.length);
    all.set(first);
    all.set(second, first.length);
    return all;
  };
  return { documents: join(one.documents, two.documents), frequencies: join(one.frequencies, two.frequencies) };
}
