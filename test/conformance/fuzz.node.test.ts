import { expect, test } from "vitest";
import { FactLab } from "./fact-lab.ts";
import { Dice, type FuzzCase, nextCase, type Things } from "./fuzz-cases.ts";
import { inProcess } from "./grounds.ts";

const cases = 100_000;
const batch = 100;
const seed = 20_260;

type Ground = ReturnType<typeof inProcess>;

async function things(ground: Ground): Promise<Things> {
  const lab = new FactLab(ground, "fuzz-");
  const has = (route: string): boolean => ground.routes?.has(route) === true;
  const ids: Partial<Record<string, string[]>> = {
    record: [
      await lab.record({ properties: { k: "v" } }),
      await lab.record({ close: true, folder: "/f", parents: true }),
    ],
  };
  if (has("/file/new")) ids["file"] = [await lab.make("file"), await lab.file("content")];
  if (has("/workflow/new")) ids["workflow"] = [await lab.make("workflow")];
  if (has("/applet/new")) ids["applet"] = [await lab.applet()];
  return {
    project: ground.project,
    other: ground.other ?? "",
    user: "user-ada",
    ids: ids as Things["ids"],
  };
}

/** What is wrong with the answer. */
async function problemOf(
  ground: Ground,
  { path, body, headers, verb }: FuzzCase,
): Promise<string | undefined> {
  const response = await ground.fetch(`${ground.url}${path}`, {
    method: verb,
    body,
    headers: { "Content-Type": "application/json", Authorization: "Bearer ada-token", ...headers },
  });
  const text = await response.text();
  if (response.headers.has("X-Injected")) return "a header was injected";
  if (response.status === 200) {
    JSON.parse(text);
    return undefined;
  }
  if (![400, 401, 404, 422, 503].includes(response.status)) return `${response.status} ${text}`;
  if (response.headers.get("Content-Type") !== "application/json") return "the answer is not JSON";
  const { error, ...rest } = JSON.parse(text) as { error?: { type?: unknown; message?: unknown } };
  const isClean =
    Object.keys(rest).length === 0 &&
    typeof error?.type === "string" &&
    typeof error.message === "string";
  return isClean ? undefined : `no clean error: ${text}`;
}

test(`${cases} bad calls: clean errors, no failure, and no change of the world by what was refused`, async () => {
  // Most answers are refusals, and nobody reads their stacks.
  Error.stackTraceLimit = 0;
  const ground = inProcess();
  const { platform } = ground;
  const known = await things(ground);
  const routes = [...(ground.routes ?? [])];
  const start = platform.snapshot();
  const before = JSON.stringify(start);
  const dice = new Dice(seed);
  const problems: string[] = [];
  let answered = 0;
  for (let count = 0; count < cases && problems.length === 0; count += batch) {
    const made: FuzzCase[] = [];
    for (let index = 0; index < batch; index++) {
      const next = nextCase(dice, known, routes);
      made.push(next);
      const effects = platform.effects.length;
      const problem = await problemOf(ground, next).catch(
        (error: unknown) => `no answer: ${String(error)}`,
      );
      if (problem !== undefined) problems.push(`${problem}\n${JSON.stringify(next).slice(0, 600)}`);
      answered += 1;
      // What was a good call after all is undone, so that whatever else changes the world shows.
      if (platform.effects.length !== effects) await platform.restore(start);
    }
    if (JSON.stringify(platform.snapshot()) !== before) {
      problems.push(`the world changed by one of ${JSON.stringify(made.map(({ path }) => path))}`);
    }
  }
  expect(problems).toEqual([]);
  expect(answered).toBe(cases);
  expect(Object.prototype).not.toHaveProperty("polluted");
}, 600_000);
