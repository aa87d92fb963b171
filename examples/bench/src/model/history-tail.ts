import type { History, HistoryEntry } from "holdfast";
import { createSource, type Source } from "./source.ts";

export interface HistoryTail extends Source<readonly HistoryEntry[]> {
  /** Reads what has been added since the last time. Calls made meanwhile are answered by one more look. */
  readonly refresh: () => Promise<void>;
}

/** What a person scrolls through; the whole history is for the export. */
export const maxHistoryEntries = 500;
const pageSize = 500;

/** The latest entries of the history, newest first. */
export function createHistoryTail(history: Pick<History, "list">): HistoryTail {
  const source = createSource<readonly HistoryEntry[]>([]);
  let last: HistoryEntry["id"] | undefined;
  let running: Promise<void> | undefined;
  let isWanted = false;

  async function readOn(): Promise<void> {
    do {
      isWanted = false;
      const added: HistoryEntry[] = [];
      let page: readonly HistoryEntry[];
      do {
        page = await history.list({
          limit: pageSize,
          ...(last === undefined ? {} : { after: last }),
        });
        last = page.at(-1)?.id ?? last;
        added.push(...page);
      } while (page.length === pageSize);
      if (added.length > 0) {
        source.set([...added.reverse(), ...source.get()].slice(0, maxHistoryEntries));
      }
    } while (isWanted);
  }

  return {
    get: source.get,
    subscribe: source.subscribe,
    refresh() {
      isWanted = true;
      running ??= readOn().finally(() => {
        running = undefined;
      });
      return running;
    },
  };
}
