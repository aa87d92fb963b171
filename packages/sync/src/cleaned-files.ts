import {
  baseOf,
  type Clock,
  type HistoryRow,
  isProvisionalId,
  type LocalKey,
  type Logger,
  makeFileAgain,
  type ObjectRow,
  type Random,
} from "@holdfast/core";
import { lastSentAt } from "./file-upload.ts";
import { readContent } from "./read-rows.ts";
import type { ServerClock } from "./server-clock.ts";
import type { StoreReads } from "./store-reads.ts";
import type { Term } from "./term.ts";

export interface CleanedFilesOptions {
  readonly term: Term;
  readonly store: StoreReads;
  readonly clock: Clock;
  readonly random: Random;
  readonly logger: Logger;
  readonly serverClock: ServerClock;
}

/**
 * The platform gives up a file that rests unfinished for 24 hours, and removes it a few days later (DO §4.1): what is gone
 * sooner, somebody has removed.
 */
const removedAfterMs = 72 * 3_600_000;
const historyPage = 1_000;
const linkersPage = 1_000;

/**
 * Files that the platform has cleaned up before their content was there: they are made again from what is on this device,
 * under the same provisional id (design §6). What may have gone by somebody's hand is not.
 */
export class CleanedFiles {
  readonly #options: CleanedFilesOptions;

  constructor(options: CleanedFilesOptions) {
    this.#options = options;
  }

  /** @returns whether its create is in the outbox again. */
  async makeAgain(object: ObjectRow, how: "absent" | "abandoned"): Promise<boolean> {
    const { term, clock, random, logger, serverClock } = this.#options;
    const { key, id, realId, content } = object;
    if (object.class !== "file" || !isProvisionalId(id) || realId === undefined) return false;
    if (object.closeSent === true || content === undefined) return false;
    if (how === "absent" && !(await this.#mayBeCleaned(object))) return false;
    const linkers = await this.#linkersOf(object);
    const serverOffsetMs = serverClock.offsetMs();
    const create = await this.#createOf(key);
    const made = await term.write(
      makeFileAgain({
        epoch: term.epoch,
        lane: key,
        original: realId,
        content,
        random,
        linkers,
        at: clock.now(),
        ...(create === undefined ? {} : { create }),
        ...(serverOffsetMs === undefined ? {} : { serverOffsetMs }),
      }),
    );
    if (made.kind === "notNow") return false;
    logger.warn(
      "The platform has cleaned up a file before its content was there: it is made again.",
      {
        object: key,
        original: realId,
        how,
        relinked: made.relinked,
      },
    );
    return true;
  }

  async #mayBeCleaned(object: ObjectRow): Promise<boolean> {
    const { store, clock, serverClock } = this.#options;
    const content = await readContent(store, object.content);
    if (baseOf(object) === undefined) return false;
    const sentAt = lastSentAt(object, content, serverClock.offsetMs());
    return clock.now() - sentAt >= removedAfterMs;
  }

  /** Its first operation, under whose number it is made again. */
  async #createOf(lane: LocalKey): Promise<HistoryRow | undefined> {
    let after: number | undefined;
    for (;;) {
      const page = await this.#options.store.scan("history", {
        limit: historyPage,
        newestFirst: true,
        ...(after === undefined ? {} : { after }),
      });
      const create = page.find((row) => row.lane === lane && row.kind === "create");
      after = page.at(-1)?.sequence;
      if (create !== undefined || page.length < historyPage) return create;
    }
  }

  async #linkersOf({ id, key }: ObjectRow): Promise<readonly LocalKey[]> {
    const linkers: LocalKey[] = [];
    for (let offset = 0; ; offset += linkersPage) {
      const page = await this.#options.store.find({
        link: id,
        visibility: "either",
        limit: linkersPage,
        offset,
      });
      linkers.push(...page.map((row) => row.key).filter((linker) => linker !== key));
      if (page.length < linkersPage) return linkers;
    }
  }
}
