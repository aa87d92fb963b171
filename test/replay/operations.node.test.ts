import type { EditOperation, JsonObject, LocalKey } from "@holdfast/core";
import { describe, expect, test } from "vitest";
import { openReplayWorld, project, type ReplayWorld, user } from "./replay-world.ts";

// Every operation that records alone do not show: its request is cut before or after its effect, with and without
// the end of the process in between, and comes out once in effect.

interface Case {
  readonly name: string;
  /** The route that is cut. */
  readonly route: string | RegExp;
  /** What the platform has before the operation is called: the key of its object. */
  readonly begin: (world: ReplayWorld) => Promise<LocalKey>;
  readonly call: (world: ReplayWorld, key: LocalKey) => Promise<LocalKey>;
  /** The object in the end; undefined where it is gone. */
  readonly result: object | undefined;
}

const editing =
  (kind: EditOperation["kind"], input: object = {}): Case["call"] =>
  async (world, key) => {
    await world.edit(key, kind, input);
    return key;
  };

const nothing = async (): Promise<LocalKey> => "" as LocalKey;

async function made(
  world: ReplayWorld,
  objectClass: "record" | "file" | "workflow",
  input: object = {},
): Promise<LocalKey> {
  return (await world.create({ name: "S-1", ...input }, objectClass)).key;
}

const stage = { id: "stage-1", executable: "app-one", input: {} };

const cases: readonly Case[] = [
  {
    name: "the create of a file",
    route: "/file/new",
    begin: nothing,
    call: (world) => made(world, "file", { media: "text/plain", details: { n: 1 }, tags: ["a"] }),
    result: { class: "file", state: "open", media: "text/plain", details: { n: 1 }, tags: ["a"] },
  },
  {
    name: "the create of a workflow",
    route: "/workflow/new",
    begin: nothing,
    call: (world) => made(world, "workflow", { title: "Align", inputs: [] }),
    result: { class: "workflow", state: "open", title: "Align", inputs: [], editVersion: 0 },
  },
  {
    name: "the close of a workflow",
    route: /^\/workflow-.*\/close$/,
    begin: (world) => made(world, "workflow"),
    call: editing("close"),
    result: { state: "closed" },
  },
  {
    name: "the close of a file",
    route: /^\/file-.*\/close$/,
    begin: (world) => made(world, "file"),
    call: editing("close"),
    result: { state: "closed" },
  },
  {
    name: "a move",
    route: /^\/project-.*\/move$/,
    begin: (world) => made(world, "record", { close: true }),
    call: editing("move", { folder: "/inbox" }),
    result: { folder: "/inbox", state: "closed" },
  },
];

async function open(seed: string): Promise<ReplayWorld> {
  // A region in which a file without content can be closed.
  const world = await openReplayWorld(seed, "azure:westus");
  await world.platform.control.act(user, `/${project}/newFolder`, { folder: "/inbox" });
  return world;
}

describe.each(cases)("$name", ({ route, begin, call, result }) => {
  for (const cut of ["cutBeforeEffect", "cutAfterEffect"] as const) {
    for (const dies of [false, true]) {
      test(`${cut}${dies ? ", the process with it," : ""} has its effect once`, async () => {
        await using world = await open(`${String(route)} ${cut} ${dies}`);
        const first = await world.openTab();
        const before = await begin(world);
        await world.drain();
        const had = world.platform.effects.length;

        const fault = world.platform.faults.next(route, cut);
        const key = await call(world, before);
        while (fault.hits === 0) await world.run(10);
        if (dies) {
          first.process.kill();
          await world.openTab();
        }
        await world.drain();

        expect(await world.outbox()).toEqual([]);
        expect(await world.app.count("journal")).toBe(0);
        expect(world.errors).toEqual([]);
        const effects = world.platform.effects.slice(had).filter((one) => one.route !== undefined);
        expect(effects.filter((one) => isOf(one.route, route))).toHaveLength(1);
        const [row] = await world.app.get("objects", [key]);
        if (result === undefined) {
          expect(row).toBeUndefined();
          return;
        }
        expect(row).toMatchObject({ pending: 0, parked: 0 });
        await world.run(5_000);
        const described = await world.describe(row?.realId ?? row?.id ?? "");
        expect(described).toMatchObject(result as JsonObject);
        expect(row?.view).toMatchObject({ folder: described["folder"] });
      });
    }
  }
});

function isOf(route: string, pattern: string | RegExp): boolean {
  return typeof pattern === "string" ? route === pattern : pattern.test(route);
}

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

  test("a file that has no content yet is not closed where that is an error, and says so", async () => {
    await using world = await openReplayWorld("no content");
    await world.openTab();
    const key = await made(world, "file");
    await world.edit(key, "close");
    await world.run(30_000);
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
