import type { Holdfast } from "holdfast";
import { playDay } from "./day.ts";
import { digestOf, requestsByLane } from "./digest.ts";
import { countDuplicates, Ledger, markerProperty } from "./ledger.ts";
import type { Sample } from "./samples.ts";
import type { Stage } from "./stage.ts";
import { isCreate } from "./world.ts";

export interface PlayOptions {
  readonly seed: number;
  readonly samples: readonly Sample[];
  readonly stage: Stage;
  /** Opens the app in a new process of the stage. */
  readonly start: () => Promise<Holdfast>;
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
  const { seed, stage, log } = options;
  const ledger = new Ledger();
  const holdfast = await playDay({ ...options, ledger });

  const { effects, requests, objects } = await stage.evidence();
  const unsent = await unsentOperations(holdfast);
  const local = await localObjects(holdfast);
  const scene = await stage.scene();
  await holdfast.signOut({ force: true });

  const lost = ledger.lost(objects, new Set(unsent.map(({ id }) => id)));
  for (const call of lost) log(`LOST: ${call.what} of object ${call.marker}`);
  const creates = effects.filter(isCreate);
  const numberOf = new Map(
    objects.map(({ id, properties }) => [id, properties[markerProperty] ?? "?"] as const),
  );
  const digest = await digestOf({
    remote: objects.toSorted(byMarker).map((object) => numbered(object, numberOf)),
    local: local.map((object) => numbered(object, numberOf)),
    requests: requestsByLane(requests, numberOf),
  });
  return {
    ...{ seed, digest, operations: ledger.operations, requests: scene.requests },
    objects: objects.length,
    closed: objects.filter(({ state }) => state === "closed").length,
    parked: unsent.filter(({ state }) => state === "parked").length,
    duplicates: countDuplicates(creates.map(({ id, key }) => ({ object: id, key }))),
    lost: lost.length,
  };
}

async function localObjects(holdfast: Holdfast): Promise<readonly object[]> {
  const rows = await holdfast.objects.find({ visibility: "either", limit: 50_000 });
  // Keys hold provisional ids, which the digest could not name.
  return rows.toSorted(byMarker).map((row) => ({ ...row, key: undefined }));
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

/** The same with ids replaced by the number of their create (design §8). */
function numbered(value: object, numberOf: ReadonlyMap<string, string>): unknown {
  const text = JSON.stringify(value).replaceAll(/record-[0-9a-zA-Z]{24}/g, (id) => {
    return `record ${numberOf.get(id) ?? "unsent"}`;
  });
  return JSON.parse(text);
}
