import { discard, failureOf, type LeaseRow, type Store, type Write } from "@holdfast/core";
import { expect, test } from "vitest";
import { type EngineWorld, openWorld } from "./engine-world.test-support.ts";
import { instantOf, raiseLease } from "./lease.ts";
import type { Script } from "./scripted-platform.test-support.ts";

const readOnly = "project-000000000000000000000002";
const limits = { serverErrorsUntilParked: 2, backoffCapMs: 1_000, defaultRetryAfterMs: 1_000 };

/** What an engine may do to a store, and the test to it, around each write of an engine. */
type OnWrite = <Result>(
  write: Write<Result>,
  act: () => Promise<Result>,
  store: Store,
) => Promise<Result>;

/** A day on which an engine has every reason to write that there is. */
async function day(world: EngineWorld, onWrite: OnWrite): Promise<void> {
  const { platform } = world;
  const wrapStore = (store: Store): Store => ({
    ...store,
    write: (write) => onWrite(write, () => store.write(write), store),
  });
  const refusals: Readonly<Record<string, Script>> = {
    '"invalid"': { status: 422, type: "InvalidInput" },
    '"forbidden"': { status: 401, type: "PermissionDenied" },
    '"broken"': { status: 500, type: "InternalError" },
    '"cut"': "cutAfterEffect",
  };
  platform.script = ({ path, body }) =>
    path === "/record/new"
      ? Object.entries(refusals).find(([name]) => body.includes(name))?.[1]
      : undefined;
  platform.levels.set(readOnly, "VIEW");
  const early = await world.openTab({ wrapStore, limits });
  const known = await world.create({ name: "known" });
  await world.create({ name: "merged", tags: ["a"] }).then(async ({ key }) => {
    await world.edit(key, "addTags", { tags: ["b"] });
    await world.edit(key, "close");
  });
  await world.drain(20_000);
  await early.close();

  // Offline: what others do meanwhile is found by the survey.
  await world.edit(known.key, "addTags", { tags: ["done"] });
  await world.edit(known.key, "rename", { name: "renamed" });
  const [record] = platform.named("known");
  if (record !== undefined) Object.assign(record, { tags: ["done"], properties: { by: "eve" } });
  await world
    .create({ name: "invalid", tags: ["x"] })
    .then(({ key }) => world.edit(key, "addTypes", { types: ["T"] }));
  const forbidden = await world.create({ name: "forbidden" });
  const waiting = await world.create({
    name: "waiting",
    details: { $dnanexus_link: forbidden.id },
  });
  await world.createMany([{ name: "broken" }, { name: "cut" }]);
  await world.create({ name: "elsewhere", project: readOnly });
  const late = await world.openTab({ wrapStore, limits });
  await world.run(40_000);
  const { key: lane, operation } = forbidden;
  const at = world.clock.now();
  await world.app.write(discard({ lane, operation, at, dependants: [waiting.key] }));
  await world.create({ name: "again" });
  await world.run(40_000);
  await late.close();
}

async function rowsOf(world: EngineWorld): Promise<string> {
  const { app } = world;
  return JSON.stringify([
    await app.find({ visibility: "either", limit: 1_000 }),
    await app.scan("outbox", { limit: 1_000 }),
    await app.scan("journal", { limit: 1_000 }),
    await app.scan("history", { limit: 1_000 }),
    await app.get("meta", ["lease", "serverClock"]),
  ]);
}

/** Somebody else has become the sender. */
async function replace(world: EngineWorld): Promise<LeaseRow> {
  const from = instantOf(world.clock);
  const raised = await world.app.write(
    raiseLease({ owner: "other", from, leaseMs: 1_000, holdsLock: true }),
  );
  if (raised === undefined) throw new Error("Nothing stops it from being raised.");
  return raised;
}

test("every write of an engine carries its epoch, and under another one is refused and leaves no trace", async () => {
  await using world = await openWorld();
  let fenced = 0;
  const unfenced: unknown[] = [];
  // One at a time, or the traces of its neighbours would be taken for its own.
  let last: Promise<unknown> = Promise.resolve();
  await day(world, (write, act, store) => {
    const done = last.then(async () => {
      const { fence } = write;
      if (fence === undefined) {
        const result = await act();
        unfenced.push((result as LeaseRow | undefined)?.name);
        return result;
      }
      fenced += 1;
      const before = await rowsOf(world);
      const stale = store.write({ ...write, fence: fence - 1 });
      await expect(stale).rejects.toMatchObject({ failure: { code: "Fenced" } });
      expect(await rowsOf(world)).toBe(before);
      return await act();
    });
    last = done.catch(() => undefined);
    return done;
  });
  expect(world.errors).toEqual([]);
  // An election is the one write that cannot carry the epoch it is about to make.
  expect(unfenced).toEqual(["lease", "lease"]);
  expect(fenced).toBeGreaterThan(25);
  // It was a day with every kind of outcome.
  expect((await world.parkedReasons()).toSorted()).toEqual([
    "DependencyParked",
    "InternalError",
    "InvalidInput",
    "PermissionDenied",
  ]);
  const outcomes = (await world.app.scan("history", { limit: 100 })).map(({ outcome }) => outcome);
  expect(new Set(outcomes)).toEqual(new Set(["acked", "found", "discarded"]));
  expect(world.platform.named("cut")).toHaveLength(1);
}, 30_000);

test.each([3, 6, 9, 14, 19, 24])(
  "a sender that finds itself replaced at its write %i ends its term, and leads anew later",
  async (number) => {
    await using world = await openWorld();
    let seen = 0;
    let raised: LeaseRow | undefined;
    await day(world, async (write, act) => {
      seen += 1;
      if (write.fence === undefined || seen < number || raised !== undefined) return await act();
      raised = await replace(world);
      const before = await rowsOf(world);
      try {
        return await act();
      } catch (error) {
        expect(failureOf(error)?.code).toBe("Fenced");
        expect(await rowsOf(world)).toBe(before);
        throw error;
      }
    });
    const [lease] = (await world.app.get("meta", ["lease"])) as readonly (LeaseRow | undefined)[];
    expect(lease?.epoch).toBeGreaterThan(raised?.epoch ?? Infinity);
    const made = world.platform.effects.filter((effect) => effect.startsWith("new "));
    expect(made).toHaveLength(world.platform.records.size);
    for (const name of ["merged", "cut", "again"]) {
      expect(world.platform.named(name)).toHaveLength(1);
    }
    expect(world.errors).toEqual([]);
  },
  30_000,
);
