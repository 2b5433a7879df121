// Which documents answer a query, as sorted lists of document numbers.

import { SearchError } from "./errors.js";

// Words one beginning or one near miss may stand for: more are refused.
const MOST_WORDS = 200;
const LAST = "\uffff";

/** Ascending documents of a term in a field (-1 = any). */
function documentsOf({ fields }, field) {
  const lists = fields.filter((list, i) => list && (field < 0 || field === i)).map((list) => list.documents);
  return lists.reduce(union, new Int32Array(0));
}

export function union(a, b) {
  if (!a.length || !b.length) return a.length ? a : b;
  const all = new Int32Array(a.length + b.length);
  let size = 0;
  for (let i = 0, j = 0; i < a.length || j < b.length; ) {
    const next = j === b.length || a[i] <= b[j] ? a[i] : b[j];
    if (a[i] === next) i++;
    if (b[j] === next) j++;
    all[size++] = next;
  }
  return all.subarray(0, size);
}

export function intersection(a, b) {
  const all = new Int32Array(Math.min(a.length, b.length));
  let size = 0;
  for (let i = 0, j = 0; i < a.length && j < b.length; ) {
    if (a[i] === b[j]) all[size++] = a[i++], j++;
    else if (a[i] < b[j]) i++;
    else j++;
  }
  return all.subarray(0, size);
}

export function difference(a, b) {
  const taken = new Set(b);
  return a.filter((document) => !taken.has(document));
}

/** Words that a clause's last term stands for: those it begins, or those near to it. */
async function expansions(lunr, postings, clause) {
  const [term, kind] = clause.terms[clause.terms.length - 1];
  if (clause.ending) return postings.terms(kind, term, term + LAST, (word) => word.startsWith(term));
  const pattern = lunr.TokenSet.fromFuzzyString(term, clause.edits);
  const shortest = term.length - clause.edits, longest = term.length + clause.edits;
  return postings.words((word) => word.length >= shortest && word.length <= longest && accepts(pattern, word));
}

/** Whether a lunr.TokenSet with wildcards accepts a word. */
function accepts(node, word) {
  if (!word) return node.final || ("*" in node.edges && node.edges["*"] !== node && accepts(node.edges["*"], word));
  const next = node.edges[word[0]];
  if (next && accepts(next, word.slice(1))) return true;
  return "*" in node.edges && accepts(node.edges["*"], word.slice(1));
}

/**
 * Documents that answer clauses, with all postings that count for their scores.
 *
 * @returns `{ documents, found, scored, missing }`: `scored` are `{ term, field, boost }`;
 *   `missing` the terms whose shard could not be read, which were passed over
 */
export async function match(lunr, postings, clauses) {
  const wanted = new Map();
  const expanded = new Map();
  for (const clause of clauses) {
    for (const [term, kind] of clause.terms) wanted.set(term, kind);
    if (!clause.ending && !clause.edits) continue;
    const words = [...(await expansions(lunr, postings, clause))];
    if (words.length > MOST_WORDS) throw new SearchError("costly");
    expanded.set(clause, words);
    for (const word of words) wanted.set(word, "w");
  }
  const { found, missing } = await postings.postings(wanted);
  const scored = [];
  const sets = { "+": null, "-": new Int32Array(0), "": new Int32Array(0) };
  for (const clause of clauses) {
    const { field, boost, presence } = clause;
    const last = clause.terms.length - 1;
    const groups = clause.terms.map(([term], i) => (i === last && expanded.get(clause)) || [term]);
    let documents = null;
    for (const group of groups) {
      const known = group.filter((term) => !missing.has(term));
      if (!known.length && group.length) continue;
      const any = known.filter((term) => found.has(term)).map((term) => documentsOf(found.get(term), field));
      const all = any.reduce(union, new Int32Array(0));
      documents = documents === null ? all : intersection(documents, all);
      if (presence !== "-") for (const term of known) if (found.has(term)) scored.push({ term, field, boost });
    }
    documents ??= new Int32Array(0);
    if (presence === "+") sets["+"] = sets["+"] === null ? documents : intersection(sets["+"], documents);
    else sets[presence] = union(sets[presence], documents);
  }
  const onlyProhibited = clauses.length > 0 && clauses.every(({ presence }) => presence === "-");
  const positive = sets["+"] ?? (onlyProhibited ? everything(postings) : sets[""]);
  return { documents: difference(positive, sets["-"]), found, scored, missing };
}

function everything(postings) {
  const all = Int32Array.from({ length: postings.documents }, (_, document) => document);
  return all.filter((document) => !postings.dead.has(document));
}
