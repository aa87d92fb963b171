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

export async function made(
  world: ReplayWorld,
  objectClass: "record" | "file" | "workflow",
  input: object = {},
): Promise<LocalKey> {
  return (await world.create({ name: "S-1", ...input }, objectClass)).key;
}

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
  {
    name: "a removal",
    route: /^\/project-.*\/removeObjects$/,
    begin: (world) => made(world, "record"),
    call: editing("remove"),
    result: undefined,
  },
  {
    name: "a clone",
    route: /^\/project-.*\/clone$/,
    begin: (world) => made(world, "record", { close: true, tags: ["a"], details: { n: 1 } }),
    call: (world, key) => world.clone(key, { folder: "/copies", parents: true }),
    result: { folder: "/copies", state: "closed", tags: ["a"], details: { n: 1 } },
  },
];

export async function open(seed: string): Promise<ReplayWorld> {
  // A region in which a file without content can be closed.
  const world = await openReplayWorld(seed, "azure:westus");
  await world.platform.control.act(user, `/${project}/newFolder`, { folder: "/inbox" });
  return world;
}

/** The tests of all of them, wherever the engine runs. */
export function testOperations(): void {
  describe.each(cases)("$name", outcomesOf);
}

function outcomesOf({ route, begin, call, result }: Case): void {
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
        expect(await unresolved(world)).toEqual([]);
        expect(world.errors).toEqual([]);
        const effects = world.platform.effects.slice(had);
        // A folder made on the way is none of the object.
        const own = effects.filter(({ id }) => !id.startsWith("project-"));
        expect(own.filter((one) => isOf(one.route, route))).toHaveLength(1);
        const [row] = await world.app.get("objects", [key]);
        if (result === undefined) {
          expect(row).toBeUndefined();
          return;
        }
        expect(row).toMatchObject({ pending: 0, parked: 0 });
        await world.run(5_000);
        const described = await world.describe(row?.realId ?? "", row?.project);
        expect(described).toMatchObject({ ...(result as JsonObject), project: row?.project });
        expect(row?.view).toMatchObject({ folder: described["folder"] });
      });
    }
  }
}

/** Requests whose outcome is not known; that of one given up may be, and it stays until it can land no more. */
export async function unresolved(world: ReplayWorld): Promise<readonly string[]> {
  const rows = await world.app.scan("journal", { limit: 100 });
  return rows
    .filter(({ shade, closing }) => shade === undefined && closing === undefined)
    .map(({ path }) => path);
}

function isOf(route: string, pattern: string | RegExp): boolean {
  return typeof pattern === "string" ? route === pattern : pattern.test(route);
}
