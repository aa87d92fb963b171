import type { Store } from "@holdfast/core";
import { LocalChannels, seededRandom } from "@holdfast/core/testing";
import { deleteStore, openStore } from "@holdfast/storage";
import { InFlight } from "../../examples/demo/src/in-flight.ts";
import { bind, ReplayWorld, type ReplayWorldOptions } from "./replay-world.ts";

export interface DatabaseOptions extends ReplayWorldOptions {
  /** Of the database: no other world of this thread has it. */
  readonly name: string;
  readonly indexedDB: IDBFactory;
  readonly IDBKeyRange: typeof IDBKeyRange;
  readonly IDBDatabase: typeof IDBDatabase;
}

/**
 * A world whose tabs have each a store of their own over one database, which is removed with it. Virtual time stands
 * still while the database has something to do, however long that takes.
 */
export async function openWorldOver({
  name,
  indexedDB,
  IDBKeyRange,
  IDBDatabase,
  ...options
}: DatabaseOptions): Promise<ReplayWorld & AsyncDisposable> {
  const channels = new LocalChannels();
  const inFlight = new InFlight();
  countTransactions(IDBDatabase.prototype);
  worlds.set(name, inFlight);
  const stores: Store[] = [];
  const open = async (): Promise<Store> => {
    const random = seededRandom(`${options.seed}/${stores.length}`);
    const channel = channels.join();
    const store = await openStore({ name, indexedDB, IDBKeyRange, random, channel });
    stores.push(store);
    return store;
  };
  const app = await open();
  const close = async (): Promise<void> => {
    await Promise.all(stores.map((store) => store.close()));
    await deleteStore({ name, indexedDB });
    worlds.delete(name);
  };
  const world = new ReplayWorld({ ...options, inFlight, close }, app, open);
  await bind(world.app, world.clock.now());
  return world;
}

/** By the name of the database. */
const worlds = new Map<string, InFlight>();
const counting = new WeakSet<IDBDatabase>();

/** A store reads for itself, too, where it hears of another's commits: only its transactions show all it does. */
function countTransactions(prototype: IDBDatabase): void {
  if (counting.has(prototype)) return;
  counting.add(prototype);
  const begin = Reflect.get(prototype, "transaction");
  prototype.transaction = function transaction(this: IDBDatabase, ...given): IDBTransaction {
    const begun = begin.apply(this, given);
    const ended = new Promise<void>((resolve) => {
      begun.addEventListener("complete", () => resolve());
      begun.addEventListener("abort", () => resolve());
    });
    void worlds.get(this.name)?.count(() => ended);
    return begun;
  };
}
