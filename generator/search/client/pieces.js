// Whether a text holds what was asked for, and where.

const MOST_HITS = 60; // places looked at for one piece

/**
 * Places of the pieces of a query in a document.
 *
 * @param document `{ title, body }`, visible text
 * @param pieces `{ isRequired, field, form, isOpen, isNear }` as the engine gives them
 * @returns `{ title, body }`: lists of `[start, end]` in the texts, ascending; null when a required
 *   piece stands in neither
 */
export function findPieces(tokenizer, document, pieces) {
  const texts = [document.title ?? "", document.body ?? ""].map((text) => ({ text, ...tokenizer.normalForm(text) }));
  const found = [[], []];
  for (const piece of pieces) {
    let isFound = piece.isNear; // which near word it was, the engine alone knows
    for (const field of piece.field < 0 ? [0, 1] : [piece.field]) {
      for (const place of places(tokenizer, texts[field], piece)) {
        isFound = true;
        found[field].push(place);
      }
    }
    if (!isFound && piece.isRequired) return null;
  }
  const [title, body] = found.map(merged);
  return { title, body };
}

/** Where a piece stands in a text in normal form: never with a cut inside a word. */
function* places(tokenizer, { form, at }, { form: wanted, isOpen }) {
  let count = 0;
  for (let i = form.indexOf(wanted); i >= 0 && count < MOST_HITS; i = form.indexOf(wanted, i + 1)) {
    let end = i + wanted.length;
    const joinsBefore = isWordAt(tokenizer, form, i - 1) && isWordAt(tokenizer, form, i);
    const joinsAfter = isWordAt(tokenizer, form, end) && isWordAt(tokenizer, form, end - 1);
    if (joinsBefore || (joinsAfter && !isOpen)) continue;
    while (isOpen && isWordAt(tokenizer, form, end)) end++;
    count++;
    yield [at[i], at[end - 1] + 1];
  }
}

function isWordAt(tokenizer, form, place) {
  const unit = form.charCodeAt(place);
  return tokenizer.isWord(unit) || unit === 0x2e;
}

function merged(list) {
  const all = [];
  for (const [start, end] of list.sort((a, b) => a[0] - b[0] || a[1] - b[1])) {
    const last = all[all.length - 1];
    if (last && start <= last[1]) last[1] = Math.max(last[1], end);
    else all.push([start, end]);
  }
  return all;
}
