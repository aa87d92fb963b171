// The command: npm run conformance -- --help
import { argv, exit, stderr, stdout } from "node:process";
import { parseArgs } from "node:util";
import type { Ground, LabLevel } from "./fact-lab.ts";
import { FactLab } from "./fact-lab.ts";
import { facts } from "./facts/all.ts";
import { inProcess } from "./grounds.ts";
import { reportOf, summaryOf } from "./report.ts";
import { type RunOptions, runFacts } from "./run-facts.ts";

const usage = `usage: npm run conformance -- [options]
  --url URL --token TOKEN  a platform to check; without them one in this process
  --project ID             where to make objects; without it a project is made, and destroyed at the end
  --other ID               a second project, for clones
  --as LEVEL=TOKEN         somebody with that level in both projects (NONE, VIEW, UPLOAD, CONTRIBUTE); repeatable
  --destructive            also facts that take away what the account had before
  --only TEXT              facts whose id begins so
  --verbose                say of each fact how it ended
  --mutate                 spoil the platform on purpose, and see that a fact notices
`;

const { values } = readArguments();
if (values.help === true) {
  stdout.write(usage);
  exit(0);
}
if (values.mutate === true) {
  const { mutate } = await import("./mutate.ts");
  exit((await mutate((line) => stdout.write(`${line}\n`), values.only ?? "")) ? 0 : 1);
}
const { options, end } = await ground();
const chosen = Object.fromEntries(
  Object.entries(facts).filter(([id]) => id.startsWith(values.only ?? "")),
);
const results = await runFacts(chosen, options);
await end();
if (values.verbose === true) {
  for (const { id, fact, outcome, reason } of results) {
    stdout.write(
      `${outcome.padEnd(9)} ${id} [${fact.mark}] ${fact.says}${reason === undefined ? "" : `: ${reason}`}\n`,
    );
  }
}
stdout.write(`${reportOf(results)}\n${summaryOf(results)}\n`);
exit(results.some(({ outcome }) => outcome === "failed") ? 1 : 0);

async function ground(): Promise<{ options: RunOptions; end: () => Promise<void> }> {
  const { url, token } = values;
  if (url === undefined) return { options: { ground: () => inProcess() }, end: async () => {} };
  if (token === undefined) fail("--url needs --token");
  const run = `${Date.now().toString(36)}-`;
  const bare: Ground = {
    fetch: (to, init) => fetch(to, init),
    url: url.replace(/\/$/, ""),
    token,
    project: "",
  };
  const home = new FactLab(bare, run);
  const project = values.project ?? (await home.newProject());
  const other = values.other ?? (await home.newProject());
  const people = Object.fromEntries(values.as.map(asPerson)) as Partial<Record<LabLevel, string>>;
  const ready: Ground = { ...bare, project, other, people };
  return {
    options: { ground: () => ready, run, destructive: values.destructive === true },
    end: () => home.cleanUp(),
  };
}

function asPerson(text: string): readonly [string, string] {
  const [, level, token] = /^(NONE|VIEW|UPLOAD|CONTRIBUTE|ADMINISTER)=(.+)$/.exec(text) ?? [];
  if (level === undefined || token === undefined) fail(`--as must be LEVEL=TOKEN, not ${text}`);
  return [level, token];
}

function readArguments() {
  try {
    return parseArgs({
      args: argv.slice(2),
      options: {
        url: { type: "string" },
        token: { type: "string" },
        project: { type: "string" },
        other: { type: "string" },
        as: { type: "string", multiple: true, default: [] },
        destructive: { type: "boolean" },
        only: { type: "string" },
        verbose: { type: "boolean" },
        mutate: { type: "boolean" },
        help: { type: "boolean" },
      },
    });
  } catch (error) {
    return fail(error instanceof Error ? error.message : String(error));
  }
}

function fail(problem: string): never {
  stderr.write(`${problem}\n${usage}`);
  exit(2);
}
