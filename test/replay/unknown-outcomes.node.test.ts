import type { EditOperation, JsonObject, LocalKey } from "@holdfast/core";
import { describe, expect, test } from "vitest";
import { requestsCarried } from "./adversary-device.ts";
import { project, type ReplayTab, type ReplayWorld, user } from "./replay-world.ts";
import { openStoredWorld } from "./stored-world.ts";

// The table of design §5, unknown outcomes: each kind of request × where it is cut × what its guard is by then × whether
// the process ends in between, over the durable store. Whatever the combination: once in effect, nothing left over.
//
// To add a kind, add a row to `kinds`: the route that is cut, what the platform has before (`begin`), the call, and what
// the object must be in the end. All combinations follow. `asks` names what is asked about it before it is sent again,
// where that differs from a describe.

interface Kind {
  readonly name: string;
  readonly route: string | RegExp;
  /** Default: a record with something of everything. */
  readonly begin?: (world: ReplayWorld) => Promise<LocalKey>;
  readonly call: (world: ReplayWorld, key: LocalKey) => Promise<LocalKey>;
  /** The object in the end; undefined where it is gone. */
  readonly result: JsonObject | undefined;
  /** `create`: by its nonce or its key. `repeat`: nothing, since a repeat is harmless. Default: a describe. */
  readonly asks?: "create" | "repeat";
}

const edit =
  (kind: EditOperation["kind"], input: object = {}): Kind["call"] =>
  async (world, key) => {
    await world.edit(key, kind, input);
    return key;
  };

async function record(world: ReplayWorld, input: object = {}): Promise<LocalKey> {
  const given = { name: "S-1", types: ["Old"], tags: ["old"], properties: { old: "1" } };
  return (await world.create({ ...given, ...input })).key;
}

const kinds: readonly Kind[] = [
  {
    name: "create",
    route: "/record/new",
    begin: async () => "" as LocalKey,
    call: (world) => record(world, { details: { n: 1 } }),
    result: { state: "open", details: { n: 1 }, tags: ["old"] },
    asks: "create",
  },
  {
    name: "create and close in one",
    route: "/record/new",
    begin: async () => "" as LocalKey,
    call: (world) => record(world, { close: true }),
    result: { state: "closed" },
    asks: "create",
  },
  {
    name: "create of a workflow",
    route: "/workflow/new",
    begin: async () => "" as LocalKey,
    call: async (world) => (await world.create({ name: "W-1", title: "Align" }, "workflow")).key,
    result: { state: "open", title: "Align" },
    asks: "create",
  },
  {
    name: "close",
    route: /close$/,
    call: edit("close"),
    result: { state: "closed" },
    asks: "repeat",
  },
  {
    name: "close of a workflow",
    route: /close$/,
    begin: async (world) => (await world.create({ name: "W-1" }, "workflow")).key,
    call: edit("close"),
    result: { state: "closed" },
    asks: "repeat",
  },
  {
    name: "addTypes",
    route: /addTypes$/,
    call: edit("addTypes", { types: ["New"] }),
    result: { types: ["Old", "New"] },
  },
  {
    name: "removeTypes",
    route: /removeTypes$/,
    call: edit("removeTypes", { types: ["Old"] }),
    result: { types: [] },
  },
  {
    name: "setDetails",
    route: /setDetails$/,
    call: edit("setDetails", { details: { n: 2 } }),
    result: { details: { n: 2 } },
  },
  {
    name: "setVisibility",
    route: /setVisibility$/,
    call: edit("setVisibility", { hidden: true }),
    result: { hidden: true },
  },
  {
    name: "rename",
    route: /rename$/,
    call: edit("rename", { name: "S-2" }),
    result: { name: "S-2" },
  },
  {
    name: "setProperties",
    route: /setProperties$/,
    call: edit("setProperties", { properties: { old: null, new: "2" } }),
    result: { properties: { new: "2" } },
  },
  {
    name: "addTags",
    route: /addTags$/,
    call: edit("addTags", { tags: ["new"] }),
    result: { tags: ["old", "new"] },
  },
  {
    name: "removeTags",
    route: /removeTags$/,
    call: edit("removeTags", { tags: ["old"] }),
    result: { tags: [] },
  },
  {
    name: "move",
    route: /move$/,
    call: edit("move", { folder: "/inbox" }),
    result: { folder: "/inbox" },
  },
  {
    name: "remove",
    route: /removeObjects$/,
    call: edit("remove"),
    result: undefined,
    asks: "repeat",
  },
];

const hour = 3_600_000;

/** What has become of the guard by the time the request can be sent again. */
const guards = {
  "at once": { pass: (world: ReplayWorld) => world.run(2_000), isInWindow: true },
  "after an hour": { pass: (world: ReplayWorld) => world.run(1.1 * hour), isInWindow: false },
  "after the clock was set back": {
    pass: async (world: ReplayWorld) => world.clock.jumpWall(-2 * hour),
    isInWindow: false,
  },
  "after the clock was set forward": {
    pass: async (world: ReplayWorld) => world.clock.jumpWall(2 * hour),
    isInWindow: false,
  },
} as const;

const cuts = ["cutBeforeEffect", "cutAfterEffect"] as const;

/** Few heartbeats, or an hour would be thousands of them. */
const limits = { heartbeatMs: 60_000, leaseMs: 200_000 };

function openTab(world: ReplayWorld): Promise<ReplayTab> {
  return world.openTab({ limits });
}

const combinations = (Object.keys(guards) as (keyof typeof guards)[]).flatMap((guard) =>
  cuts.flatMap((cut) => [false, true].map((restarts) => ({ guard, cut, restarts }))),
);

describe.each(kinds)("$name", (kind) => {
  test.each(combinations)(
    "$cut, asked again $guard, restarted: $restarts",
    { timeout: 60_000 },
    async ({ guard, cut, restarts }) => {
      await using world = await openStoredWorld(`${kind.name} ${guard} ${cut} ${restarts}`);
      await world.platform.control.act(user, `/${project}/newFolder`, { folder: "/inbox" });
      const first = await openTab(world);
      const before = await (kind.begin ?? record)(world);
      await world.drain();
      const had = world.platform.effects.length;

      const fault = world.platform.faults.next(kind.route, cut);
      const key = await kind.call(world, before);
      while (fault.hits === 0) await world.run(10);
      world.isOnline = false;
      if (restarts) first.process.kill();
      const sent = world.platform.requests.length;
      await guards[guard].pass(world);
      world.isOnline = true;
      if (restarts) await openTab(world);
      else first.engine.wake();
      await world.drain();

      expect(await world.outbox()).toEqual([]);
      expect(await requestsCarried(world)).toEqual([]);
      expect(world.errors).toEqual([]);
      const effects = world.platform.effects.slice(had);
      expect(effects.filter(({ route }) => isOf(route, kind.route))).toHaveLength(1);
      checkAsked(
        world.platform.requests.slice(sent).map(({ path }) => path),
        kind,
        guard,
      );
      await checkResult(world, key, kind.result);
    },
  );
});

/** What was asked before it was sent again: the table's columns. */
function checkAsked(
  paths: readonly string[],
  { asks, route }: Kind,
  guard: keyof typeof guards,
): void {
  const again = paths.findIndex((path) => isOf(path, route));
  const lookUp = paths.indexOf("/system/findDataObjects");
  const look = paths.indexOf("/system/describeDataObjects");
  if (asks === "create") {
    // Inside the window the nonce says enough, also after a restart, by the platform's time.
    if (guards[guard].isInWindow) expect([lookUp, again >= 0]).toEqual([-1, true]);
    else {
      expect(lookUp).toBeGreaterThanOrEqual(0);
      if (again >= 0) expect(lookUp).toBeLessThan(again);
    }
  } else if (asks === undefined) {
    expect(look).toBeGreaterThanOrEqual(0);
    if (again >= 0) expect(look).toBeLessThan(again);
  } else expect(again).toBeGreaterThanOrEqual(0);
}

async function checkResult(
  world: ReplayWorld,
  key: LocalKey,
  result: JsonObject | undefined,
): Promise<void> {
  const [row] = await world.app.get("objects", [key]);
  if (result === undefined) {
    expect(row).toBeUndefined();
    return;
  }
  expect(row).toMatchObject({ pending: 0, parked: 0 });
  const described = await world.describe(row?.realId ?? "");
  expect(described).toMatchObject(result);
  const { name, state, folder } = described;
  expect(row?.view).toMatchObject({ name, state, folder });
}

function isOf(path: string, pattern: string | RegExp): boolean {
  return typeof pattern === "string" ? path === pattern : pattern.test(path);
}

test("creates in doubt are looked up many in one call", { timeout: 60_000 }, async () => {
  await using world = await openStoredWorld("many lookups");
  const first = await openTab(world);
  await world.run(1_000);
  world.platform.faults.next("/record/new", "cutAfterEffect", 40);
  for (let index = 0; index < 40; index++) await world.create({ name: `S-${index}` });
  while (world.platform.effects.length < 3) await world.run(10);
  first.process.kill();
  await world.run(1.1 * hour);
  world.platform.faults.clear();
  const sent = world.platform.requests.length;
  await openTab(world);
  await world.drain();
  expect(await world.outbox()).toEqual([]);
  const paths = world.platform.requests.slice(sent).map(({ path }) => path);
  expect(paths.filter((path) => path === "/system/findDataObjects")).toHaveLength(1);
});

test("the nonce window counts from the first attempt, however often it is sent again", async () => {
  await using world = await openStoredWorld("window");
  const first = await openTab(world);
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
  await openTab(world);
  await world.run(0.1 * hour);
  expect(lookUps()).toBe(0);
  await world.run(0.5 * hour);
  expect(lookUps()).toBeGreaterThan(0);
});
