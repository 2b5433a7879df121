// The generated table of characters (characters.json): what each UTF-16 unit folds to, its class.

export const SEPARATOR = 0, SPACE = 1, HAN = 2, WORD = 3, DOT = 4, DROPPED = 5;
const VERSION = 1;

/** Decode the table. Throws a RangeError for a table of a newer version. */
export function readCharacters(table) {
  if (table.version !== VERSION) throw new RangeError("characters");
  const fold = Uint16Array.from({ length: 0x10000 }, (_, unit) => unit);
  const kind = new Uint8Array(0x10000);
  let unit = 0;
  for (const run of table.classes.split(" ")) {
    const [length, number] = run.split(".");
    kind.fill(+number, unit, (unit += parseInt(length, 36)));
  }
  unit = 0;
  for (const run of table.folds.split(" ")) {
    const [gap, target, count, step] = run.split(".");
    unit += parseInt(gap, 36);
    for (let i = 0; i < +count; i++) fold[unit + i * step] = parseInt(target, 36) + i * step;
  }
  unit = 0;
  table.from.split(" ").forEach((gap, i) => {
    fold[(unit += parseInt(gap, 36))] = table.to.charCodeAt(i);
  });
  return { fold, kind, spelled: new Map(Object.entries(table.spelled)) };
}
