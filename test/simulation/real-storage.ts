import type { DeviceStorage } from "@holdfast/simulator";
import { nextTurn } from "@holdfast/simulator";
import { forceCloseDatabase, IDBDatabase, IDBFactory, IDBKeyRange } from "fake-indexeddb";
import { indexedDbStorage } from "holdfast/host";

/** What is read of a transaction of fake-indexeddb beside what every one has. */
interface WatchedTransaction extends IDBTransaction {
  /** How to take back what it has done, one step each. */
  readonly _rollbackLog: readonly (() => void)[];
  _abort(errorName: string): void;
}

/**
 * The real storage package, over an IndexedDB in memory whose every task is run by whoever owns time. One device at a time: the
 * tasks come by way of a global.
 */
export function realStorage(): DeviceStorage {
  const tasks: (() => void)[] = [];
  const owned = globalThis.setImmediate;
  globalThis.setImmediate = ((task: () => void) =>
    void tasks.push(task)) as unknown as typeof setImmediate;
  const indexedDB = new IDBFactory();
  let relaxedTail: (() => void)[] = [];
  const connections = new Set<IDBDatabase>();
  let trouble: { fault: "abort" | "quota" | "lost"; writes: number } | undefined;
  watcher = (transaction) => {
    connections.add(transaction.db);
    if (transaction.mode !== "readwrite") return;
    const fault = trouble !== undefined && trouble.writes-- > 0 ? trouble.fault : undefined;
    if (fault === "lost") tasks.push(() => forceCloseDatabase(transaction.db as never));
    else if (fault !== undefined) {
      tasks.push(() => {
        const isOver = (transaction as unknown as { _state: string })._state === "finished";
        if (!isOver) transaction._abort(fault === "quota" ? "QuotaExceededError" : "AbortError");
      });
    }
    transaction.addEventListener("complete", () => {
      if (transaction.durability === "strict") relaxedTail = [];
      else relaxedTail.push(...transaction._rollbackLog);
    });
  };
  return {
    storage: indexedDbStorage({ indexedDB, IDBKeyRange, medium: "memory" }),
    losePower: () => {
      for (const connection of connections) forceCloseDatabase(connection as never);
      connections.clear();
      for (const undo of relaxedTail.reverse()) undo();
      relaxedTail = [];
    },
    breakNext: (fault, writes) => {
      trouble = { fault, writes };
    },
    settle: async () => {
      await nextTurn();
      for (let task = tasks.shift(); task !== undefined; task = tasks.shift()) {
        task();
        await nextTurn();
      }
    },
    end: () => {
      globalThis.setImmediate = owned;
      watcher = undefined;
    },
  };
}

/** Of the device that is being played. */
let watcher: ((transaction: WatchedTransaction) => void) | undefined;

type Begin = IDBDatabase["transaction"];
const begin = Reflect.get(IDBDatabase.prototype, "transaction") as Begin;
IDBDatabase.prototype.transaction = function transaction(
  this: IDBDatabase,
  ...args: Parameters<Begin>
): IDBTransaction {
  const begun = begin.apply(this, args);
  watcher?.(begun as WatchedTransaction);
  return begun;
};
