// The part of Lunr's index a query needs, built from postings, so that lunr.js itself can answer.
//
// Lunr 2.3.9 reads of a document's vector only the elements of the query's terms, and divides by
// the query vector's length alone: a partial index gives the whole one's scores.

/** lunr.idf of a term in `frequency` lists (one a document and field) among `alive` documents. */
export const idf = (alive, frequency) => Math.log(1 + Math.abs((alive - frequency + 0.5) / (frequency + 0.5)));

/** Weights as lunr.Builder#createFieldVectors makes them, rounding included. */
export function weigher({ meta, alive, averages }, lengths) {
  const { k1, b } = meta;
  return (frequency, field) => {
    const boost = meta.fields[field].boost;
    const rarity = idf(alive, frequency);
    return (document, tf) => {
      const length = lengths[field][document] / averages[field];
      const score = ((rarity * ((k1 + 1) * tf)) / (k1 * (1 - b + b * length) + tf)) * boost;
      return Math.round(score * 1000) / 1000;
    };
  };
}

/**
 * A real lunr.Index of some terms.
 *
 * @param found Map from term to `{ frequency, fields }`
 * @param only Set of documents to take, or null for all
 * @param everywhere documents that get a vector though no term stands in them
 */
export function assemble(lunr, index, lengths, found, { only = null, everywhere = [], pipeline } = {}) {
  const names = index.meta.fields.map(({ name }) => name);
  const weigh = weigher(index, lengths);
  const invertedIndex = Object.create(null);
  const elements = names.map(() => new Map());
  const nothing = Object.freeze(Object.create(null));
  const terms = [...found.keys()].sort(); // by units, as Lunr sorts
  terms.forEach((term, number) => {
    const { frequency, fields } = found.get(term);
    const posting = Object.create(null);
    posting._index = number;
    fields.forEach((list, field) => {
      const documents = (posting[names[field]] = Object.create(null));
      if (!list) return;
      const weight = weigh(frequency, field);
      for (let i = 0; i < list.documents.length; i++) {
        const document = list.documents[i];
        if (only && !only.has(document)) continue;
        documents[document] = nothing;
        const vector = elements[field].get(document);
        const value = weight(document, list.frequencies[i]);
        if (vector) vector.push(number, value);
        else elements[field].set(document, [number, value]);
      }
    });
    invertedIndex[term] = posting;
  });
  const fieldVectors = Object.create(null);
  const empty = new lunr.Vector();
  for (const document of everywhere) for (const name of names) fieldVectors[`${name}/${document}`] = empty;
  names.forEach((name, field) => {
    for (const [document, vector] of elements[field]) fieldVectors[`${name}/${document}`] = new lunr.Vector(vector);
  });
  return new lunr.Index({ invertedIndex, fieldVectors, tokenSet: trie(lunr, terms), fields: names, pipeline: pipeline ?? new lunr.Pipeline() });
}

/**
 * A token set that is a plain tree. Lunr's own builder merges equal ends, and takes nodes for
 * equal that are not when labels are digits ("1" to 23 and "12" to 3), so that queries such as
 * `4*` find terms that do not exist and throw.
 */
export function trie(lunr, terms) {
  const root = new lunr.TokenSet();
  for (const term of terms) {
    let node = root;
    for (let i = 0; i < term.length; i++) node = node.edges[term[i]] ??= new lunr.TokenSet();
    node.final = true;
  }
  return root;
}
