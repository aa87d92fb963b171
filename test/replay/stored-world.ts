import { IDBDatabase, IDBFactory, IDBKeyRange } from "fake-indexeddb";
import type { ReplayWorld } from "./replay-world.ts";
import { openWorldOver } from "./world-over.ts";

/** A world whose tabs have each a store of their own over one database, in Node. */
export async function openStoredWorld(
  seed: string,
  indexedDB: IDBFactory = new IDBFactory(),
): Promise<ReplayWorld & AsyncDisposable> {
  return await openWorldOver({ seed, name: "replay", indexedDB, IDBKeyRange, IDBDatabase });
}
