import type { LocalKey, OutboxRow } from "@holdfast/core";
import { expect, test } from "vitest";
import { elsewhere, openReplayWorld, project, type ReplayWorld, user } from "./replay-world.ts";

/** Removals of many objects, which share requests while each lane keeps its own outcome. */

const route = `/${project}/removeObjects`;

/** The ids of each request that removes objects, in the order in which they leave. */
function watchRemovals(world: ReplayWorld): readonly (readonly string[])[] {
  const seen: (readonly string[])[] = [];
  const { wrapFetch } = world;
  world.wrapFetch = (fetch) => async (request) => {
    if (request.url.endsWith("/removeObjects")) {
      const body = (await request.clone().json()) as { readonly objects: readonly string[] };
      seen.push(body.objects);
    }
    return await wrapFetch(fetch)(request);
  };
  return seen;
}

async function withTree(world: ReplayWorld, count: number): Promise<readonly LocalKey[]> {
  const keys: LocalKey[] = [];
  for (let index = 0; index < count; index++) {
    const folder = index % 2 === 0 ? "/a" : "/a/b";
    keys.push((await world.create({ name: `S-${index}`, folder, parents: true })).key);
  }
  await world.drain(60_000);
  return keys;
}

function told(rows: readonly OutboxRow[]): readonly string[] {
  return rows.map(({ operation, parked }) => `${operation.kind} ${parked?.reason.code ?? "waits"}`);
}

test("a folder with 300 objects is removed by one request for these and one for each folder", async () => {
  await using world = await openReplayWorld("tree");
  await world.openTab();
  await withTree(world, 300);
  const removals = watchRemovals(world);
  await world.removeTree("/a");
  await world.drain(30_000);
  expect(await world.outbox()).toEqual([]);
  expect(removals.flat()).toHaveLength(300);
  expect(removals.length).toBeLessThanOrEqual(2);
  expect(await world.app.count("journal")).toBe(0);
});

test.each(["cutBeforeEffect", "cutAfterEffect", "truncate", "double"] as const)(
  "of a removal of many that is %s each lane learns its outcome, and they go together again",
  async (kind) => {
    await using world = await openReplayWorld(`tree ${kind}`);
    await world.openTab();
    const keys = await withTree(world, 40);
    const removals = watchRemovals(world);
    world.platform.faults.next(route, kind);
    await world.removeTree("/a");
    await world.drain(60_000);
    expect(await world.outbox()).toEqual([]);
    expect(removals.length).toBeLessThanOrEqual(2);
    expect((await world.app.get("objects", keys)).filter((row) => row !== undefined)).toEqual([]);
  },
);

test("a sender that is killed with a removal of many on its way is followed by one that asks again", async () => {
  await using world = await openReplayWorld("tree, killed");
  const first = await world.openTab();
  await withTree(world, 40);
  world.platform.faults.next(route, "cutAfterEffect");
  await world.removeTree("/a");
  await world.run(60);
  first.process.kill();
  await world.openTab();
  await world.drain(60_000);
  expect(await world.outbox()).toEqual([]);
});

test("one that the platform will not take parks alone, and the others are removed", async () => {
  await using world = await openReplayWorld("tree, one refused");
  await world.openTab();
  const keys = await withTree(world, 33);
  const [bad] = await world.app.get("objects", [keys[7] as LocalKey]);
  const removals = watchRemovals(world);
  const { wrapFetch } = world;
  world.wrapFetch = (fetch) =>
    wrapFetch(async (request) => {
      const isBad =
        request.url.endsWith("/removeObjects") &&
        (await request.clone().text()).includes(bad?.realId ?? "none");
      if (!isBad) return await fetch(request);
      const error = { type: "InvalidState", message: "It is in use." };
      return Response.json({ error }, { status: 422 });
    });
  await world.removeTree("/a");
  await world.run(60_000);
  expect(told(await world.outbox())).toEqual([
    "remove InvalidState",
    "removeFolder InvalidState",
    "removeFolder InvalidState",
  ]);
  expect((await world.outbox())[0]?.lane).toBe(keys[7]);
  // Halved until it stands alone: twice for each time that 33 can be halved.
  expect(removals.length).toBeLessThanOrEqual(13);
});

test("for want of rights all park with one request", async () => {
  await using world = await openReplayWorld("tree, not allowed");
  await world.openTab();
  await withTree(world, 20);
  await world.platform.control.setLevel(project, user, "VIEW");
  const removals = watchRemovals(world);
  await world.removeTree("/a");
  await world.run(30_000);
  expect(removals).toHaveLength(1);
  expect(new Set(told(await world.outbox()).slice(0, 20))).toEqual(
    new Set(["remove PermissionDenied"]),
  );
});

test("what the platform fails on does not park the others with it", async () => {
  await using world = await openReplayWorld("tree, one fails");
  await world.openTab();
  const keys = await withTree(world, 20);
  const [bad] = await world.app.get("objects", [keys[3] as LocalKey]);
  world.wrapFetch = (fetch) => async (request) => {
    const isBad =
      request.url.endsWith("/removeObjects") &&
      (await request.clone().text()).includes(bad?.realId ?? "none");
    return isBad ? new Response("", { status: 500 }) : await fetch(request);
  };
  await world.removeTree("/a");
  await world.run(20 * 60_000);
  const removals = (await world.outbox()).filter(({ operation }) => operation.kind === "remove");
  expect(removals.map(({ lane }) => lane)).toEqual([keys[3]]);
});

test("removals that wait for a blocked project hold up no other one", async () => {
  await using world = await openReplayWorld("tree, blocked");
  await world.openTab({ limits: { openRequests: 32, journalAhead: 16 } });
  await withTree(world, 100);
  world.wrapFetch = (fetch) => async (request) => {
    if (!request.url.endsWith("/removeObjects")) return await fetch(request);
    const error = { type: "SpendingLimitExceeded", message: "Nothing is left to spend." };
    return Response.json({ error }, { status: 403 });
  };
  await world.removeTree("/a");
  await world.run(10_000);
  const { createKey } = await world.create({ project: elsewhere, name: "other" });
  await world.run(10_000);
  expect(world.causedBy(createKey)).toHaveLength(1);
});
