import type { OutboxRow, Store } from "@holdfast/core";
import type { Engine } from "@holdfast/sync";
import type { DamagedWork, OutboxPage, ParkedPage } from "../outbox.ts";
import { toEntries } from "./outbox-entries.ts";
import { outboxPages, type ParkedIndex } from "./parked-index.ts";

/** Entries of a pushed page: what a person looks at; all of them are had by `list`. */
const pageEntries = 200;

export async function pendingPage(store: Store, parked: ParkedIndex): Promise<OutboxPage> {
  await parked.refresh();
  const rows: OutboxRow[] = [];
  for await (const page of outboxPages(store, pageEntries)) {
    rows.push(...page.filter((row) => row.parked === undefined));
    if (rows.length >= pageEntries) break;
  }
  const total = Math.max(0, (await store.count("outbox")) - parked.count);
  return { entries: await toEntries(store, rows.slice(0, pageEntries)), total };
}

export async function parkedPage(
  store: Store,
  { parked, engine }: { readonly parked: ParkedIndex; readonly engine: Pick<Engine, "status"> },
): Promise<ParkedPage> {
  await parked.refresh();
  const rows = parked.rows();
  return {
    entries: await toEntries(store, rows.slice(0, pageEntries)),
    total: rows.length,
    reasons: parked.reasons(),
    damaged: damagedWork(parked, engine),
  };
}

/** Rows of the outbox that cannot be read, and objects that the sender holds back for rows elsewhere. */
export function damagedWork(
  { damaged }: ParkedIndex,
  { status: { heldBack = [] } }: Pick<Engine, "status">,
): readonly DamagedWork[] {
  const told = new Set(damaged.map(({ lane }) => lane));
  const others = heldBack.filter(({ lane }) => !told.has(lane));
  return [...damaged, ...others].slice(0, pageEntries).map(({ lane, failure: reason }) => ({
    reason,
    ...(lane === undefined ? {} : { object: lane }),
  }));
}

/** The oldest operation that is neither confirmed nor parked. */
export async function oldestUnsent(
  store: Store,
  parked: ParkedIndex,
): Promise<OutboxRow | undefined> {
  // Most often nothing is parked, and the first row is it.
  const limit = parked.count === 0 ? 1 : pageEntries;
  for await (const page of outboxPages(store, limit)) {
    const found = page.find((row) => row.parked === undefined);
    if (found !== undefined) return found;
  }
  return undefined;
}
