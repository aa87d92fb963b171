// Writes every package's `dist`: what TypeScript makes of the sources, and each worker as one file without imports.

import { execFileSync } from "node:child_process";
import { existsSync, readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { execPath } from "node:process";
import { fileURLToPath } from "node:url";
import { build as bundle } from "rolldown";

const root = fileURLToPath(new URL("..", import.meta.url));

/** Each becomes one file beside what TypeScript writes: a bundler's dev server does not prepare a worker's imports. */
const WORKERS = [
  "packages/holdfast/dist/worker",
  "packages/holdfast/dist/service-worker",
  "packages/platform/dist/shared-worker",
  "packages/platform/dist/service-worker",
];

/** A project inside a package, for the sources that alone see Node's types. */
const INNER_PROJECTS = ["packages/platform/src/node"];

const WRITTEN = [".js", ".js.map", ".d.ts", ".d.ts.map"];
const NOT_EMITTED = /\.(test|test-d|test-support)\.ts$/;

/** The folders of the packages, from the root of the repository. */
export const packageFolders = readdirSync(join(root, "packages")).map((name) => `packages/${name}`);

/**
 * Brings every `dist` up to date: what has no source any more goes, what is missing is written again.
 * @throws Error when TypeScript or Rolldown finds a mistake, which they have printed.
 */
export async function build() {
  const isComplete = packageFolders.map(removeStale).every(Boolean);
  // TypeScript trusts its notes from the last build: what somebody deleted, it would not write again.
  const force = isComplete ? [] : ["--force"];
  const tsc = join(root, "node_modules/typescript/bin/tsc");
  const projects = [...packageFolders, ...INNER_PROJECTS];
  execFileSync(execPath, [tsc, "-b", ...force, ...projects], { cwd: root, stdio: "inherit" });
  await Promise.all(WORKERS.map(bundleWorker));
}

/**
 * @param {string} folder - Of a package.
 * @returns {boolean} Whether all that TypeScript should have written is there.
 */
function removeStale(folder) {
  const dist = join(root, folder, "dist");
  const expected = filesIn(join(root, folder, "src"))
    .filter((file) => file.endsWith(".ts") && !NOT_EMITTED.test(file))
    .flatMap((file) => WRITTEN.map((ending) => file.replace(/\.ts$/, ending)));
  const bundles = WORKERS.filter((file) => file.startsWith(`${folder}/dist/`))
    .map((file) => file.slice(`${folder}/dist/`.length))
    .flatMap((file) => [`${file}.bundle.js`, `${file}.bundle.js.map`]);
  const kept = new Set([...expected, ...bundles]);
  for (const file of filesIn(dist)) {
    if (!kept.has(file)) rmSync(join(dist, file));
  }
  return expected.every((file) => existsSync(join(dist, file)));
}

/**
 * @param {string} folder
 * @returns {string[]} Every file below it, from there, with slashes.
 */
function filesIn(folder) {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1))
    .map((file) => file.replaceAll("\\", "/"));
}

/** @param {string} file - Without its extension. */
async function bundleWorker(file) {
  await bundle({
    input: join(root, `${file}.js`),
    platform: "browser",
    logLevel: "warn",
    resolve: {
      // The same libraries as they are before they are made into ES5, which is 4 kB larger.
      conditionNames: ["es2015", "browser", "import", "default"],
    },
    output: {
      file: join(root, `${file}.bundle.js`),
      format: "esm",
      minify: true,
      // Notes for a bundler, which a whole file has behind it.
      comments: false,
      sourcemap: true,
      codeSplitting: false,
    },
  });
}

if (import.meta.main) await build();
