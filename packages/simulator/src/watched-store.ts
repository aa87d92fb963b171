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
  return withMethods(store, {
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
  });
}

/** The same store with some of its methods replaced. */
export function withMethods(store: Store, methods: Partial<Store>): Store {
  const bound = Object.keys(storeMethods).map((name) => {
    const method = store[name as keyof Store] as (...args: unknown[]) => unknown;
    return [name, method.bind(store)] as const;
  });
  return { ...(Object.fromEntries(bound) as unknown as Store), ...methods };
}

const storeMethods: Readonly<Record<keyof Store, true>> = {
  write: true,
  get: true,
  lanes: true,
  scan: true,
  contents: true,
  count: true,
  find: true,
  countFound: true,
  subfolders: true,
  aliasesOf: true,
  changesSince: true,
  checkForChanges: true,
  onCommit: true,
  status: true,
  onStatus: true,
  close: true,
};
