// Bundles the client: `node build.mjs OUT`.

import { build } from "esbuild";
import { copyFile } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";

const here = path.dirname(fileURLToPath(import.meta.url));
const out = path.resolve(process.argv[2] ?? "dist");

await build({
  absWorkingDir: here,
  entryPoints: ["preview.js"],
  bundle: true,
  minify: true,
  charset: "utf8",
  format: "iife",
  target: "es2022",
  legalComments: "inline",
  loader: { ".css": "text" }, // the overlay makes its style sheet itself: no policy forbids that
  outdir: out,
  logLevel: "warning",
});
await copyFile(path.join(here, "preview.css"), path.join(out, "preview.css"));
