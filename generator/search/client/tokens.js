// Tokens, the same as generator/search/tokens.py makes: shared golden vectors hold them together.

import { DOT, DROPPED, HAN, SEPARATOR, SPACE, WORD } from "./characters.js";

const LONGEST_WORD = 64; // units; longer ones are indexed by their beginning
const isSolid = (kind) => kind === HAN || kind === WORD;
const isDigit = (unit) => unit >= 0x30 && unit <= 0x39;

/** @param characters what `readCharacters` returns */
export function makeTokenizer({ fold, kind: kindOf, spelled }) {
  /**
   * Fold and classify a text: `units` (folded), `kinds` (SEPARATOR, SPACE, HAN or WORD) and `at`,
   * the place in the text each unit came from; `at` has one element more, the text's length.
   */
  function scan(text) {
    const units = [], kinds = [], at = [];
    const push = (unit, place) => {
      let kind = kindOf[unit];
      if (kind === DROPPED) return;
      unit = fold[unit];
      if (unit >= 0xdc00 && unit <= 0xdfff && place) {
        const high = text.charCodeAt(place - 1);
        if (high >= 0xd840 && high <= 0xd88f) kind = HAN;
      }
      units.push(unit);
      kinds.push(kind);
      at.push(place);
    };
    for (let i = 0; i < text.length; i++) {
      const parts = spelled.get(text[i]);
      if (parts) for (let j = 0; j < parts.length; j++) push(parts.charCodeAt(j), i);
      else push(text.charCodeAt(i), i);
    }
    for (let i = 0; i < units.length; i++) {
      if (kinds[i] === DOT) kinds[i] = isDigit(units[i - 1]) && isDigit(units[i + 1]) ? WORD : SEPARATOR;
    }
    return withoutIdleSpaces(units, kinds, at, text.length);
  }

  /** Maximal runs of one class: `{ isHan, text, start, end }`, places in the text as given. */
  function runs(text) {
    const { units, kinds, at } = scan(text);
    const found = [];
    for (let i = 0, j; i < units.length; i = j) {
      let run = "";
      for (j = i; j < units.length && kinds[j] === kinds[i]; j++) run += String.fromCharCode(units[j]);
      const isHan = kinds[i] === HAN;
      if (isHan || kinds[i] === WORD) found.push({ isHan, text: run, start: at[i], end: at[j - 1] + 1 });
    }
    return found;
  }

  /**
   * The text as search sees it (docs/search-format.md): `form`, each gap one blank, and `at`,
   * where each of its units stands in the text; `at[form.length]` is the text's length.
   */
  function normalForm(text) {
    const { units, kinds, at } = scan(text);
    const form = [], places = [];
    for (let i = 0; i < units.length; i++) {
      if (isSolid(kinds[i])) form.push(String.fromCharCode(units[i]));
      else if (form.length && isSolid(kinds[i - 1])) form.push(" ");
      else continue;
      places.push(at[i]);
    }
    if (form[form.length - 1] === " ") form.pop(), places.pop();
    places.push(text.length);
    return { form: form.join(""), at: places };
  }

  const isHan = (unit) => kindOf[unit] === HAN || (unit >= 0xdc00 && unit <= 0xdfff);
  const bigrams = (run) => Array.from({ length: run.length - 1 }, (_, i) => run.slice(i, i + 2));

  /** Tokens to ask for. */
  function queryTokens(text) {
    return runs(text).flatMap((run) => (run.isHan && run.text.length > 1 ? bigrams(run.text) : run.text.slice(0, LONGEST_WORD)));
  }

  return { runs, normalForm, queryTokens, isHan, isWord: (unit) => kindOf[unit] === WORD };
}

function withoutIdleSpaces(units, kinds, at, length) {
  const keptUnits = [], keptKinds = [], keptAt = [];
  for (let i = 0; i < units.length; i++) {
    if (kinds[i] === SPACE) {
      let j = i;
      while (j < units.length && kinds[j] === SPACE) j++;
      const left = kinds[i - 1], right = kinds[j];
      const isIdle = isSolid(left) && isSolid(right) && (left === HAN || right === HAN);
      if (isIdle) {
        i = j - 1;
        continue;
      }
      for (; i < j; i++) keptUnits.push(units[i]), keptKinds.push(SPACE), keptAt.push(at[i]);
      i = j - 1;
      continue;
    }
    keptUnits.push(units[i]);
    keptKinds.push(kinds[i]);
    keptAt.push(at[i]);
  }
  keptAt.push(length);
  return { units: keptUnits, kinds: keptKinds, at: keptAt };
}
