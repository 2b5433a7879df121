// Bundles the client: `node build.mjs OUT`.

import { build } from "esbuild";
import { copyFile, mkdir, readFile } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";

const here = path.dirname(fileURLToPath(import.meta.url));
const out = path.resolve(process.argv[2] ?? "dist");

// As a module of its own kind lunr.js would bring helpers that only it needs; its code stays as it is.
const lunr = {
  name: "lunr",
  setup(bundler) {
    bundler.onLoad({ filter: /lunr\.js$/ }, async ({ path: file }) => ({
      contents: `${await readFile(file, "utf8")}\nexport default lunr;`,
    }));
  },
};

const shared = {
  absWorkingDir: here,
  bundle: true,
  minify: true,
  charset: "utf8",
  format: "iife",
  target: "es2022",
  legalComments: "none",
  outdir: out,
  logLevel: "warning",
};

await mkdir(out, { recursive: true });
await build({ ...shared, entryPoints: { search: "stub.js", "search-local": "local-entry.js" } });
await build({
  ...shared,
  entryPoints: { "search-engine": "engine-entry.js" },
  plugins: [lunr],
  // Names that stand in no file of the index, no message and no other bundle.
  mangleProps:
    /^(?:expGolomb|queryTokens|normalForm|segmentOf|isHanFuzzy|isRanked|averages|described|scored|firsts|frequenc(?:y|ies)|alive|loaded|known|prepare|lengths|bounds|isHan|isWord|isCut|isCapped|scores|tokenizer|owner|chosen)$/,
  // lunr.js says this six times.
  banner: { js: "// lunr 2.3.9, copyright (C) 2020 Oliver Nightingale, MIT licence" },
});
for (const language of ["zh-cn", "zh-tw", "en"]) {
  await build({
    ...shared,
    entryPoints: { [`search-client.${language}`]: "client-entry.js" },
    alias: { messages: path.join(here, "messages", `${language}.js`) },
  });
}
await copyFile(path.join(here, "search.css"), path.join(out, "search.css"));
