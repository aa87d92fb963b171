import type { Handlers } from "./handlers.ts";
import type { KeyBook } from "./key-book.ts";
import { parseLocalKey } from "./object-keys.ts";
import type { Seeking } from "./seeking.ts";
import type { Waits } from "./waits.ts";
import type { Watches } from "./watches.ts";

export interface WatchCallPorts {
  readonly watches: Watches;
  readonly waits: Waits;
  readonly seeking: Seeking;
  readonly keys: KeyBook;
}

/** What a page wants to be told of from now on. */
export function watchCalls({
  watches,
  waits,
  seeking,
  keys,
}: WatchCallPorts): Handlers<"watch" | "unwatch" | "wait" | "unwait"> {
  /** Waits whose object is being looked up. */
  const coming = new Set<number>();
  return {
    watch: async ({ watch, target }) => {
      await watches.add(watch, target);
      return null;
    },
    unwatch: ({ watch }) => {
      watches.remove(watch);
      return null;
    },
    wait: async ({ wait, for: target }) => {
      if (target.until === "known") {
        seeking.begin(wait, target.object);
        return null;
      }
      coming.add(wait);
      const key = parseLocalKey(target.object);
      const found = key === undefined ? target.object : keys.resolve(key);
      const object = typeof found === "string" ? found : await found;
      if (coming.delete(wait)) waits.add(wait, { ...target, object });
      return null;
    },
    unwait: ({ wait }) => {
      coming.delete(wait);
      seeking.end(wait);
      waits.remove(wait);
      return null;
    },
  };
}
