import type { Store } from "@holdfast/core";
import { LocalChannels, seededRandom } from "@holdfast/core/testing";
import { deleteStore, openStore } from "@holdfast/storage";
import { InFlight } from "../../examples/demo/src/in-flight.ts";
import { bind, ReplayWorld, type ReplayWorldOptions } from "./replay-world.ts";

export interface DatabaseOptions extends ReplayWorldOptions {
  /** Of the database. */
  readonly name: string;
  readonly indexedDB: IDBFactory;
  readonly IDBKeyRange: typeof IDBKeyRange;
}

/**
 * A world whose tabs have each a store of their own over one database, which is removed with it. Virtual time stands
 * still while the database has something to do, however long that takes.
 */
export async function openWorldOver({
  name,
  indexedDB,
  IDBKeyRange,
  ...options
}: DatabaseOptions): Promise<ReplayWorld & AsyncDisposable> {
  const channels = new LocalChannels();
  const inFlight = new InFlight();
  const stores: Store[] = [];
  const open = async (): Promise<Store> => {
    const random = seededRandom(`${options.seed}/${stores.length}`);
    const channel = channels.join();
    const store = await openStore({ name, indexedDB, IDBKeyRange, random, channel });
    stores.push(store);
    return counted(store, inFlight);
  };
  const app = await open();
  const close = async (): Promise<void> => {
    await Promise.all(stores.map((store) => store.close()));
    await deleteStore({ name, indexedDB });
  };
  const world = new ReplayWorld({ ...options, inFlight, close }, app, open);
  await bind(world.app, world.clock.now());
  return world;
}

function counted(store: Store, inFlight: InFlight): Store {
  return new Proxy(store, {
    get(target, name) {
      const value: unknown = Reflect.get(target, name, target);
      if (typeof value !== "function") return value;
      return (...given: unknown[]): unknown => {
        const result: unknown = Reflect.apply(value, target, given);
        return result instanceof Promise ? inFlight.count(() => result) : result;
      };
    },
  });
}
