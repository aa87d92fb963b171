import {
  amend,
  fromLocalKey,
  type JsonObject,
  type LocalKey,
  parseChange,
  type ProjectId,
  rebase,
  retryParked,
} from "@holdfast/core";
import { describe, expect, test } from "vitest";
import { made, open, unresolved } from "./operations.ts";
import { elsewhere, openReplayWorld, project, type ReplayWorld, user } from "./replay-world.ts";

const stage = { id: "stage-1", executable: "app-one", input: {} };

describe("what the platform refuses", () => {
  test("a move into a folder that is not there parks alone, and the rest of the lane goes on", async () => {
    await using world = await open("no folder");
    await world.openTab();
    const key = await made(world, "record");
    await world.edit(key, "move", { folder: "/nowhere" });
    await world.edit(key, "addTags", { tags: ["a"] });
    await world.edit(key, "close");
    await world.run(30_000);
    const [row, ...others] = await world.outbox();
    expect(others).toEqual([]);
    expect(row).toMatchObject({ operation: { kind: "move" } });
    expect(row?.parked?.reason).toMatchObject({ code: "ResourceNotFound" });
    const [object] = await world.app.get("objects", [key]);
    expect(object?.view).toMatchObject({ folder: "/", state: "closed", tags: ["a"] });
  });

  test("a file of which somebody has announced a part and not put it is not closed, and says so", async () => {
    await using world = await openReplayWorld("no content");
    await world.openTab();
    const key = await made(world, "file");
    await world.drain();
    const [before] = await world.app.get("objects", [key]);
    await world.platform.control.act(user, `/${before?.realId}/upload`, { index: 1 });
    await world.edit(key, "close");
    await world.run(90_000);
    const [row] = await world.outbox();
    expect(row?.parked?.reason).toMatchObject({ code: "InvalidState" });
    const [object] = await world.app.get("objects", [key]);
    expect(object?.view.state).toBe("open");
  });

  test("a stage whose executable is not there parks the create of its workflow", async () => {
    await using world = await openReplayWorld("no applet");
    await world.openTab();
    const stages = [{ ...stage, executable: "applet-000000000000000000000001" }];
    await made(world, "workflow", { stages });
    await world.run(30_000);
    const [row] = await world.outbox();
    expect(row?.parked?.reason).toMatchObject({ code: "ResourceNotFound" });
  });
});

describe("a removal", () => {
  const removals = (world: ReplayWorld): number =>
    world.platform.requests.filter(({ route }) => route.endsWith("/removeObjects")).length;
  const outcomes = async (world: ReplayWorld): Promise<readonly string[]> =>
    (await world.app.scan("history", { limit: 100 })).map(
      ({ kind, outcome }) => `${kind} ${outcome}`,
    );

  test("of what the platform never heard of needs no request at all", async () => {
    await using world = await open("unborn");
    const key = await made(world, "record");
    await world.edit(key, "addTags", { tags: ["a"] });
    await world.edit(key, "remove");
    await world.openTab();
    await world.drain();
    expect(await world.app.get("objects", [key])).toEqual([undefined]);
    expect(await world.outbox()).toEqual([]);
    expect(await outcomes(world)).toEqual(["create removed", "addTags removed", "remove found"]);
    expect(world.platform.requests.filter(({ route }) => route === "/record/new")).toEqual([]);
    expect(removals(world)).toBe(0);
  });

  test("waits for a create whose outcome is unknown, which then leaves nothing behind", async () => {
    for (const cut of ["cutBeforeEffect", "cutAfterEffect"] as const) {
      await using world = await open(`in doubt ${cut}`);
      const fault = world.platform.faults.next("/record/new", cut);
      const { process } = await world.openTab();
      const key = await made(world, "record");
      while (fault.hits === 0) await world.run(10);
      process.kill();
      await world.edit(key, "addTags", { tags: ["a"] });
      await world.edit(key, "remove");
      await world.openTab();
      await world.drain();
      expect(await world.outbox()).toEqual([]);
      const [create, ...rest] = await outcomes(world);
      expect(create).toMatch(/^create (acked|found)$/);
      expect(rest).toEqual(["addTags removed", "remove acked"]);
      expect(removals(world)).toBe(1);
      const left = await world.platform.control.act(user, "/system/findDataObjects", {
        scope: { project },
      });
      expect(left).toMatchObject({ results: [] });
      expect(await world.app.get("objects", [key])).toEqual([undefined]);
    }
  });

  test("goes in front of edits that nobody would see, which are sent after all where it is refused", async () => {
    await using world = await open("refused removal");
    await world.openTab();
    const key = await made(world, "record");
    await world.drain();
    await world.platform.control.setLevel(project, user, "UPLOAD");
    world.isOnline = false;
    await world.edit(key, "addTags", { tags: ["a"] });
    await world.edit(key, "remove");
    expect((await world.app.get("objects", [key]))[0]).toMatchObject({ removed: true, pending: 2 });
    world.isOnline = true;
    await world.run(60_000);
    const [row, ...others] = await world.outbox();
    expect(others).toEqual([]);
    expect(row).toMatchObject({ operation: { kind: "remove" } });
    expect(row?.parked?.reason).toMatchObject({ code: "PermissionDenied" });
    const [object] = await world.app.get("objects", [key]);
    expect(object).not.toHaveProperty("removed");
    expect(object?.view.tags).toEqual(["a"]);
    expect(await world.describe(object?.realId ?? "")).toMatchObject({ tags: ["a"] });
  });

  test("of what somebody else has removed meanwhile is found done without a request", async () => {
    await using world = await open("gone already");
    const { process } = await world.openTab();
    const key = await made(world, "record");
    await world.drain();
    process.kill();
    const [object] = await world.app.get("objects", [key]);
    const objects = [object?.realId ?? ""];
    await world.platform.control.act(user, `/${project}/removeObjects`, { objects });
    const had = removals(world);
    await world.edit(key, "rename", { name: "S-2" });
    await world.edit(key, "remove");
    await world.openTab();
    await world.drain();
    expect(removals(world)).toBe(had);
    expect(await outcomes(world)).toEqual(["create acked", "rename removed", "remove found"]);
  });

  test("refused on its resend is done where a describe shows it, and its refusal stands where not", async () => {
    for (const [first, left] of [
      ["cutAfterEffect", 0],
      ["cutBeforeEffect", 1],
    ] as const) {
      await using world = await open(`resend ${first}`);
      await world.openTab();
      const key = await made(world, "record");
      await world.drain();
      world.platform.faults.next(/removeObjects$/, first);
      world.platform.faults.next(/removeObjects$/, { kind: "refuse", error: "PermissionDenied" });
      await world.edit(key, "remove");
      await world.run(30_000);
      const rows = await world.outbox();
      expect(rows.map(({ parked }) => parked?.reason.code)).toEqual(
        Array.from({ length: left }, () => "PermissionDenied"),
      );
      expect((await world.app.find({})).length).toBe(left);
      expect(await unresolved(world)).toEqual([]);
    }
  });

  test("where the project is out of reach parks, and is retried by a person", async () => {
    await using world = await open("no project");
    const { engine } = await world.openTab();
    const key = await made(world, "record");
    await world.drain();
    await world.platform.control.setLevel(project, user, "NONE");
    await world.edit(key, "remove");
    await world.run(60_000);
    const [row] = await world.outbox();
    expect(row?.parked).toBeDefined();
    expect((await world.app.get("objects", [key]))[0]).not.toHaveProperty("removed");
    await world.platform.control.setLevel(project, user, "CONTRIBUTE");
    const at = world.clock.now();
    await world.app.write(retryParked({ lane: key, operations: [row?.sequence ?? 0], at }));
    engine.wake();
    await world.drain();
    expect(await world.app.get("objects", [key])).toEqual([undefined]);
  });

  test("parks what waits for an object that will never come to be", async () => {
    await using world = await open("dependants");
    const key = await made(world, "record");
    const { id } = fromLocalKey(key);
    const other = await made(world, "record", {
      name: "S-2",
      details: { on: { $dnanexus_link: id } },
    });
    await world.edit(key, "remove");
    await world.openTab();
    await world.run(30_000);
    const [row, ...others] = await world.outbox();
    expect(others).toEqual([]);
    expect(row).toMatchObject({ lane: other, parked: { reason: { code: "DependencyParked" } } });
  });

  test("takes along the hidden objects that nothing visible leads to any more, and no other", async () => {
    await using world = await open("hidden");
    await world.openTab();
    const [alone, shared] = [
      await made(world, "record", { name: "alone", hidden: true }),
      await made(world, "record", { name: "shared", hidden: true }),
    ];
    const links = [alone, shared].map((key) => ({ $dnanexus_link: fromLocalKey(key).id }));
    const first = await made(world, "record", { name: "first", details: links });
    await made(world, "record", { name: "second", details: links.slice(1) });
    await world.drain();
    await world.edit(first, "remove");
    await world.drain();
    await world.run(5_000);
    const names = (await world.app.find({ visibility: "either" })).map(({ view }) => view.name);
    expect(new Set(names)).toEqual(new Set(["shared", "second"]));
  });
});

describe("a clone", () => {
  const clones = (world: ReplayWorld): number =>
    world.platform.requests.filter(({ route }) => route.endsWith("/clone")).length;
  const there = async (world: ReplayWorld): Promise<readonly JsonObject[]> => {
    const found = await world.platform.control.act(user, "/system/findDataObjects", {
      scope: { project: elsewhere },
      visibility: "either",
      describe: { fields: { name: true, tags: true, state: true, folder: true } },
    });
    const { results } = found as unknown as { results: { describe: JsonObject }[] };
    return results.map((hit) => hit.describe);
  };

  test("called offline waits for the create and the close of its object, and edits of it wait for it", async () => {
    await using world = await open("offline clone");
    const key = await made(world, "record");
    await world.edit(key, "close");
    const copy = await world.clone(key);
    await world.edit(copy, "addTags", { tags: ["copied"] });
    await world.edit(copy, "rename", { name: "S-1 copy" });
    await world.openTab();
    await world.drain();
    expect(await world.outbox()).toEqual([]);
    expect(world.errors).toEqual([]);
    expect(await there(world)).toMatchObject([{ name: "S-1 copy", tags: ["copied"] }]);
    const [row, source] = await world.app.get("objects", [copy, key]);
    expect(row?.realId).toBe(source?.realId);
    expect(await world.describe(source?.realId ?? "")).toMatchObject({ name: "S-1", tags: [] });
  });

  test("waits for every hidden object that its object leads to", async () => {
    await using world = await open("hidden clone");
    await world.openTab();
    const deep = await made(world, "record", { name: "deep", hidden: true });
    const link = (to: LocalKey): object => ({ to: { $dnanexus_link: fromLocalKey(to).id } });
    const hidden = await made(world, "record", {
      name: "hidden",
      hidden: true,
      details: link(deep),
      close: true,
    });
    const key = await made(world, "record", { details: link(hidden), close: true });
    await world.drain();
    world.isOnline = false;
    await world.edit(deep, "addTags", { tags: ["late"] });
    await world.edit(deep, "close");
    await world.clone(key);
    // The close of the deepest is refused for a while: the clone is not sent before it is done.
    world.platform.faults.next(/\/close$/, { kind: "throttle", retryAfterS: 60 });
    world.isOnline = true;
    await world.run(50_000);
    expect(clones(world)).toBe(0);
    await world.drain();
    expect(clones(world)).toBe(1);
    expect((await there(world)).map(({ name }) => name)).toEqual(
      expect.arrayContaining(["S-1", "hidden", "deep"]),
    );
  });

  test("of a file waits until the platform has closed it", async () => {
    await using world = await open("file clone");
    await world.openTab();
    const key = await made(world, "file", { media: "text/plain" });
    await world.edit(key, "close");
    const copy = await world.clone(key);
    await world.run(5_000);
    await seeClosed(world, key);
    await world.drain();
    expect(await world.outbox()).toEqual([]);
    expect(await there(world)).toMatchObject([{ name: "S-1", state: "closed" }]);
    const [row] = await world.app.get("objects", [copy]);
    expect(row?.view).toMatchObject({ state: "closed" });
  });

  test("of what the project has already leaves it as it is, and shows it so", async () => {
    await using world = await open("exists");
    await world.openTab();
    const key = await made(world, "record", { close: true });
    await world.drain();
    const [source] = await world.app.get("objects", [key]);
    await world.platform.control.act(user, `/${project}/clone`, {
      objects: [source?.realId ?? ""],
      project: elsewhere,
      destination: "/theirs",
      parents: true,
    });
    const copy = await world.clone(key, { folder: "/ours", parents: true });
    await world.drain();
    const [row] = await world.app.get("objects", [copy]);
    expect(row?.view.folder).toBe("/theirs");
    expect(row?.pending).toBe(0);
  });

  test("keeps a removal of its object waiting, so that both have their effect", async () => {
    await using world = await open("move between projects");
    const key = await made(world, "record", { close: true });
    const copy = await world.clone(key);
    await world.edit(key, "remove");
    await world.openTab();
    await world.drain();
    expect(await world.outbox()).toEqual([]);
    expect(await there(world)).toMatchObject([{ name: "S-1" }]);
    const left = await world.platform.control.act(user, "/system/findDataObjects", {
      scope: { project },
    });
    expect(left).toMatchObject({ results: [] });
    expect(await world.app.get("objects", [key])).toEqual([undefined]);
    expect((await world.app.get("objects", [copy]))[0]).toMatchObject({ pending: 0 });
  });

  test("takes along what was called before it on its object, and no edit that parked", async () => {
    await using world = await open("free fields");
    await world.openTab();
    const key = await made(world, "record", { close: true });
    await world.drain();
    world.isOnline = false;
    await world.edit(key, "move", { folder: "/nowhere" });
    await world.edit(key, "rename", { name: "S-2" });
    await world.clone(key);
    // Whatever keeps the rename, the clone waits for it.
    world.platform.faults.next(/\/rename$/, { kind: "throttle", retryAfterS: 60 });
    world.isOnline = true;
    await world.run(40_000);
    expect(clones(world)).toBe(0);
    await world.run(120_000);
    expect(await there(world)).toMatchObject([{ name: "S-2" }]);
    const rows = await world.outbox();
    expect(rows.map(({ operation, parked }) => [operation.kind, parked?.reason.code])).toEqual([
      ["move", "ResourceNotFound"],
    ]);
  });

  test("of a copy that is still to be made waits for it, and keeps its removal waiting", async () => {
    await using world = await open("chain");
    const third = await world.platform.control.addProject({
      name: "third",
      region: "azure:westus",
      permissions: { [user]: "ADMINISTER" },
    });
    const key = await made(world, "record", { close: true });
    const copy = await world.clone(key);
    await world.edit(copy, "addTags", { tags: ["second"] });
    const last = await world.clone(copy, { project: third });
    await world.edit(copy, "remove");
    await world.openTab();
    await world.drain();
    expect(await world.outbox()).toEqual([]);
    expect(await there(world)).toEqual([]);
    const [row] = await world.app.get("objects", [last]);
    expect(await world.describe(row?.realId ?? "", third)).toMatchObject({
      project: third,
      tags: ["second"],
    });
  });

  test("that is parked keeps nothing waiting", async () => {
    await using world = await open("parked clone");
    await world.openTab();
    const key = await made(world, "record", { close: true });
    await world.clone(key, { folder: "/nowhere" });
    await world.edit(key, "remove");
    await world.run(60_000);
    const rows = await world.outbox();
    expect(rows.map(({ operation }) => operation.kind)).toEqual(["clone"]);
    expect(rows[0]?.parked?.reason).toMatchObject({ code: "ResourceNotFound" });
    expect(await world.app.get("objects", [key])).toEqual([undefined]);
  });

  test("of an object that is removed there before it can leave parks and says why", async () => {
    await using world = await open("source gone");
    const { process } = await world.openTab();
    const key = await made(world, "record", { close: true });
    await world.drain();
    process.kill();
    const [source] = await world.app.get("objects", [key]);
    const objects = [source?.realId ?? ""];
    await world.platform.control.act(user, `/${project}/removeObjects`, { objects });
    await world.clone(key);
    await world.openTab();
    await world.run(60_000);
    const [row] = await world.outbox();
    expect(row?.parked?.reason).toMatchObject({ code: "ResourceNotFound" });
  });

  test("and a removal of the copy cancel out before it has left", async () => {
    await using world = await open("clone and remove");
    const key = await made(world, "record", { close: true });
    const copy = await world.clone(key);
    await world.edit(copy, "remove");
    await world.openTab();
    await world.drain();
    expect(clones(world)).toBe(0);
    expect(await world.app.get("objects", [copy])).toEqual([undefined]);
    expect((await world.app.get("objects", [key]))[0]).toMatchObject({ pending: 0 });
  });
});

/** What a look at closing files brings. */
async function seeClosed(world: ReplayWorld, key: LocalKey): Promise<void> {
  const [object] = await world.app.get("objects", [key]);
  const [lease] = await world.app.get("meta", ["lease"]);
  const described = object?.base ?? object?.view;
  if (described === undefined || lease?.name !== "lease") throw new Error("nobody sends");
  const { epoch } = lease;
  const at = world.clock.now();
  await world.app.write(rebase({ epoch, key, described: { ...described, state: "closed" }, at }));
}

describe("a create that takes from another object", () => {
  const theirs = async (world: ReplayWorld, input: object = {}): Promise<string> => {
    const made = await world.platform.control.act(user, "/record/new", {
      project,
      name: "theirs",
      types: ["T"],
      tags: ["t"],
      properties: { p: "1", ".holdfast-key": "another one's" },
      details: { n: 1 },
      ...input,
    });
    return (made as { readonly id: string }).id;
  };

  for (const cut of ["cutBeforeEffect", "truncate"] as const) {
    for (const dies of [false, true]) {
      test(`that is not here describes it before it leaves, ${cut}${dies ? " and again in another process" : ""}`, async () => {
        await using world = await open(`inherits ${cut} ${dies}`);
        const id = await theirs(world);
        const { key, createKey } = await world.create({
          tags: ["own"],
          initializeFrom: { project, id },
          close: true,
        });
        await world.edit(key, "setProperties", { properties: { q: "2" } });
        const fault = world.platform.faults.next("/system/describeDataObjects", cut);
        const { process } = await world.openTab();
        while (fault.hits === 0) await world.run(10);
        if (dies) {
          process.kill();
          await world.openTab();
        }
        await world.drain();
        expect(await world.outbox()).toEqual([]);
        const [row] = await world.app.get("objects", [key]);
        const described = await world.describe(row?.realId ?? "");
        expect(described).toMatchObject({
          name: "theirs",
          types: ["T"],
          tags: ["own"],
          properties: { p: "1", q: "2", ".holdfast-key": createKey },
          details: { n: 1 },
          state: "closed",
        });
        expect(row?.view).toMatchObject({ name: "theirs", types: ["T"], details: '{"n":1}' });
        // We take it over ourselves: the platform would copy the key property, too.
        const sent = world.platform.requests.filter(({ route }) => route === "/record/new");
        expect(sent).toHaveLength(1);
      });
    }
  }

  test("that nobody named gets its id for a name, once that is known", async () => {
    await using world = await open("default names");
    const source = (await world.create({ tags: ["s"] })).key;
    const { key } = await world.create({
      initializeFrom: { project, id: fromLocalKey(source).id },
    });
    expect((await world.app.get("objects", [key]))[0]?.view).toMatchObject({
      name: null,
      tags: ["s"],
    });
    await world.openTab();
    await world.drain();
    const [first, second] = await world.app.get("objects", [source, key]);
    expect(second?.view.name).toBe(first?.realId);
    const described = await world.describe(second?.realId ?? "");
    expect(described).toMatchObject({ name: first?.realId, tags: ["s"] });
  });

  test("that is gone parks, and goes once a person gives what it would have taken", async () => {
    await using world = await open("no source");
    const id = await theirs(world);
    await world.platform.control.act(user, `/${project}/removeObjects`, { objects: [id] });
    await world.openTab();
    const { key } = await world.create({ initializeFrom: { project, id }, tags: ["own"] });
    await world.run(30_000);
    const [row] = await world.outbox();
    expect(row?.parked?.reason).toMatchObject({ code: "Removed" });
    expect((await world.app.get("objects", [key]))[0]).toMatchObject({ parked: 1 });
    const change = parseChange(row?.operation as never, project as ProjectId, {
      name: "ours",
      types: [],
      properties: {},
      details: {},
      hidden: false,
    });
    const at = world.clock.now();
    await world.app.write(amend({ lane: key, operation: row?.id as never, change, at }));
    await world.drain();
    const [object] = await world.app.get("objects", [key]);
    const described = await world.describe(object?.realId ?? "");
    expect(described).toMatchObject({ name: "ours", tags: ["own"] });
  });
});
