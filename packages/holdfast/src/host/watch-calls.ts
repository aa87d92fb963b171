import type { Handlers } from "./handlers.ts";
import type { Waits } from "./waits.ts";
import type { Watches } from "./watches.ts";

export interface WatchCallPorts {
  readonly watches: Watches;
  readonly waits: Waits;
}

/** What a page wants to be told of from now on. */
export function watchCalls({
  watches,
  waits,
}: WatchCallPorts): Handlers<"watch" | "unwatch" | "wait" | "unwait"> {
  return {
    watch: async ({ watch, target }) => {
      await watches.add(watch, target);
      return null;
    },
    unwatch: ({ watch }) => {
      watches.remove(watch);
      return null;
    },
    wait: ({ wait, for: target }) => {
      waits.add(wait, target);
      return null;
    },
    unwait: ({ wait }) => {
      waits.remove(wait);
      return null;
    },
  };
}
