import {
  type EditOperation,
  type JsonObject,
  type ProjectId,
  projectKey,
  retryParked,
} from "@holdfast/core";
import type { FaultName } from "@holdfast/platform";
import { describe, expect, test } from "vitest";
import { openReplayWorld, project, type ReplayWorld, user } from "./replay-world.ts";

const key = projectKey(project as ProjectId);

async function describeProject(world: ReplayWorld): Promise<JsonObject> {
  const fields = { name: true, tags: true, properties: true, folders: true };
  return (await world.platform.control.act(user, `/${project}/describe`, { fields })) as JsonObject;
}

/** One operation on a project: what is there before it, and what it must have come to. */
interface Case {
  readonly kind: EditOperation["kind"];
  readonly input: object;
  /** The last word of its route. */
  readonly method: string;
  readonly before?: (world: ReplayWorld) => Promise<unknown>;
  readonly after: JsonObject;
}

const edits: readonly Case[] = [
  {
    kind: "rename",
    input: { name: "bench" },
    method: "update",
    after: { name: "bench" },
  },
  {
    kind: "setProperties",
    input: { properties: { a: "1", b: null } },
    method: "setProperties",
    before: (world) =>
      world.platform.control.act(user, `/${project}/setProperties`, { properties: { b: "2" } }),
    after: { properties: { a: "1" } },
  },
  {
    kind: "addTags",
    input: { tags: ["x", "y"] },
    method: "addTags",
    before: (world) => world.platform.control.act(user, `/${project}/addTags`, { tags: ["y"] }),
    after: { tags: ["y", "x"] },
  },
  {
    kind: "removeTags",
    input: { tags: ["x"] },
    method: "removeTags",
    before: (world) =>
      world.platform.control.act(user, `/${project}/addTags`, { tags: ["x", "y"] }),
    after: { tags: ["y"] },
  },
];

const faults: readonly (FaultName | "none")[] = [
  "none",
  "cutBeforeEffect",
  "cutAfterEffect",
  "truncate",
  "double",
];

function callsOf(world: ReplayWorld, method: string): number {
  return world.platform.requests.filter(({ path }) => path === `/${project}/${method}`).length;
}

describe.each(edits)("$kind of a project", ({ kind, input, method, before, after }) => {
  test.each(faults)("comes through (%s)", async (fault) => {
    await using world = await openReplayWorld(`${kind}-${fault}`);
    await before?.(world);
    const called = callsOf(world, method);
    if (fault !== "none") world.platform.faults.next(`/${project}/${method}`, fault);
    await world.edit(key, kind, input);
    await world.openTab();
    await world.drain();
    expect(await world.outbox()).toEqual([]);
    expect(await describeProject(world)).toMatchObject(after);
    const hadEffect = fault === "cutAfterEffect" || fault === "truncate";
    const isTwice = fault === "cutBeforeEffect" || fault === "double";
    expect(callsOf(world, method) - called).toBe(isTwice && !hadEffect ? 2 : 1);
    const [row] = await world.app.get("objects", [key]);
    expect(row?.view).toMatchObject(after);
    expect(row).toMatchObject({ pending: 0, parked: 0 });
    expect(world.errors).toEqual([]);
  });

  test.each(["cutBeforeEffect", "cutAfterEffect"] as const)(
    "is asked about by the sender after one that died (%s)",
    async (fault) => {
      await using world = await openReplayWorld(`${kind}-killed-${fault}`);
      await before?.(world);
      world.platform.faults.next(`/${project}/${method}`, fault);
      await world.edit(key, kind, input);
      const first = await world.openTab();
      while (callsOf(world, method) === (before === undefined || method === "update" ? 0 : 1)) {
        await world.run(5);
        if ((await world.outbox()).length === 0) break;
      }
      first.process.kill();
      await world.openTab();
      await world.drain();
      expect(await world.outbox()).toEqual([]);
      expect(await describeProject(world)).toMatchObject(after);
    },
  );
});

test("what somebody else changed in the project shows in the view, with what waits here applied to it", async () => {
  await using world = await openReplayWorld("survey");
  world.isOnline = false;
  await world.edit(key, "addTags", { tags: ["mine"] });
  await world.platform.control.act(user, `/${project}/addTags`, { tags: ["theirs"] });
  world.isOnline = true;
  await world.openTab();
  await world.drain();
  const [row] = await world.app.get("objects", [key]);
  expect(row?.view).toMatchObject({ name: "lab", tags: ["theirs", "mine"] });
  expect(row?.view.project?.facts).toMatchObject({ level: "ADMINISTER", protected: false });
});

test("a change above the user's level parks without a request, and goes when the level is raised", async () => {
  await using world = await openReplayWorld("level");
  await world.platform.control.addUser({ name: "bob" });
  await world.platform.control.setLevel(project, "user-bob", "ADMINISTER");
  await world.platform.control.setLevel(project, user, "CONTRIBUTE");
  await world.edit(key, "rename", { name: "bench" });
  await world.edit(key, "addTags", { tags: ["x"] });
  await world.openTab();
  await world.drain(5_000);
  const [parked, ...others] = await world.outbox();
  expect(parked?.parked?.reason.code).toBe("PermissionDenied");
  expect(others).toEqual([]);
  expect(callsOf(world, "update")).toBe(0);
  expect((await world.app.get("objects", [key]))[0]?.view).toMatchObject({
    name: "lab",
    tags: ["x"],
  });

  await world.platform.control.setLevel(project, user, "ADMINISTER");
  const operations = [parked?.sequence ?? 0];
  await world.app.write(retryParked({ lane: key, operations, at: world.clock.now() }));
  await world.drain();
  expect(await describeProject(world)).toMatchObject({ name: "bench" });
});
