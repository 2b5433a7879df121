// Bundles the client: `node build.mjs OUT`.

import { build } from "esbuild";
import { copyFile, mkdir } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";

const here = path.dirname(fileURLToPath(import.meta.url));
const out = path.resolve(process.argv[2] ?? "dist");

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
await build({ ...shared, entryPoints: { search: "stub.js", "search-engine": "engine-entry.js", "search-local": "local-entry.js" } });
for (const language of ["zh-cn", "zh-tw", "en"]) {
  await build({
    ...shared,
    entryPoints: { [`search-client.${language}`]: "client-entry.js" },
    alias: { messages: path.join(here, "messages", `${language}.js`) },
  });
}
await copyFile(path.join(here, "search.css"), path.join(out, "search.css"));
