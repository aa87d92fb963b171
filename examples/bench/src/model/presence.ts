import { createSource, type Source } from "./source.ts";

export interface Presence extends Source<number> {
  readonly close: () => void;
}

const prefix = "sample-bench:tab:";
const channelName = "sample-bench:tabs";
const lookEveryMs = 5_000;

/**
 * How many tabs of the bench are open in this browser, this one included. Each holds a Web Lock for as long as it
 * lives: a killed tab lets go without being asked, which no message could tell.
 */
export function openPresence(
  every: (intervalMs: number, callback: () => void) => () => void,
): Presence {
  const source = createSource(1);
  const ending = new AbortController();
  const channel = new BroadcastChannel(channelName);
  channel.addEventListener("message", look);
  const stopLooking = every(lookEveryMs, look);

  async function count(): Promise<void> {
    const { held = [] } = await navigator.locks.query();
    const tabs = held.filter((lock) => lock.name?.startsWith(prefix)).length;
    if (!ending.signal.aborted) source.set(Math.max(1, tabs));
  }
  function look(): void {
    void count();
  }

  void navigator.locks.request(`${prefix}${crypto.randomUUID()}`, () => {
    // Closed before the lock came: there is nobody to announce.
    if (ending.signal.aborted) return undefined;
    channel.postMessage("here");
    look();
    return new Promise<void>((resolve) => {
      ending.signal.addEventListener("abort", () => resolve(), { once: true });
    });
  });

  return {
    get: source.get,
    subscribe: source.subscribe,
    close() {
      ending.abort();
      stopLooking();
      channel.postMessage("gone");
      channel.close();
    },
  };
}
