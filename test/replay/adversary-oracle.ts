import {
  type HistoryRow,
  isJsonObject,
  type Json,
  type JsonObject,
  type OutboxRow,
  parseDetails,
} from "@holdfast/core";
import { expect } from "vitest";
import { type AdversaryHistory, type Intent, propertiesOf } from "./adversary-history.ts";
import type { ReplayTab, ReplayWorld } from "./replay-world.ts";

const fixedKinds = new Set(["addTypes", "removeTypes", "setDetails", "setVisibility"]);

/** What is left of a history, read once. */
interface Remains {
  readonly world: ReplayWorld;
  readonly intents: readonly Intent[];
  readonly outbox: ReadonlyMap<string, OutboxRow>;
  readonly ended: ReadonlyMap<string, HistoryRow>;
  readonly realIds: ReadonlyMap<string, string>;
}

/**
 * Holds the end of a history against what was asked, with rules of its own: design §9, points 1 to 4, 6 and 7. It
 * knows the calls that resolved, what the history and the outbox say became of each, and the platform.
 */
export async function checkHistory(
  world: ReplayWorld,
  { intents }: AdversaryHistory,
  tabs: readonly ReplayTab[],
): Promise<void> {
  expect(world.errors).toEqual([]);
  expect(world.lapsed, "sent under a lapsed lease").toEqual([]);
  expect(world.unasked, "inherited and sent at once").toEqual([]);
  const outbox = await world.outbox();
  const ended = await world.app.scan("history", { limit: 1_000 });
  const aliases = await world.app.get(
    "aliases",
    intents.map(({ id }) => id),
  );
  const remains: Remains = {
    world,
    intents,
    outbox: new Map(outbox.map((row) => [row.id, row])),
    ended: new Map(ended.map((row) => [row.id, row])),
    realIds: new Map(aliases.flatMap((alias) => (alias ? [[alias.local, alias.id]] : []))),
  };
  for (const intent of intents) await checkObject(remains, intent);
  for (const row of outbox) {
    expect(isJustified(remains, row), `${row.id} waits or is parked: ${JSON.stringify(row)}`).toBe(
      true,
    );
  }
  expect(await world.app.count("journal"), "requests that nobody carries").toBe(0);
  checkStatus(outbox, tabs);
  checkOrder(remains);
}

async function checkObject(remains: Remains, intent: Intent): Promise<void> {
  const { world, outbox, ended, realIds } = remains;
  for (const { operation, kind } of intent.asked) {
    const places = Number(outbox.has(operation)) + Number(ended.has(operation));
    expect(places, `${operation} (${kind}) is in the outbox or the history`).toBe(1);
  }
  const ids = world.causedBy(intent.createKey);
  expect(ids.length, `objects caused by ${intent.id}`).toBeLessThanOrEqual(1);
  const [create] = intent.asked;
  const outcome = ended.get(create?.operation ?? "")?.outcome;
  if (outcome !== "acked" && outcome !== "found") {
    if (!intent.gaveUpInDoubt) expect(ids, `${intent.id} was not confirmed`).toEqual([]);
    return;
  }
  expect(ids).toEqual([realIds.get(intent.id)]);
  if (intent.gaveUpInDoubt) return;

  const model = effectOf(remains, intent);
  const described = await world.describe(ids[0] as string);
  expect(shapeOf(described), `${intent.id} on the platform`).toEqual(model);
  expect(described["tags"]).toEqual(expect.arrayContaining([...intent.foreign.tags]));

  const [row] = await world.app.get("objects", [intent.key]);
  expect(row?.realId).toBe(ids[0]);
  if (row === undefined || row.pending > 0) return;
  const { name, types, tags, properties, details, hidden, state } = row.view;
  const view = { name, types, tags, properties, hidden, state, details: parseDetails(details) };
  const shown = translated(view as unknown as JsonObject, realIds) as JsonObject;
  // Nobody asked again since somebody else closed it.
  const closed = intent.foreign.closed ? model["closed"] : shown["state"] === "closed";
  expect({ ...shapeOf(shown), closed }, `${intent.id} in the view`).toEqual(model);
}

/** All that was asked of the object and is confirmed, in order. */
function effectOf({ ended, realIds }: Remains, intent: Intent): JsonObject {
  let name: Json = null;
  let details: Json = {};
  let hidden = false;
  let closed = intent.foreign.closed;
  const types = new Set<string>();
  const tags = new Set<string>();
  const properties = new Map<string, Json>();
  for (const { operation, kind, input } of intent.asked) {
    const outcome = ended.get(operation)?.outcome;
    if (outcome !== "acked" && outcome !== "found") continue;
    const given = input as Record<string, Json>;
    if (kind === "create") {
      name = given["name"] ?? null;
      details = JSON.parse(given["details"] as string) as Json;
      for (const type of given["types"] as string[]) types.add(type);
      for (const tag of given["tags"] as string[]) tags.add(tag);
    }
    if (kind === "rename") name = given["name"] ?? null;
    if (kind === "setDetails") details = given["details"] ?? null;
    if (kind === "setVisibility") hidden = given["hidden"] === true;
    if (kind === "close" || given["close"] === true) closed = true;
    if (kind === "addTypes") for (const type of given["types"] as string[]) types.add(type);
    if (kind === "removeTypes") for (const type of given["types"] as string[]) types.delete(type);
    if (kind === "addTags") for (const tag of given["tags"] as string[]) tags.add(tag);
    if (kind === "removeTags") for (const tag of given["tags"] as string[]) tags.delete(tag);
    if (kind !== "setProperties") continue;
    for (const [key, value] of Object.entries(given["properties"] as JsonObject)) {
      if (value === null) properties.delete(key);
      else properties.set(key, value);
    }
  }
  const whole = {
    name,
    details,
    hidden,
    closed,
    types: [...types].sort(),
    tags: [...tags].sort(),
    properties: Object.fromEntries(properties),
  };
  return translated(whole, realIds) as JsonObject;
}

function shapeOf(described: JsonObject): JsonObject {
  const { name, types, tags, details, hidden, state } = described;
  return {
    name: name ?? null,
    details: details ?? null,
    hidden: hidden ?? null,
    closed: state === "closed",
    types: [...(types as string[])].sort(),
    tags: (tags as string[]).filter((tag) => !tag.startsWith("foreign-")).sort(),
    properties: propertiesOf(described),
  };
}

/** With real ids for those of objects made here. */
function translated(value: Json, realIds: ReadonlyMap<string, string>): Json {
  if (typeof value === "string") return realIds.get(value) ?? value;
  if (Array.isArray(value)) return value.map((item: Json) => translated(item, realIds));
  if (!isJsonObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [key, translated(item, realIds)]),
  );
}

/** Whether an operation may still be in the outbox when everything works and all that was parked was retried. */
function isJustified(remains: Remains, row: OutboxRow): boolean {
  const { outbox, intents, world } = remains;
  const lane = [...outbox.values()].filter((other) => other.lane === row.lane);
  const intent = intents.find(({ key }) => key === row.lane);
  if (intent === undefined) return false;
  if (row.parked === undefined) {
    return lane.some(
      (other) => other.parked !== undefined || waitsForSomethingHere(remains, other),
    );
  }
  if (row.request !== undefined) return false;
  const asked = JSON.stringify(intent.asked.find(({ operation }) => operation === row.id)?.input);
  switch (row.parked.reason.code) {
    case "InvalidInput":
      return asked.includes("poison");
    case "InvalidState":
    case "Conflict": {
      const [id] = world.causedBy(intent.createKey);
      const closed = world.platform.effects.some(
        (effect) => effect.id === id && effect.changed["state"]?.[1] === "closed",
      );
      return closed && fixedKinds.has(row.operation.kind);
    }
    case "DependencyParked":
      return intents.some(({ id, asked: [create] }) => {
        const outcome = remains.ended.get(create?.operation ?? "")?.outcome;
        return asked.includes(id) && outcome === "discarded";
      });
    default:
      return false;
  }
}

function waitsForSomethingHere({ outbox }: Remains, { waitsFor }: OutboxRow): boolean {
  return [...outbox.values()].some(
    ({ operation, lane }) =>
      operation.kind === "create" && waitsFor.some((id) => lane.endsWith(`/${id}`)),
  );
}

function checkStatus(outbox: readonly OutboxRow[], tabs: readonly ReplayTab[]): void {
  const parked = outbox.filter((row) => row.parked !== undefined).length;
  const leaders = tabs.map(({ engine }) => engine.status).filter(({ leading }) => leading);
  expect(leaders).toMatchObject([
    { phase: "idle", counts: { pending: outbox.length - parked, sending: 0, parked } },
  ]);
}

/**
 * A later name or later details never give way to earlier ones, and nothing fixed changes after the close. What arrives
 * when nobody waits for it any more comes out of order, and is made good: the end of the history says so.
 */
function checkOrder({ world, intents }: Remains): void {
  const late = new Set(
    world.platform.requests
      .filter(({ copyOf }) => copyOf !== undefined)
      .map(({ requestId }) => requestId),
  );
  for (const { createKey } of intents) {
    const [id] = world.causedBy(createKey);
    const all = world.platform.effects.filter((effect) => effect.id === id);
    const effects = all.filter(({ requestId }) => !late.has(requestId));
    const names = effects.flatMap(({ changed }) => stepsIn(changed["name"]?.[1]));
    expect(names, `names of ${id}`).toEqual(names.toSorted((left, right) => left - right));
    const details = effects.flatMap(({ changed }) => stepsIn(changed["details"]?.[1]));
    expect(details, `details of ${id}`).toEqual(details.toSorted((left, right) => left - right));
    const closedAt = all.findIndex(({ changed }) => changed["state"]?.[1] === "closed");
    if (closedAt < 0) continue;
    const later = all.slice(closedAt + 1).flatMap(({ changed }) => Object.keys(changed));
    expect(
      later.filter((field) => ["types", "details", "hidden", "state"].includes(field)),
    ).toEqual([]);
  }
}

function stepsIn(value: Json | undefined): readonly number[] {
  const text = typeof value === "string" ? value : JSON.stringify(value ?? null);
  const step = /(?:S-|"step":)(\d+)/.exec(text)?.[1];
  return step === undefined ? [] : [Number(step)];
}
