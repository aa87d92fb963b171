import type { Json } from "@holdfast/core";
import type { Platform } from "@holdfast/platform";
import type { Holdfast } from "holdfast";
import type { HostPorts } from "holdfast/in-thread";
import { playDay } from "./day.ts";
import { digestOf, requestsByLane } from "./digest.ts";
import { countDuplicates, Ledger, markerProperty, type PlatformObject } from "./ledger.ts";
import type { Sabotage } from "./sabotage.ts";
import type { Sample } from "./samples.ts";
import { user, World } from "./world.ts";

export interface PlayOptions {
  readonly seed: number;
  readonly samples: readonly Sample[];
  readonly storage: HostPorts["storage"];
  readonly sabotage?: Sabotage | undefined;
  readonly log: (line: string) => void;
}

/** What a day came to. */
export interface DayResult {
  readonly seed: number;
  /** SHA-256 of the final states of both sides and of the request log. */
  readonly digest: string;
  /** Resolved calls of the script. */
  readonly operations: number;
  /** HTTP calls that left, reads and retries included. */
  readonly requests: number;
  /** Distinct objects in the user's project at the end. */
  readonly objects: number;
  readonly closed: number;
  readonly parked: number;
  /** Objects caused by one create minus one, summed. */
  readonly duplicates: number;
  /** Resolved calls that are neither visible on the platform nor pending or parked. */
  readonly lost: number;
}

export async function play(options: PlayOptions): Promise<DayResult> {
  const { seed, samples, storage, sabotage, log } = options;
  const world = new World({ seed, storage, sabotage });
  const ledger = new Ledger();
  const holdfast = await playDay({ world, ledger, samples, log });

  const { platform } = world;
  const remote = await platformObjects(platform, world.project);
  const unsent = await unsentOperations(holdfast);
  const local = await localObjects(holdfast);
  const lost = ledger.lost(remote, new Set(unsent.map(({ id }) => id)));
  for (const call of lost) log(`LOST: ${call.what} of object ${call.marker}`);
  const duplicates = countDuplicates(
    platform.effects
      .filter(({ route }) => route.endsWith("/new"))
      .map(({ id, key }) => ({ object: id, key })),
  );
  const numberOf = new Map(
    remote.map(({ id, properties }) => [id, properties[markerProperty] ?? "?"] as const),
  );
  const digest = await digestOf({
    remote: remote.map(({ id, ...rest }) => ({ ...rest, number: numberOf.get(id) ?? id })),
    local,
    requests: requestsByLane(platform.requests, numberOf),
  });
  await holdfast.signOut({ force: true });
  return {
    ...{ seed, digest, operations: ledger.operations, requests: callCount(platform) },
    objects: remote.length,
    closed: remote.filter(({ state }) => state === "closed").length,
    parked: unsent.filter(({ state }) => state === "parked").length,
    ...{ duplicates, lost: lost.length },
  };
}

/** Deliveries that the network doubled are no calls of their own. */
function callCount(platform: Platform): number {
  return platform.requests.filter(({ copyOf }) => copyOf === undefined).length;
}

async function platformObjects(
  platform: Platform,
  project: string,
): Promise<readonly PlatformObject[]> {
  const objects: PlatformObject[] = [];
  for (const { route, id } of platform.effects) {
    if (!route.endsWith("/new")) continue;
    const fields: Json = { properties: true, details: true };
    const input = { project, defaultFields: true, fields };
    const described = await platform.control.act(user, `/${id}/describe`, input);
    const {
      links: _links,
      details,
      ...rest
    } = described as unknown as PlatformObject & {
      readonly links: readonly string[];
    };
    objects.push({ ...rest, details: numbered(details) });
  }
  return objects.toSorted(byMarker);
}

async function localObjects(holdfast: Holdfast): Promise<readonly unknown[]> {
  const rows = await holdfast.objects.find({ visibility: "either", limit: 50_000 });
  return rows.toSorted(byMarker).map((row) => ({
    number: row.properties[markerProperty],
    ...{ name: row.name, folder: row.folder, state: row.state, hidden: row.hidden },
    ...{ types: row.types, tags: row.tags, properties: row.properties },
    ...{ details: numbered(row.details), created: row.created, modified: row.modified },
  }));
}

async function unsentOperations(
  holdfast: Holdfast,
): Promise<readonly { readonly id: string; readonly state: string }[]> {
  const entries = [];
  for (let after; ; ) {
    const page = await holdfast.outbox.list({ limit: 500, ...(after && { after }) });
    entries.push(...page);
    after = page.at(-1)?.id;
    if (after === undefined) return entries;
  }
}

function byMarker(
  left: { readonly properties: Readonly<Record<string, string>> },
  right: { readonly properties: Readonly<Record<string, string>> },
): number {
  return Number(left.properties[markerProperty]) - Number(right.properties[markerProperty]);
}

/** Links shown as links, whatever the id. */
function numbered(details: unknown): unknown {
  return JSON.parse(JSON.stringify(details).replaceAll(/record-[0-9a-zA-Z]{24}/g, "record"));
}
