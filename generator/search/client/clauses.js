// From what a reader types to clauses. Plain input is never syntax; the query language is asked for.

// Bounds: what is longer is cut, and the reader told so.
const MOST_UNITS = 200, MOST_CLAUSES = 12, MOST_TERMS = 48;
const MOST_EDITS = 2;
const SHORTEST_FUZZY = 3; // everything is near to a word of two letters
const FIELD_NAMES = new Map([["title", 0], ["标题", 0], ["標題", 0], ["body", 1], ["正文", 1]]);
const SYNTAX =
  /([+\-])?(?:([\p{L}]+)[:：])?(?:["“”]([^"“”]*)["“”]|([^\s"“”]+))/gu;

/**
 * @param tokenizer see tokens.js
 * @param text what was typed
 * @param isLanguage whether the query language is on
 * @returns `{ clauses, isCut, isHanFuzzy }`: whether the text was too long, and whether near misses
 *   of Han were asked for, which there are none of. A clause is `{ presence, field, boost, text, form, terms,
 *   ending, edits }`: presence "+" (must), "-" (must not) or "" (may); field 0, 1 or -1 (any);
 *   terms `[term, kind]`; ending "*" asks for words that begin with the last term; edits > 0 for
 *   words so near
 */
export function readQuery(tokenizer, text, isLanguage) {
  // Where it is cut, the piece that is cut through goes too, unless it is all there is.
  const short = text.length > MOST_UNITS ? text.slice(0, MOST_UNITS).replace(/\s\S*$/u, "") : text;
  const raw = isLanguage ? parse(short) : short.split(/\s+/u).map((piece) => ({ piece }));
  const clauses = [];
  let left = MOST_TERMS;
  let isCut = short.length < text.length;
  let isHanFuzzy = false;
  for (const { piece, presence = isLanguage ? "" : "+", field = -1, boost = 1, ending = "", edits = 0 } of raw) {
    const runs = tokenizer.runs(piece);
    if (!runs.length) continue;
    if (!left || clauses.length === MOST_CLAUSES) {
      isCut = true;
      break;
    }
    // Of a long piece the first terms are asked for; that it is there as a whole is verified.
    const terms = [...new Set(tokenizer.queryTokens(piece))].slice(0, left);
    left -= terms.length;
    const last = runs[runs.length - 1];
    const isWord = !last.isHan; // a beginning of Han needs no sign, as any part is found
    isHanFuzzy ||= edits > 0 && !isWord;
    clauses.push({
      presence,
      field,
      boost,
      text: piece,
      form: tokenizer.normalForm(piece).form,
      terms: terms.map((term) => [term, tokenizer.isHan(term.charCodeAt(0)) ? "h" : "w"]),
      ending: isWord ? ending : "",
      edits: isWord && runs.length === 1 && last.text.length >= SHORTEST_FUZZY ? edits : 0,
    });
  }
  // Without a "+" every clause must be found, but for those with a "-".
  if (isLanguage && !clauses.some(({ presence }) => presence === "+")) {
    for (const clause of clauses) clause.presence ||= "+";
  }
  return { clauses, isCut, isHanFuzzy };
}

function parse(text) {
  return [...text.matchAll(SYNTAX)].map(([whole, presence, name, quoted, bare]) => {
    const field = FIELD_NAMES.get(name?.toLowerCase()) ?? -1;
    if (quoted !== undefined) return { piece: quoted, presence, field: name === undefined ? -1 : field };
    if (name !== undefined && field < 0) return { piece: whole.replace(/^[+-]/, ""), presence };
    const [, piece, ending, edits, boost] = /^(.*?)(\*)?(?:~(\d?))?(?:\^(\d{1,2}))?$/su.exec(bare);
    return {
      piece,
      presence,
      field,
      ending,
      edits: edits === undefined ? 0 : Math.min(+edits || 1, MOST_EDITS),
      boost: boost === undefined ? 1 : +boost,
    };
  });
}
