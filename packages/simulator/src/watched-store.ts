import type { Delete, Put, Store, Write } from "@holdfast/core";

/** What one write has committed. */
export interface Commit {
  readonly durability: "strict" | "relaxed";
  readonly fence: number | undefined;
  readonly puts: readonly Put[];
  readonly deletes: readonly Delete[];
}

/** Tells of every commit made through a store, also when whoever made it never hears of it. */
export function watchedStore(store: Store, onCommit: (commit: Commit) => void): Store {
  return {
    ...everyMethodOf(store),
    write: async <Result>(write: Write<Result>): Promise<Result> => {
      let commit: Commit | undefined;
      const result = await store.write<Result>({
        ...write,
        decide: (rows) => {
          const decision = write.decide(rows);
          commit = undefined;
          if ("failure" in decision) return decision;
          const { puts = [], deletes = [] } = decision;
          commit = { durability: write.durability, fence: write.fence, puts, deletes };
          return decision;
        },
      });
      if (commit !== undefined) onCommit(commit);
      return result;
    },
  };
}

/** A copy whose methods can be replaced one by one. */
export function everyMethodOf(store: Store): Store {
  return {
    write: (write) => store.write(write),
    get: (table, keys) => store.get(table, keys),
    lanes: (keys) => store.lanes(keys),
    scan: (table, scan) => store.scan(table, scan),
    count: (table) => store.count(table),
    find: (query) => store.find(query),
    countFound: (query) => store.countFound(query),
    subfolders: (project, folder) => store.subfolders(project, folder),
    aliasesOf: (ids) => store.aliasesOf(ids),
    changesSince: (change) => store.changesSince(change),
    checkForChanges: () => store.checkForChanges(),
    onCommit: (listener) => store.onCommit(listener),
    status: () => store.status(),
    onStatus: (listener) => store.onStatus(listener),
    close: () => store.close(),
  };
}
