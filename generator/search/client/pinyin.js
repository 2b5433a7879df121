// Pinyin: when Latin words find nothing, which Han words they may spell.

import { intersection } from "./matching.js";

const MOST_SYLLABLES = 6, MOST_FIRSTS = 40, MOST_GUESSES = 5;

/** Ways to cut letters into syllables of the table, fewest first. */
function cuts(letters, table, most = MOST_SYLLABLES) {
  if (!letters) return [[]];
  if (!most) return [];
  const found = [];
  for (let size = Math.min(6, letters.length); size; size--) {
    const syllable = letters.slice(0, size);
    if (!(syllable in table)) continue;
    for (const rest of cuts(letters.slice(size), table, most - 1)) found.push([syllable, ...rest]);
  }
  return found.sort((a, b) => a.length - b.length);
}

/**
 * Han words that stand in the archive and are read as `text` is written: first those that most of it
 * is about, by the documents they stand in, a headline counting as much as its boost says. (Lunr's scores
 * of single documents would put the rarest first.)
 *
 * @returns at most five words; none where `text` is no pinyin
 */
export async function guess(postings, text) {
  const letters = text.toLowerCase().replace(/[\s'’]+/gu, "").replaceAll("ü", "v");
  if (!/^[a-z]{2,36}$/u.test(letters)) return [];
  const table = await postings.table("pinyin");
  for (const syllables of cuts(letters, table).slice(0, 3)) {
    if (syllables.length < 2) continue;
    const words = await wordsOf(postings, syllables.map((syllable) => [...table[syllable]]));
    if (words.length) return words;
  }
  return [];
}

async function wordsOf(postings, choices) {
  const pairs = new Map();
  for (let i = 0; i + 1 < choices.length; i++) {
    const nexts = new Set(choices[i + 1]);
    const firsts = choices[i].slice(0, MOST_FIRSTS);
    const accepts = (term) => term.length === 2 && nexts.has(term[1]);
    const found = await Promise.all(firsts.map((first) =>
      postings.terms("h", first, `${first}\uffff`, (term) => term[0] === first && accepts(term)),
    ));
    const terms = found.flatMap((set) => [...set]);
    if (!terms.length) return [];
    const read = await postings.postings(new Map(terms.map((term) => [term, "h"])));
    for (const [term, posting] of read.found) pairs.set(term, posting);
    choices[i + 1] = choices[i + 1].filter((character) => terms.some((term) => term[1] === character));
  }
  let words = choices[0].map((word) => ({ word }));
  for (let i = 1; i < choices.length; i++) {
    words = words.flatMap(({ word, fields: before }) => choices[i].flatMap((next) => {
      const fields = pairs.get(word[word.length - 1] + next)?.fields.map((list, field) => {
        const documents = list?.documents ?? new Int32Array(0);
        return before ? intersection(before[field], documents) : documents;
      });
      const weight = fields?.reduce((sum, { length }, field) => sum + length * postings.meta.fields[field].boost, 0);
      return weight ? [{ word: word + next, fields, weight }] : [];
    }));
    words.sort((a, b) => b.weight - a.weight || (a.word < b.word ? -1 : 1));
    words = words.slice(0, 50);
  }
  return words.slice(0, MOST_GUESSES).map(({ word }) => word);
}
