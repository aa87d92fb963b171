import type { Store } from "@holdfast/core";
import { LocalChannels, seededRandom } from "@holdfast/core/testing";
import { openStore } from "@holdfast/storage";
import { IDBFactory, IDBKeyRange } from "fake-indexeddb";
import { bind, ReplayWorld } from "./replay-world.ts";

/** A world whose tabs have each a store of their own over one database. */
export async function openStoredWorld(
  seed: string,
  indexedDB: IDBFactory = new IDBFactory(),
): Promise<ReplayWorld & AsyncDisposable> {
  const channels = new LocalChannels();
  const stores: Store[] = [];
  const open = async (): Promise<Store> => {
    const store = await openStore({
      name: "replay",
      indexedDB,
      IDBKeyRange,
      random: seededRandom(`${seed}/${stores.length}`),
      channel: channels.join(),
    });
    stores.push(store);
    return store;
  };
  const app = await open();
  const world = new ReplayWorld({ seed }, app, open);
  await bind(app, world.clock.now());
  return world;
}
