// Compares the public surface of every package, entry by entry, with the report that is checked in (packages/*/api).
// `--write` writes the reports anew.

import {
  CompilerState,
  Extractor,
  ExtractorConfig,
  ExtractorLogLevel,
} from "@microsoft/api-extractor";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { argv, stdout } from "node:process";
import { fileURLToPath } from "node:url";
import { packageFolders } from "./build.mjs";

const root = fileURLToPath(new URL("..", import.meta.url));
const isWriting = argv.includes("--write");

/** Its remarks name lines of the sources, so that every edit would change a report. */
const silent = { logLevel: ExtractorLogLevel.None };

/** The compiler here is API Extractor's own; it only reads declarations. */
const compilerOptions = {
  target: "ES2024",
  lib: ["ES2024", "ESNext.Disposable", "DOM", "DOM.Iterable", "DOM.AsyncIterable"],
  types: ["node"],
  module: "NodeNext",
  strict: true,
  skipLibCheck: true,
  noEmit: true,
};

const scratch = mkdtempSync(join(tmpdir(), "holdfast-api-"));
try {
  const changed = changedReports();
  if (changed.length > 0 && !isWriting) {
    const names = changed.map((file) => relative(root, file)).join(", ");
    stdout.write(`The public surface is not as reported in ${names}.\n`);
    stdout.write("Where that is meant: npm run api, and commit what it writes.\n");
    process.exitCode = 1;
  }
} finally {
  rmSync(scratch, { recursive: true });
}

/** @returns {string[]} The reports that do not say what `dist` says, and those of entries that are gone. */
function changedReports() {
  const configurations = packageFolders.flatMap(configure);
  const [first, ...others] = configurations;
  if (first === undefined) throw new Error("there are no packages");
  // One program for all of them: starting the compiler is what takes long.
  const compilerState = CompilerState.create(first, {
    additionalEntryPoints: others.map(({ mainEntryPointFilePath }) => mainEntryPointFilePath),
  });
  const changed = configurations.filter((configuration) => {
    const { apiReportChanged } = Extractor.invoke(configuration, {
      compilerState,
      localBuild: isWriting,
      printApiReportDiff: !isWriting,
      messageCallback: (message) => {
        if (message.messageId === "console-api-report-diff") stdout.write(`${message.text}\n`);
        message.handled = true; // its advice is to copy files by hand
      },
    });
    return apiReportChanged;
  });
  const expected = new Set(configurations.map(({ reportFilePath }) => reportFilePath));
  const gone = packageFolders.flatMap(existingReports).filter((file) => !expected.has(file));
  if (isWriting) for (const file of gone) rmSync(file);
  return [...changed.map(({ reportFilePath }) => reportFilePath), ...gone];
}

/** @param {string} folder - Of a package. */
function existingReports(folder) {
  const reports = join(root, folder, "api");
  return existsSync(reports) ? readdirSync(reports).map((name) => join(reports, name)) : [];
}

/** @param {string} folder - Of a package. */
function configure(folder) {
  const projectFolder = join(root, folder);
  const packageJsonFullPath = join(projectFolder, "package.json");
  const reportFolder = join(projectFolder, "api");
  if (isWriting) mkdirSync(reportFolder, { recursive: true });
  const { exports } = JSON.parse(readFileSync(packageJsonFullPath, "utf8"));
  return Object.keys(exports).map((entry) => {
    const declarations = join(projectFolder, exports[entry].types);
    return ExtractorConfig.prepare({
      packageJsonFullPath,
      configObjectFullPath: undefined,
      configObject: {
        projectFolder,
        mainEntryPointFilePath: declarations,
        newlineKind: "lf",
        compiler: { overrideTsconfig: { compilerOptions, files: [declarations] } },
        apiReport: {
          enabled: true,
          reportFileName: `${entry === "." ? "index" : entry.slice(2)}.api.md`,
          reportFolder,
          reportTempFolder: join(scratch, folder),
        },
        docModel: { enabled: false },
        dtsRollup: { enabled: false },
        tsdocMetadata: { enabled: false },
        messages: {
          extractorMessageReporting: { default: silent },
          tsdocMessageReporting: { default: silent },
        },
      },
    });
  });
}
