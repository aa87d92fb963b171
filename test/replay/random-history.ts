import {
  HoldfastError,
  isJsonObject,
  type JsonObject,
  type LocalKey,
  type Random,
} from "@holdfast/core";
import { expect } from "vitest";
import { elsewhere, project, type ReplayTab, type ReplayWorld, user } from "./replay-world.ts";

/** What a person asked of one object, as resolved calls add up: a model of its own, without the rules of core. */
interface Wanted {
  readonly key: LocalKey;
  readonly createKey: string;
  name: string;
  types: Set<string>;
  tags: Set<string>;
  properties: Map<string, string>;
  details: object;
  hidden: boolean;
  closed: boolean;
  folder: string;
  removed: boolean;
  /** Its copy in the other project. */
  copy?: LocalKey;
}

const folders = ["/", "/inbox", "/done"];

/** Shorter than the promise, so that its end is waited for. */
const lateMs = 120_000;

const edits = [
  "addTypes",
  "removeTypes",
  "setDetails",
  "setVisibility",
  "rename",
  "setProperties",
  "addTags",
  "removeTags",
  "close",
] as const;

/**
 * A day of work on a few records, which are changed, moved, copied and removed, while tabs are opened, killed and frozen, clocks are set, and the network is cut at
 * any moment. Then everything works again, and whatever was asked for must be there, once and in order.
 */
export class RandomHistory {
  readonly #world: ReplayWorld;
  readonly #random: Random;
  readonly #objects: Wanted[] = [];
  #tabs: ReplayTab[] = [];
  #step = 0;

  constructor(world: ReplayWorld) {
    this.#world = world;
    this.#random = world.random;
  }

  async play(steps: number): Promise<void> {
    for (const folder of folders.slice(1)) {
      await this.#world.platform.control.act(user, `/${project}/newFolder`, { folder });
    }
    this.#setFaults();
    this.#tabs.push(await this.#world.openTab({ limits: { lateMs } }));
    for (this.#step = 0; this.#step < steps; this.#step++) await this.#playStep();
  }

  /** Without faults everything comes to rest. */
  async settle(): Promise<void> {
    const world = this.#world;
    world.isOnline = true;
    world.platform.faults.clear();
    for (const { process } of this.#tabs) process.thaw();
    if (this.#tabs.length === 0) this.#tabs.push(await world.openTab({ limits: { lateMs } }));
    for (const { engine } of this.#tabs) engine.wake();
    await world.drain(30 * 60_000);
    // Nothing that was given up can land any more.
    await world.run(lateMs + 60_000);
    await world.drain(10 * 60_000);
    await world.run(60_000);
  }

  async check(): Promise<void> {
    const world = this.#world;
    expect(world.lapsed, "sent under a lapsed lease").toEqual([]);
    expect(world.unasked, "inherited and sent at once").toEqual([]);
    expect(await world.outbox()).toEqual([]);
    expect(await world.app.scan("journal", { limit: 100 })).toEqual([]);
    expect(world.errors).toEqual([]);
    for (const wanted of this.#objects) {
      const ids = world.causedBy(wanted.createKey);
      await this.#checkCopy(wanted, ids);
      if (wanted.removed) {
        await this.#checkRemoved(wanted, ids);
        continue;
      }
      expect(ids, `${wanted.name} exists once`).toHaveLength(1);
      const found = await world.describe(ids[0] as string);
      expect(shape(found)).toEqual({
        name: wanted.name,
        types: [...wanted.types].sort(),
        tags: [...wanted.tags].sort(),
        properties: Object.fromEntries(wanted.properties),
        details: wanted.details,
        hidden: wanted.hidden,
        folder: wanted.folder,
        state: wanted.closed ? "closed" : "open",
      });
      const row = (await world.app.get("objects", [wanted.key]))[0];
      expect(row).toMatchObject({ pending: 0, parked: 0, realId: ids[0] });
      expect(row?.view).toMatchObject({
        name: wanted.name,
        folder: wanted.folder,
        state: wanted.closed ? "closed" : "open",
      });
    }
    this.#checkOrder();
  }

  /** What was removed before anything was sent never came to be. */
  async #checkRemoved({ key, name }: Wanted, ids: readonly string[]): Promise<void> {
    expect(ids.length, `${name} exists once at the most`).toBeLessThanOrEqual(1);
    expect(await this.#world.app.get("objects", [key])).toEqual([undefined]);
    for (const id of ids) {
      const found = await this.#world.platform.control.act(user, "/system/findDataObjects", {
        id: [id],
        scope: { project },
        visibility: "either",
      });
      expect(found).toMatchObject({ results: [] });
    }
  }

  async #checkCopy({ copy }: Wanted, ids: readonly string[]): Promise<void> {
    if (copy === undefined) return;
    const [row] = await this.#world.app.get("objects", [copy]);
    expect(row).toMatchObject({ pending: 0, parked: 0, realId: ids[0] });
    const found = await this.#world.describe(ids[0] as string, elsewhere);
    expect(found).toMatchObject({
      project: elsewhere,
      folder: "/copies",
      state: "closed",
      tags: expect.arrayContaining(["copied"]) as unknown,
    });
    expect(row?.view).toMatchObject({
      folder: "/copies",
      name: found["name"],
      tags: found["tags"],
    });
  }

  /** No fixed field changes once the object is closed, and it is closed once. */
  #checkOrder(): void {
    const fixed = new Set(["types", "details", "hidden"]);
    const byObject = Map.groupBy(this.#world.platform.effects, ({ id }) => id);
    for (const effects of byObject.values()) {
      const closedAt = effects.findIndex(({ changed }) => changed["state"]?.[1] === "closed");
      if (closedAt < 0) continue;
      for (const { changed } of effects.slice(closedAt + 1)) {
        expect(Object.keys(changed).filter((field) => fixed.has(field))).toEqual([]);
      }
    }
  }

  #setFaults(): void {
    const on = /record|\/(move|removeObjects|clone)$/;
    this.#world.platform.faults.rates([
      { rate: 0.08, fault: "cutBeforeEffect", on },
      { rate: 0.08, fault: "cutAfterEffect", on },
      { rate: 0.04, fault: "truncate" },
      { rate: 0.03, fault: { kind: "garbage", afterEffect: true }, on },
      { rate: 0.03, fault: { kind: "refuse", error: "InternalError" } },
      { rate: 0.03, fault: { kind: "throttle", retryAfterS: 3 } },
      { rate: 0.05, fault: { kind: "double" }, on: "/record/new" },
      { rate: 0.02, fault: { kind: "late", afterMs: 20_000, caller: "hangs" }, on: "/record/new" },
      { rate: 0.02, fault: { kind: "late", afterMs: 20_000, caller: "hangs" }, on: "close" },
      { rate: 0.5, fault: { kind: "latency", ms: 5, maxMs: 800 } },
    ]);
  }

  async #playStep(): Promise<void> {
    const chance = this.#draw("what");
    if (chance < 0.25 || this.#objects.length === 0) await this.#create();
    else if (chance < 0.62) await this.#edit();
    else if (chance < 0.72) await this.#travel();
    else await this.#disturb();
    await this.#world.run(Math.floor(this.#draw("pause") ** 3 * 8_000));
  }

  async #create(): Promise<void> {
    const name = `S-${this.#objects.length}`;
    const tags = this.#draw("tagged") < 0.5 ? ["new"] : [];
    const { key, createKey } = await this.#world.create({
      name,
      tags,
      details: { made: this.#step },
    });
    this.#objects.push({
      key,
      createKey,
      name,
      types: new Set(),
      tags: new Set(tags),
      properties: new Map(),
      details: { made: this.#step },
      hidden: false,
      closed: false,
      folder: "/",
      removed: false,
    });
  }

  /** Into another folder, into another project, or out of the world. */
  async #travel(): Promise<void> {
    const world = this.#world;
    const wanted = this.#objects[Math.floor(this.#draw("traveller") * this.#objects.length)];
    if (wanted === undefined || wanted.removed) return;
    const { key } = wanted;
    const chance = this.#draw("whither");
    if (chance < 0.5) {
      wanted.folder = folders[Math.floor(this.#draw("folder") * folders.length)] as string;
      await world.edit(key, "move", { folder: wanted.folder });
    } else if (chance < 0.75) {
      if (!wanted.closed || wanted.copy !== undefined) return;
      wanted.copy = await world.clone(key, { folder: "/copies", parents: true });
      await world.edit(wanted.copy, "addTags", { tags: ["copied"] });
    } else {
      await world.edit(key, "remove");
      wanted.removed = true;
    }
  }

  async #edit(): Promise<void> {
    const wanted = this.#objects[Math.floor(this.#draw("object") * this.#objects.length)];
    const kind = edits[Math.floor(this.#draw("kind") * edits.length)];
    if (wanted === undefined || kind === undefined) return;
    const item = ["red", "green", "blue"][Math.floor(this.#draw("item") * 3)] as string;
    const input = {
      addTypes: { types: [item] },
      removeTypes: { types: [item] },
      setDetails: { details: { step: this.#step } },
      setVisibility: { hidden: this.#draw("hidden") < 0.5 },
      rename: { name: `${wanted.name}'` },
      setProperties: {
        properties: { [item]: this.#draw("unset") < 0.3 ? null : String(this.#step) },
      },
      addTags: { tags: [item] },
      removeTags: { tags: [item] },
      close: {},
    }[kind];
    try {
      await this.#world.edit(wanted.key, kind, input);
    } catch (error) {
      // Fixed fields of what is closed are refused at once.
      expect(error).toBeInstanceOf(HoldfastError);
      expect(wanted.closed || wanted.removed).toBe(true);
      return;
    }
    this.#note(wanted, kind, input as JsonObject);
  }

  #note(wanted: Wanted, kind: (typeof edits)[number], input: JsonObject): void {
    const { types, tags, properties } = input as unknown as Record<string, string[]>;
    for (const type of types ?? []) {
      if (kind === "addTypes") wanted.types.add(type);
      else wanted.types.delete(type);
    }
    for (const tag of tags ?? []) {
      if (kind === "addTags") wanted.tags.add(tag);
      else wanted.tags.delete(tag);
    }
    for (const [key, value] of Object.entries(properties ?? {})) {
      if (value === null) wanted.properties.delete(key);
      else wanted.properties.set(key, value as unknown as string);
    }
    if (kind === "rename") wanted.name = input["name"] as string;
    if (kind === "setDetails") wanted.details = input["details"] as object;
    if (kind === "setVisibility") wanted.hidden = input["hidden"] as boolean;
    if (kind === "close") wanted.closed = true;
  }

  async #disturb(): Promise<void> {
    const world = this.#world;
    const chance = this.#draw("disturb");
    const tab = this.#tabs[Math.floor(this.#draw("tab") * this.#tabs.length)];
    if (chance < 0.25) world.isOnline = !world.isOnline;
    else if (chance < 0.5 && tab !== undefined) {
      tab.process.kill();
      this.#tabs = this.#tabs.filter((other) => other !== tab);
    } else if (chance < 0.65 && tab !== undefined) tab.process.freeze();
    else if (chance < 0.75) for (const { process } of this.#tabs) process.thaw();
    else if (chance < 0.85)
      world.clock.jumpWall(Math.round((this.#draw("jump") - 0.5) * 7_200_000));
    else if (this.#tabs.length < 3) this.#tabs.push(await world.openTab({ limits: { lateMs } }));
    else await world.run(Math.round(70 * 60_000 * this.#draw("long")));
  }

  #draw(what: string): number {
    return this.#random.fraction(`history:${this.#step}:${what}`);
  }
}

function shape(described: JsonObject): object {
  const { name, types, tags, properties, details, hidden, folder, state, createdBy } = described;
  expect(createdBy).toEqual({ user });
  expect(described["project"]).toBe(project);
  const { ".holdfast-key": key, ...others } = isJsonObject(properties ?? null)
    ? (properties as JsonObject)
    : {};
  expect(key).toBeTypeOf("string");
  return {
    name,
    types: [...(types as string[])].sort(),
    tags: [...(tags as string[])].sort(),
    properties: others,
    details,
    hidden,
    folder,
    state,
  };
}
