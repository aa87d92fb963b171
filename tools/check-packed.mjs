// Looks at the packages as they would be published: what lies in them, what their manifests promise, and whether an app
// that trusts nothing (`skipLibCheck: false`) compiles against every one of their entries.

import { checkPackage, createPackageFromTarballData } from "@arethetypeswrong/core";
import { filterProblems, problemKindInfo } from "@arethetypeswrong/core/problems";
import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { execPath, stdout } from "node:process";
import { fileURLToPath } from "node:url";
import { publint } from "publint";
import { formatMessage } from "publint/utils";
import { installPacked } from "./packed.mjs";

const root = fileURLToPath(new URL("..", import.meta.url));

/** What has no business in a package. */
const UNWANTED = /\.(test|test-d|test-support)\.|\.tsbuildinfo$|(^|\/)(\.cache|node_modules)\//;

/** Packages without CommonJS, for Node and bundlers that know `exports`: what `attw --profile esm-only` asks. */
const RESOLUTIONS = /** @type {const} */ (["node16-esm", "bundler"]);

/** An app in a browser, as strict as it can be, without Node's types. */
const consumerOptions = {
  target: "ES2024",
  lib: ["ES2024", "ESNext.Disposable", "DOM", "DOM.Iterable", "DOM.AsyncIterable"],
  types: [],
  module: "NodeNext",
  strict: true,
  exactOptionalPropertyTypes: true,
  noUncheckedIndexedAccess: true,
  skipLibCheck: false,
  noEmit: true,
};

const folder = mkdtempSync(join(tmpdir(), "holdfast-packed-"));
try {
  const packed = installPacked(folder);
  const found = [];
  for (const one of packed) {
    const problems = [
      ...strayFiles(one),
      ...wrongManifest(one),
      ...(await byPublint(one)),
      ...(await byTypes(one)),
    ];
    found.push(...problems.map((problem) => `${one.manifest.name}: ${problem}`));
  }
  found.push(...compileConsumer(packed));
  for (const problem of found) stdout.write(`${problem}\n`);
  process.exitCode = found.length === 0 ? 0 : 1;
} finally {
  rmSync(folder, { recursive: true });
}

/**
 * @typedef {import("./packed.mjs").PackedPackage} PackedPackage
 * @param {PackedPackage} one
 */
function strayFiles(one) {
  const files = readdirSync(one.folder, { recursive: true, encoding: "utf8" }).map((file) =>
    file.replaceAll("\\", "/"),
  );
  const unwanted = files.filter((file) => UNWANTED.test(file)).map((file) => `packs ${file}`);
  const modules = files.filter((file) => /^dist\/.*\.(js|d\.ts)$/.test(file));
  if (modules.length === 0) unwanted.push("has nothing in dist: npm run build");
  return [
    ...unwanted,
    ...modules.flatMap((file) => unmapped(join(one.folder, file)).map((why) => `${file} ${why}`)),
  ];
}

/**
 * A debugger, and "go to definition", lead to sources that are in the package.
 * @param {string} file
 * @returns {string[]}
 */
function unmapped(file) {
  if (!existsSync(`${file}.map`)) return ["has no map"];
  const { sources, sourcesContent } = JSON.parse(readFileSync(`${file}.map`, "utf8"));
  if (sourcesContent !== undefined) return [];
  return sources
    .filter((/** @type {string} */ source) => !existsSync(resolve(dirname(file), source)))
    .map((/** @type {string} */ source) => `is mapped to ${source}, which is not packed`);
}

/** @param {PackedPackage} one */
function wrongManifest({ folder: content, manifest }) {
  const problems = [];
  for (const [entry, targets] of Object.entries(manifest.exports)) {
    if ("source" in targets)
      problems.push(`${entry} has a condition "source", which is for this workspace`);
    for (const target of Object.values(targets)) {
      if (!existsSync(join(content, target)))
        problems.push(`${entry} leads to ${target}, which is not packed`);
    }
  }
  for (const [name, target] of Object.entries(manifest.bin ?? {})) {
    if (!existsSync(join(content, target))) problems.push(`the command ${name} is not packed`);
  }
  for (const [name, version] of Object.entries(manifest.dependencies ?? {})) {
    if (!/^\d/.test(version))
      problems.push(`depends on ${name} ${version}, which nobody else can resolve`);
  }
  return problems;
}

/** @param {PackedPackage} one */
async function byPublint({ folder: content }) {
  const { messages, pkg } = await publint({
    pkgDir: content,
    pack: false,
    strict: true,
    level: "warning",
  });
  return messages.map((message) => formatMessage(message, pkg, { color: false }) ?? message.code);
}

/** @param {PackedPackage} one */
async function byTypes({ tarball }) {
  const result = await checkPackage(createPackageFromTarballData(readFileSync(tarball)));
  if (result.types === false) return ["has no types"];
  const problems = RESOLUTIONS.flatMap((resolutionKind) =>
    filterProblems(result, { resolutionKind }),
  );
  return problems.map(
    (problem) => `${problemKindInfo[problem.kind].title}: ${JSON.stringify(problem)}`,
  );
}

/** @param {readonly PackedPackage[]} packed */
function compileConsumer(packed) {
  const entries = packed.flatMap(({ manifest }) =>
    Object.keys(manifest.exports).map((entry) => `${manifest.name}${entry.slice(1)}`),
  );
  const lines = entries.map(
    (entry, at) => `import * as entry${at} from "${entry}";\nvoid entry${at};\n`,
  );
  writeFileSync(join(folder, "consumer.ts"), lines.join(""));
  writeFileSync(join(folder, "package.json"), JSON.stringify({ type: "module" }));
  writeFileSync(
    join(folder, "tsconfig.json"),
    JSON.stringify({ compilerOptions: consumerOptions, files: ["consumer.ts"] }),
  );
  const tsc = join(root, "node_modules/typescript/bin/tsc");
  const { status, stdout: said } = spawnSync(execPath, [tsc], { cwd: folder, encoding: "utf8" });
  return status === 0 ? [] : [`an app does not compile against them:\n${said}`];
}
