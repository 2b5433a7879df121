// Order of documents: by Lunr's score, or newest first.

import { assemble, weigher } from "./scoring.js";

// Documents lunr.js itself scores; where more match, the same formula picks these first.
const MOST_SCORED = 1000;
// Documents scored at all: of more, the newest.
const MOST_WEIGHED = 200_000;
// What sums of scores may differ by from one order of adding to another.
const SLACK = 1e-9;

/**
 * Documents by descending score.
 *
 * @param options `wanted`: how many must stand in order, of the others lengths need not be read;
 *   `most`: how many lunr.js itself scores
 * @returns `{ documents, scores, count, isCapped }`: `scores` of the first, which lunr.js gave. The
 *   first `count` stand in order, ties in that of document numbers, newest first; the rest in any
 */
export async function rank(lunr, postings, { documents, found, scored }, { wanted = Infinity, most = MOST_SCORED } = {}) {
  const weighed = documents.slice(0, MOST_WEIGHED);
  const { chosen, floor } = await promising(postings, weighed, found, scored, wanted);
  const lengths = await postings.lengths(chosen);
  const all = chosen.length > most ? descending(chosen, totals(postings, lengths, found, scored)) : chosen;
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
  const order = descending(best, Object.fromEntries(score));
  const scores = Array.from(order, (document) => score.get(document) ?? 0);
  return {
    documents: first([...order, ...all.subarray(order.length)], documents),
    scores,
    count: chosen === weighed ? documents.length : scores.filter((one) => one >= floor).length,
    isCapped: weighed.length < documents.length,
  };
}

/**
 * Documents that may be among the first `wanted`, as far as bounds of their lengths tell: a shorter
 * document scores higher. All others score less than `floor`.
 */
async function promising(postings, documents, found, scored, wanted) {
  const bounds = documents.length > wanted && (await postings.bounds(documents));
  if (!bounds) return { chosen: documents };
  const [highest, lowest] = bounds.map((lengths) => totals(postings, lengths, found, scored));
  const floor = Float64Array.from(documents, (document) => lowest[document]).sort()[documents.length - wanted] * (1 - SLACK);
  return { chosen: documents.filter((document) => highest[document] >= floor), floor };
}

/** Some documents, then the others. */
function first(some, documents) {
  const chosen = new Set(some);
  return Int32Array.from([...some, ...documents.filter((document) => !chosen.has(document))]);
}

/** Documents by descending score, those without one last. */
const descending = (documents, scores) =>
  Int32Array.from(documents).sort((a, b) => (scores[b] ?? 0) - (scores[a] ?? 0) || a - b);

/**
 * The best documents in order, before the others in any, where one term alone is asked for and
 * its shard names as many as are wanted: that saves the lengths of all. Null where it does not.
 */
export function best({ documents, found, scored }, clauses, wanted) {
  if (clauses.length !== 1 || scored.length !== 1 || scored[0].field >= 0 || scored[0].boost !== 1) return null;
  const { fields, best: named } = found.get(scored[0].term);
  // Where filters have left some out, nobody has written down what is best of the rest.
  if (!named || named.length < wanted || documents.length !== countOf(fields)) return null;
  return { documents: first(named, documents), count: named.length };
}

const countOf = (fields) => new Set(fields.flatMap((list) => (list ? [...list.documents] : []))).size;

/** Scores by document number, by the arithmetic of lunr.Index#query. */
function totals(postings, lengths, found, scored) {
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
  return total;
}

/** Documents newest first, undated ones last, ties in the order of document numbers. */
export async function newest(postings, documents) {
  if (postings.segments.length === 1) return documents; // numbered so
  const { days } = await postings.filters(documents);
  return Int32Array.from(documents).sort((a, b) => days[b] - days[a] || a - b);
}
