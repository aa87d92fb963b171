import {
  attachIn,
  type Clock,
  failureOf,
  type LocalKey,
  type Logger,
  parseFindQuery,
  parseFolder,
  type ProjectId,
  type Store,
  type Transfer,
} from "@holdfast/core";
import type { Difference } from "../difference.ts";
import { maxRows, type Push, type WatchTarget, type WatchValues } from "../wire.ts";
import type { ChangeFeed } from "./change-feed.ts";
import type { LiveQueries } from "./live-queries.ts";
import { withEveryName } from "./link-names.ts";
import { parseProjectId } from "./project-id.ts";
import { Throttle } from "./throttle.ts";

export interface WatchPorts {
  readonly store: Store;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly feed: ChangeFeed;
  readonly live: LiveQueries;
  /** The value of a watch that is no query, computed now. */
  readonly read: <Name extends "status" | "pending" | "parked" | "transfers">(
    name: Name,
  ) => Promise<WatchValues[Name]>;
  readonly readProject: (project: ProjectId) => Promise<WatchValues["project"]>;
  readonly readSubfolders: (project: ProjectId, folder: string) => Promise<WatchValues["folder"]>;
  /** Calls back when one of those may have changed though nothing was written. */
  readonly onOtherChange: (listener: () => void) => () => void;
  readonly push: (push: Push) => void;
}

/** Values that a person reads are not pushed more often. */
const valueEveryMs = 150;

/** What one page watches, by the page's own numbers. */
export class Watches {
  readonly #ports: WatchPorts;
  readonly #stops = new Map<number, () => void>();

  constructor(ports: WatchPorts) {
    this.#ports = ports;
  }

  /** @throws HoldfastError `InvalidInput` for a query that cannot be. */
  async add(watch: number, target: WatchTarget): Promise<void> {
    // Unwatched before it began is possible: the place is taken first.
    this.#stops.set(watch, () => {});
    const stop = await this.#start(watch, target);
    if (this.#stops.has(watch)) this.#stops.set(watch, stop);
    else stop();
  }

  remove(watch: number): void {
    this.#stops.get(watch)?.();
    this.#stops.delete(watch);
  }

  close(): void {
    for (const watch of [...this.#stops.keys()]) this.remove(watch);
  }

  async #start(watch: number, target: WatchTarget): Promise<() => void> {
    const { store, live } = this.#ports;
    switch (target.of) {
      case "rows": {
        const query = await withEveryName(store, parseFindQuery(target.query));
        return live.watch(query, {
          onDifference: (difference) => this.#pushRows(watch, difference),
          onFailure: (failure) => this.#ports.push({ push: "watchFailed", watch, failure }),
        });
      }
      case "count": {
        const query = parseFindQuery(target.query);
        return this.#watchValue(watch, async () =>
          store.countFound(await withEveryName(store, query)),
        );
      }
      case "project": {
        const project = parseProjectId(target.project);
        return this.#watchValue(watch, () => this.#ports.readProject(project));
      }
      case "folder": {
        const project = parseProjectId(target.project);
        const folder = parseFolder(target.folder);
        return this.#watchValue(watch, () => this.#ports.readSubfolders(project, folder));
      }
      case "transfer": {
        const { object } = target;
        return this.#watchValue(watch, () => this.#transferOf(object));
      }
      case "status":
      case "pending":
      case "parked":
      case "transfers": {
        const { of } = target;
        return this.#watchValue(watch, () => this.#ports.read(of));
      }
      default:
        return target satisfies never;
    }
  }

  /** Of more than are named, those that wait for their turn are not: then the outbox tells. */
  async #transferOf(file: LocalKey): Promise<Transfer | null> {
    const { store, read } = this.#ports;
    const { files, total } = await read("transfers");
    const named = files.find((transfer) => transfer.file === file);
    if (named !== undefined || total.files === files.length) return named ?? null;
    const [lane = []] = await store.lanes([file]);
    const attach = attachIn(lane);
    if (attach === undefined || attach.parked !== undefined) return null;
    const { size } = attach.operation;
    return { file, direction: "upload", size, moved: 0, confirmed: 0 };
  }

  #watchValue(watch: number, read: () => Promise<WatchValues[keyof WatchValues]>): () => void {
    const { clock, feed, onOtherChange, push, logger } = this.#ports;
    let last: string | undefined;
    const throttle = new Throttle(clock, valueEveryMs, async () => {
      try {
        const value = await read();
        const text = JSON.stringify(value);
        if (text !== last && this.#stops.has(watch)) push({ push: "value", watch, value });
        last = text;
      } catch (error) {
        const failure = failureOf(error);
        if (failure?.code === "StorageClosed") return;
        logger.error("A watched value could not be read.", { error });
      }
    });
    const stopFeed = feed.subscribe(() => throttle.call());
    const stopOther = onOtherChange(() => throttle.call());
    throttle.call();
    return () => {
      stopFeed();
      stopOther();
      throttle.close();
    };
  }

  #pushRows(watch: number, difference: Difference): void {
    const pieces = toPieces(difference);
    pieces.forEach((piece, index) => {
      this.#ports.push({
        push: "rows",
        watch,
        difference: piece,
        more: index < pieces.length - 1,
      });
    });
  }
}

/** At most 500 rows each. */
function toPieces(difference: Difference): readonly Difference[] {
  if (difference.kind === "reset") {
    return chunks(difference.rows).map((rows) => ({ kind: "reset", rows }));
  }
  const { removed, put } = difference;
  if (removed.length + put.length <= maxRows) return [difference];
  return [
    ...(removed.length === 0
      ? []
      : chunks(removed).map((part): Difference => ({ kind: "patch", removed: part, put: [] }))),
    ...(put.length === 0
      ? []
      : chunks(put).map((part): Difference => ({ kind: "patch", removed: [], put: part }))),
  ];
}

function chunks<Item>(items: readonly Item[]): readonly (readonly Item[])[] {
  const parts: (readonly Item[])[] = [];
  for (let from = 0; from < items.length; from += maxRows) {
    parts.push(items.slice(from, from + maxRows));
  }
  return parts.length === 0 ? [[]] : parts;
}
