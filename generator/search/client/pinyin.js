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
 * Han words that stand in the archive and are read as `text` is written, most frequent first.
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
  let words = choices[0].map((first) => ({ word: first, documents: null }));
  for (let i = 1; i < choices.length; i++) {
    words = words.flatMap(({ word, documents }) => choices[i].flatMap((next) => {
      const posting = pairs.get(word[word.length - 1] + next);
      if (!posting) return [];
      const listed = posting.fields.filter(Boolean).map((list) => list.documents);
      const all = Int32Array.from(new Set(listed.flatMap((list) => [...list]))).sort();
      const both = documents ? intersection(documents, all) : all;
      return both.length ? [{ word: word + next, documents: both }] : [];
    }));
    words.sort((a, b) => b.documents.length - a.documents.length || (a.word < b.word ? -1 : 1));
    words = words.slice(0, 50);
  }
  return words.slice(0, MOST_GUESSES).map(({ word }) => word);
}
