// Filters by category, source, tag and date, and how many results each choice would leave.

// Above this many results their filter columns are megabytes: filters apply, counts are left out.
const MOST_COUNTED = 300_000;
const KINDS = ["categories", "sources", "tags"];
const FIRST_DAY = Date.UTC(1970, 0, 1) / 864e5 - 719163; // day 1 is 0001-01-01

export const dayOf = (date) => (date ? Date.parse(`${date}T00:00:00Z`) / 864e5 - FIRST_DAY : 0);
const yearOf = (day) => new Date((day + FIRST_DAY) * 864e5).getUTCFullYear();

const isSet = (filters) => KINDS.some((kind) => filters[kind]) || filters.from || filters.to;

/**
 * @param isCounted whether counts are wanted: they cost the columns
 * @param filters `{ categories, sources, tags }`: a key each or ""; `from`, `to`: ISO days or ""
 * @returns `{ documents, counts }`: what is left, and Maps of counts for each kind and `years`,
 *   each counted with the other filters on; null where there are too many to count
 */
export async function filtered(postings, documents, { filters = {}, isCounted = false }) {
  const isNeeded = isSet(filters) || (isCounted && documents.length <= MOST_COUNTED);
  if (!isNeeded) return { documents, counts: null };
  const names = await postings.names();
  const values = await postings.filters(documents);
  const chosen = Object.fromEntries(KINDS.map((kind) => [kind, idOf(names[kind], filters[kind])]));
  const from = dayOf(filters.from), to = filters.to ? dayOf(filters.to) : Infinity;
  const isDated = Boolean(filters.from || filters.to);
  const tests = {
    categories: (document) => !chosen.categories || values.categories[document] === chosen.categories,
    sources: (document) => !chosen.sources || values.sources[document] === chosen.sources,
    tags: (document) => !chosen.tags || values.tags[document].includes(chosen.tags),
    years: (document) => {
      const day = values.days[document];
      return !isDated || (day > 0 && day >= from && day <= to);
    },
  };
  const kinds = Object.keys(tests);
  const counts = Object.fromEntries(kinds.map((kind) => [kind, new Map()]));
  const left = [];
  for (const document of documents) {
    const failed = kinds.filter((kind) => !tests[kind](document));
    if (!failed.length) left.push(document);
    // A choice's count is what it would leave: the kind's own filter does not matter for it.
    for (const kind of failed.length ? failed.slice(0, failed.length === 1 ? 1 : 0) : kinds) {
      count(counts[kind], keysOf(kind, document, values, names));
    }
  }
  return { documents: Int32Array.from(left), counts };
}

function idOf(names, key) {
  if (!key) return 0;
  const id = names.findIndex((name) => (Array.isArray(name) ? name[0] : name) === key);
  return id < 0 ? -1 : id;
}

function keysOf(kind, document, values, names) {
  if (kind === "years") return values.days[document] ? [yearOf(values.days[document])] : [];
  if (kind === "tags") return values.tags[document].map((id) => names.tags[id]);
  const id = values[kind][document];
  return id ? [kind === "categories" ? names.categories[id][0] : names.sources[id]] : [];
}

function count(counts, keys) {
  for (const key of keys) counts.set(key, (counts.get(key) ?? 0) + 1);
}
