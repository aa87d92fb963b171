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
  return new Proxy(store, {
    get: (_, name) => {
      const method: unknown = Reflect.get(methods, name) ?? Reflect.get(store, name);
      return typeof method === "function" ? (method.bind(store) as unknown) : method;
    },
  });
}
