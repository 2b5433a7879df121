// Answers questions about the client's modules, one line of JSON each.

import fs from "node:fs";
import path from "node:path";
import readline from "node:readline";
import vm from "node:vm";
import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";

const client = process.argv[2];
const load = (name) => import(pathToFileURL(path.join(client, name)));
const lunr = createRequire(path.join(client, "package.json"))("lunr");

const { readCharacters } = await load("characters.js");
const { makeTokenizer } = await load("tokens.js");
const { keeping, unwrap } = await load("files.js");
const { SearchError } = await load("errors.js");
const { Engine } = await load("engine.js");
const { Postings } = await load("postings.js");
const { assemble, trie } = await load("scoring.js");
const { findPieces } = await load("pieces.js");

const table = JSON.parse(fs.readFileSync(path.join(client, "..", "characters.json"), "utf8"));
const tokenizer = makeTokenizer(readCharacters(table));

/** Tokens an article is found by, as docs/search-format.md says. */
const indexTokens = (text) =>
  tokenizer.runs(text).flatMap((run) =>
    run.isHan
      ? Array.from({ length: 2 * run.text.length - 1 }, (_, i) => run.text.slice(i >> 1, (i >> 1) + 1 + (i & 1)))
      : tokenizer.queryTokens(run.text),
  );

const plain = { text: "", isLanguage: false, order: "relevance", filters: {}, isCounted: false };
let engine, documents, mono, requests;

const read = (folder) => async (name) => {
  requests++;
  let bytes;
  try {
    bytes = fs.readFileSync(path.join(folder, name));
  } catch {
    throw new SearchError("missing", name);
  }
  return unwrap(new Uint8Array(bytes));
};

const operations = {
  tokens: ({ texts }) =>
    texts.map((text) => ({
      index: indexTokens(text),
      query: tokenizer.queryTokens(text),
      form: tokenizer.normalForm(text).form,
    })),

  async open({ folder, docs }) {
    requests = 0;
    engine = await Engine.open(keeping(read(folder)));
    documents = docs.length ? docs : null;
    mono = null;
    return { documents: engine.postings.documents, alive: engine.postings.alive };
  },

  /** Documents the engine gives, and those of them that hold what was asked for. */
  async search({ query }) {
    requests = 0;
    try {
      const answer = await engine.search({ ...plain, ...query });
      const found = Array.from(answer.documents);
      const shown = documents && found.filter((id) => findPieces(tokenizer, documents[id], answer.pieces));
      const counts = answer.counts && Object.fromEntries(Object.entries(answer.counts).map(([k, v]) => [k, [...v]]));
      return { ...answer, documents: found, shown, requests, counts, names: null };
    } catch (error) {
      if (error instanceof SearchError) return { error: error.code, requests };
      throw error;
    }
  },

  /** What the bundled engine answers, as a page that needs no worker runs it. */
  async bundled({ folder, script, queries }) {
    const root = "https://archive.example/";
    const scope = { document: {}, location: new URL(root), URL, Blob, Response, DecompressionStream, TextDecoder };
    scope.fetch = async (url) => {
      const bytes = fs.readFileSync(path.join(folder, url.pathname));
      return { ok: true, arrayBuffer: async () => bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length) };
    };
    vm.runInNewContext(fs.readFileSync(script, "utf8"), scope);
    const call = scope.backfileEngine(root);
    const answers = [];
    for (const query of queries) {
      const { documents, ordered, guesses, notes, pieces } = await call("search", { ...plain, ...query });
      const rows = (await call("rows", documents.slice(0, 3))).map(({ href, title, date }) => ({ href, title, date }));
      answers.push({ documents: Array.from(documents), ordered, guesses, notes, pieces, rows });
    }
    return answers;
  },

  async rows({ ids }) {
    return engine.rows(ids);
  },

  /** Compare queries with a whole index made by the original lunr.js. */
  async compare({ queries }) {
    mono ??= await monolith();
    const report = { queries: 0, results: 0, different: [], furthest: 0, threw: [] };
    for (const query of queries) {
      let expected;
      try {
        expected = mono.original.search(query);
      } catch {
        report.threw.push(query); // see trie() in scoring.js
        expected = mono.mended.search(query);
      }
      const actual = await partial(query);
      report.queries++;
      report.results += expected.length;
      const scores = new Map(actual.map(({ ref, score }) => [ref, score]));
      let isSame = actual.length === expected.length;
      for (const { ref, score } of expected) {
        if (!scores.has(ref)) isSame = false;
        else report.furthest = Math.max(report.furthest, Math.abs(score - scores.get(ref)) / (score || 1));
      }
      if (!isSame) report.different.push([query, expected.length, actual.length]);
    }
    return report;
  },

  /** What lunr.js finds when every token of a text is required, with scores, best first. */
  async required({ texts }) {
    mono ??= await monolith();
    return texts.map((text) => {
      const terms = [...new Set(text.split(/\s+/u).flatMap(tokenizer.queryTokens))];
      const results = mono.original.query((query) => {
        for (const term of terms) query.term(term, { presence: lunr.Query.presence.REQUIRED, usePipeline: false });
      });
      return results.map(({ ref, score }) => [+ref, score]);
    });
  },

  /** What the client makes of the same, with Lunr's scores. */
  async ranked({ texts, most = 50 }) {
    const { match } = await load("matching.js");
    const { rank } = await load("ranking.js");
    const { readQuery } = await load("clauses.js");
    const all = [];
    for (const text of texts) {
      const { clauses } = readQuery(tokenizer, text, false);
      const matched = await match(lunr, engine.postings, clauses);
      const { documents: order, scores } = await rank(lunr, engine.postings, matched, { most });
      all.push({ total: matched.documents.length, order: Array.from(order), best: scores.map((score, i) => [order[i], score]) });
    }
    return all;
  },

  /** Load an index serialised by another Lunr as any client would, and ask it. */
  lunrJson({ json, bigrams, texts }) {
    const index = lunr.Index.load(JSON.parse(json));
    const spelled = bigrams ? createRequire(import.meta.url)(bigrams) : (text) => text;
    return texts.map((text) => index.search(spelled(text)).map(({ ref, score }) => [ref, score]));
  },
};

const pipeline = new lunr.Pipeline();
const bigrams = (token) => tokenizer.queryTokens(token.toString()).map((term) => token.clone(() => term));
lunr.Pipeline.registerFunction(bigrams, "contract-bigrams");
pipeline.add(bigrams);

async function monolith() {
  const builder = new lunr.Builder();
  builder.ref("id");
  for (const { name, boost } of engine.postings.meta.fields) builder.field(name, { boost });
  builder.tokenizer = (text) => indexTokens(text).map((term) => new lunr.Token(term, {}));
  builder.searchPipeline.add(bigrams);
  documents.forEach((document, id) => document && builder.add({ id, ...document }));
  const original = builder.build();
  const terms = Object.keys(original.invertedIndex).sort();
  const mended = new lunr.Index({ ...original, tokenSet: trie(lunr, terms) });
  return { original, mended };
}

/** lunr.Index#search over the shards of a query's terms alone. */
async function partial(text) {
  const { postings } = engine;
  const query = new lunr.Query(postings.meta.fields.map(({ name }) => name));
  new lunr.QueryParser(text, query).parse();
  const kindOf = (term) => (tokenizer.isHan(term.charCodeAt(0)) ? "h" : "w");
  const wanted = new Map();
  for (const clause of query.clauses) {
    const terms = clause.usePipeline ? pipeline.runString(clause.term, { fields: clause.fields }) : [clause.term];
    for (const term of terms) {
      const pattern = lunr.TokenSet.fromClause({ ...clause, term });
      const accepts = (word) => trie(lunr, [word]).intersect(pattern).toArray().length > 0;
      const star = term.indexOf("*");
      if (clause.editDistance || star === 0) {
        for (const word of await postings.words(accepts)) wanted.set(word, "w");
      } else if (star > 0) {
        const start = term.slice(0, star);
        const kind = kindOf(start);
        for (const word of await postings.terms(kind, start, `${start}\uffff`, accepts)) wanted.set(word, kind);
      } else wanted.set(term, kindOf(term));
    }
  }
  const { found } = await postings.postings(wanted);
  const all = documents.flatMap((document, id) => (document ? [id] : []));
  const lengths = await postings.lengths(all);
  const isNegated = query.isNegated();
  const index = assemble(lunr, postings, lengths, found, { everywhere: isNegated ? all : [], pipeline });
  return index.search(text);
}

for await (const line of readline.createInterface({ input: process.stdin })) {
  const { op, ...rest } = JSON.parse(line);
  let answer;
  try {
    answer = { result: await operations[op](rest) };
  } catch (error) {
    answer = { failed: String(error.stack ?? error) };
  }
  process.stdout.write(`${JSON.stringify(answer)}\n`);
}
