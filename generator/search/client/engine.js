// The engine: a query in, ranked documents out. Runs in a worker, or on the page from `file://`.

import lunr from "lunr";

import { readCharacters } from "./characters.js";
import { readQuery } from "./clauses.js";
import { SearchError } from "./errors.js";
import { filtered } from "./filters.js";
import { match } from "./matching.js";
import { guess } from "./pinyin.js";
import { Postings } from "./postings.js";
import { best, newest, rank } from "./ranking.js";
import { makeTokenizer } from "./tokens.js";

export class Engine {
  /** @param read gives the payload of a path (files.js) */
  static async open(read) {
    const postings = await Postings.open(read);
    // A query says what is lost, if it needs it.
    const [table] = await Promise.all([postings.table("characters"), postings.prepare().catch(() => {})]);
    const characters = readCharacters(table);
    return new Engine(postings, makeTokenizer(characters));
  }

  constructor(postings, tokenizer) {
    this.postings = postings;
    this.tokenizer = tokenizer;
  }

  /**
   * Answer a query.
   *
   * @param query `{ text, isLanguage, order: "relevance" | "newest", filters, isCounted, wanted }`
   *   (filters.js); `wanted` is how many documents must stand in order, each of which may cost its length
   * @param isCancelled tells whether the answer is still wanted
   * @returns `{ total, isAbout, documents, ordered, counts, names, pieces, guesses, notes }`.
   *   `documents`: all, the first `ordered` of them in order. `pieces`: what a shown hit must hold. `isAbout`:
   *   bigrams may have matched apart, so `total` is an upper bound. `notes`: codes for the reader
   *   (cut, no-fuzzy-han, incomplete, capped, prefix, pinyin, nothing-to-search).
   */
  async search(query, isCancelled = () => false) {
    const check = () => {
      if (isCancelled()) throw new SearchError("cancelled");
    };
    const { clauses, isCut, isHanFuzzy } = readQuery(this.tokenizer, query.text, query.isLanguage);
    const notes = isCut ? ["cut"] : [];
    if (isHanFuzzy) notes.push("no-fuzzy-han");
    if (!clauses.length) return empty([...notes, "nothing-to-search"]);
    let matched = await match(lunr, this.postings, clauses);
    check();
    let used = clauses;
    let guesses = [];
    if (!matched.documents.length && !query.isLanguage) {
      const other = await this.#otherwise(clauses, query.text);
      check();
      if (other) ({ used, matched, guesses } = other), notes.push(other.note);
    }
    if (matched.missing.size) notes.push("incomplete");
    const { documents, counts } = await filtered(this.postings, matched.documents, query);
    check();
    const ordered = await this.#ordered({ ...matched, documents }, used, query, notes);
    check();
    return {
      total: documents.length,
      isAbout: used.some(({ presence, terms, form }) => presence !== "" && terms.length > 1 && form.length > 2),
      documents: ordered.documents,
      ordered: ordered.count ?? documents.length,
      counts,
      names: counts && (await this.postings.names()),
      pieces: used
        .filter(({ presence }) => presence !== "-")
        .map(({ presence, field, form, ending, edits }) => ({
          isRequired: presence === "+",
          field,
          form,
          isOpen: Boolean(ending),
          isNear: edits > 0,
        })),
      guesses,
      notes,
    };
  }

  async #ordered(matched, clauses, { order, wanted = 10 }, notes) {
    const { documents } = matched;
    if (order === "newest") return { documents: await newest(this.postings, documents) };
    try {
      const ordered = best(matched, clauses, wanted) ?? (await rank(lunr, this.postings, matched, { wanted }));
      if (ordered.isCapped) notes.push("capped");
      return ordered;
    } catch (error) {
      if (!isLost(error)) throw error;
      // Without lengths there are no scores: newest first is an order too.
      if (!notes.includes("incomplete")) notes.push("incomplete");
      return { documents };
    }
  }

  /** What else a query that finds nothing may mean: pinyin, or a word begun. */
  async #otherwise(clauses, text) {
    const guesses = await guess(this.postings, text).catch(passOver);
    if (guesses?.length) {
      const used = readQuery(this.tokenizer, guesses[0], false).clauses;
      const matched = await match(lunr, this.postings, used);
      if (matched.documents.length) return { used, matched, guesses, note: "pinyin" };
    }
    const last = clauses[clauses.length - 1];
    const [term, kind] = last.terms[last.terms.length - 1];
    if (kind !== "w" || term.length < 2) return null;
    const used = [...clauses.slice(0, -1), { ...last, ending: "*" }];
    const matched = await match(lunr, this.postings, used).catch(passOver);
    return matched?.documents.length ? { used, matched, guesses: [], note: "prefix" } : null;
  }

  /** Rows of documents; null for one whose file cannot be read. */
  rows(documents) {
    return Promise.all(Array.from(documents, (document) => this.postings.row(document).catch(() => null)));
  }
}

const isLost = ({ code }) => code === "missing" || code === "damaged";

/** A second try that costs too much is no second try. */
function passOver(error) {
  if (error.code === "costly" || isLost(error)) return null;
  throw error;
}

function empty(notes) {
  return { total: 0, isAbout: false, documents: new Int32Array(0), ordered: 0, counts: null, names: null, pieces: [], guesses: [], notes };
}
