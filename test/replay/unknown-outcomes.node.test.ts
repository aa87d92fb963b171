import { IDBDatabase, IDBFactory, IDBKeyRange } from "fake-indexeddb";
import { describe, expect, test } from "vitest";
import { browserCases, cases, groupsOf } from "./interrupted/all.ts";
import { checkClaims } from "./interrupted/check-claims.ts";
import { hour, limits } from "./interrupted/day.ts";
import { openStoredWorld } from "./stored-world.ts";
import { openWorldOver } from "./world-over.ts";

describe.each(groupsOf(cases))("%s", (_, group) => {
  test.each(group)("$name", { timeout: 60_000 }, async ({ play }) => {
    const claims = await play((seed) =>
      openWorldOver({
        seed,
        name: "replay",
        indexedDB: new IDBFactory(),
        IDBKeyRange,
        IDBDatabase,
        // In it a file without content can be closed.
        region: "azure:westus",
      }),
    );
    checkClaims(claims);
  });
});

test("browsers play each group cut on either side, and each guard with each cut and restart", () => {
  const sides = (some: typeof cases) =>
    new Set(some.map(({ group, name }) => `${group} ${name.split(",")[0] ?? ""}`));
  expect(sides(browserCases)).toEqual(sides(cases));
  const states = (some: typeof cases) => new Set(some.map(({ name }) => name));
  expect(states(browserCases)).toEqual(states(cases));
});

test("creates in doubt are looked up many in one call", { timeout: 60_000 }, async () => {
  await using world = await openStoredWorld("many lookups");
  const first = await world.openTab({ limits });
  await world.run(1_000);
  world.platform.faults.next("/record/new", "cutAfterEffect", 40);
  for (let index = 0; index < 40; index++) await world.create({ name: `S-${index}` });
  while (world.platform.effects.length < 3) await world.run(10);
  first.process.kill();
  await world.run(1.1 * hour);
  world.platform.faults.clear();
  const sent = world.platform.requests.length;
  await world.openTab({ limits });
  await world.drain();
  expect(await world.outbox()).toEqual([]);
  const paths = world.platform.requests.slice(sent).map(({ path }) => path);
  expect(paths.filter((path) => path === "/system/findDataObjects")).toHaveLength(1);
});

test("the nonce window counts from the first attempt, however often it is sent again", async () => {
  await using world = await openStoredWorld("window");
  const first = await world.openTab({ limits });
  await world.run(1_000);
  world.platform.faults.next("/record/new", "cutBeforeEffect", 1_000);
  await world.create({ name: "S-1" });
  await world.run(0.5 * hour);
  const lookUps = () =>
    world.platform.requests.filter(({ path }) => path === "/system/findDataObjects").length;
  expect(
    world.platform.requests.filter(({ path }) => path === "/record/new").length,
  ).toBeGreaterThan(2);
  expect(lookUps()).toBe(0);
  first.process.kill();
  await world.openTab({ limits });
  await world.run(0.1 * hour);
  expect(lookUps()).toBe(0);
  await world.run(0.5 * hour);
  expect(lookUps()).toBeGreaterThan(0);
});
