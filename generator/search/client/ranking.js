// Order of documents: by Lunr's score, or newest first.

import { assemble, weigher } from "./scoring.js";

// Documents lunr.js itself scores; where more match, the same formula picks these first.
export const MOST_SCORED = 1000;
// Documents scored at all: of more, the newest.
const MOST_WEIGHED = 200_000;

/**
 * Documents by descending score.
 *
 * @returns `{ documents, scores, isCapped }`: `scores` of the first `most`, which lunr.js gave; the
 *   rest follow by the same formula, and after them those that were not compared. Ties stand in the
 *   order of document numbers, newest first
 */
export async function rank(lunr, postings, { documents, found, scored }, most = MOST_SCORED) {
  const weighed = documents.slice(0, MOST_WEIGHED);
  const lengths = await postings.lengths(weighed);
  const all = weighed.length > most ? presorted(postings, lengths, weighed, found, scored) : weighed;
  const best = all.slice(0, most).sort();
  const only = new Set(best);
  const names = postings.meta.fields.map(({ name }) => name);
  const used = new Map([...found].filter(([term]) => scored.some((one) => one.term === term)));
  const index = assemble(lunr, postings, lengths, used, { only, everywhere: scored.length ? [] : best });
  const results = scored.length
    ? index.query((query) => {
        for (const { term, field, boost } of scored) {
          query.term(term, { boost, usePipeline: false, fields: field < 0 ? names : [names[field]] });
        }
      })
    : [];
  const score = new Map(results.map((result) => [+result.ref, result.score]));
  const order = Int32Array.from(best).sort((a, b) => (score.get(b) ?? 0) - (score.get(a) ?? 0) || a - b);
  const ordered = Int32Array.from(documents);
  ordered.set(order);
  ordered.set(all.subarray(order.length), order.length);
  return {
    documents: ordered,
    scores: Array.from(order, (document) => score.get(document) ?? 0),
    isCapped: weighed.length < documents.length,
  };
}

/**
 * The best documents in order, before the others in any, where one term alone is asked for and
 * its shard names its best: that saves the lengths of all. Null where it does not.
 */
export function best({ documents, found, scored }, clauses) {
  if (clauses.length !== 1 || scored.length !== 1 || scored[0].field >= 0 || scored[0].boost !== 1) return null;
  const { fields, best: named } = found.get(scored[0].term);
  // Where filters have left some out, nobody has written down what is best of the rest.
  if (!named || documents.length !== countOf(fields)) return null;
  const chosen = new Set(named);
  const ordered = new Int32Array(documents.length);
  ordered.set(named);
  ordered.set(documents.filter((document) => !chosen.has(document)), named.length);
  return { documents: ordered, count: named.length };
}

const countOf = (fields) => new Set(fields.flatMap((list) => (list ? [...list.documents] : []))).size;

/** Documents by descending score, by the arithmetic of lunr.Index#query. */
function presorted(postings, lengths, documents, found, scored) {
  const total = new Float64Array(postings.documents);
  const weigh = weigher(postings, lengths);
  const { fields } = postings.meta;
  for (let field = 0; field < fields.length; field++) {
    const boosts = new Map();
    for (const one of scored) {
      if (one.field < 0 || one.field === field) boosts.set(one.term, (boosts.get(one.term) ?? 0) + one.boost);
    }
    const length = Math.sqrt([...boosts.values()].reduce((sum, boost) => sum + boost * boost, 0)) || 1;
    for (const [term, boost] of boosts) {
      const { frequency, fields: lists } = found.get(term);
      if (!lists[field]) continue;
      const weight = weigh(frequency, field);
      const { documents: listed, frequencies } = lists[field];
      for (let i = 0; i < listed.length; i++) total[listed[i]] += (weight(listed[i], frequencies[i]) * boost) / length;
    }
  }
  return Int32Array.from(documents).sort((a, b) => total[b] - total[a] || a - b);
}

/** Documents newest first, undated ones last, ties in the order of document numbers. */
export async function newest(postings, documents) {
  if (postings.segments.length === 1) return documents; // numbered so
  const { days } = await postings.filters(documents);
  return Int32Array.from(documents).sort((a, b) => days[b] - days[a] || a - b);
}
