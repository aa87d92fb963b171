import {
  type ContentName,
  type ContentRow,
  type DamagedRow,
  dropUnlessFetching,
  type Failure,
  isFetching,
  isProvisionalId,
  type LocalKey,
  lockOfContent,
  type Locks,
  type ObjectRow,
  refuseFetching,
  type State,
  unreachable,
} from "@holdfast/core";
import { Bell } from "./bell.ts";
import { Download, type DownloadEnd, type DownloadOptions } from "./download.ts";
import type { StoreReads } from "./store-reads.ts";

export interface DownloadsOptions extends DownloadOptions {
  readonly store: Pick<StoreReads, "get" | "contents">;
  readonly locks: Locks;
  readonly signal: AbortSignal;
}

/** A file whose content is wanted here, as far as this sender knows. */
interface Wanted {
  readonly content: ContentName;
  readonly stop: AbortController;
  phase: "queued" | "running" | "refused";
  /** In which state the file was known to be when the platform refused it. */
  refusedAs: State;
}

/**
 * Fetches the contents that any tab has marked as wanted (`ObjectRow.fetching`), a few files at once. It finds them in the
 * table of contents when a term begins, and hears of the rest with the changes of their rows. What the platform refuses is
 * kept in the row, and tried again when somebody asks again; what is kept offline also when the file is closed meanwhile, with every new
 * connection, and once in a while.
 *
 * @see docs/decisions/0034-downloads.md
 */
export class Downloads {
  readonly #options: DownloadsOptions;
  /** In the order of asking. */
  readonly #wanted = new Map<LocalKey, Wanted>();
  readonly #bell = new Bell();
  readonly #running = new Set<Promise<void>>();
  #mustLoad = false;

  constructor(options: DownloadsOptions) {
    this.#options = options;
  }

  /** The row has changed, or is gone. Called for every change of every object, so most of them end at the first line. */
  hear(key: LocalKey, row: ObjectRow | undefined): void {
    const wanted = this.#wanted.get(key);
    if (wanted === undefined && row?.fetching === undefined) return;
    const isWanted = row?.fetching?.content === wanted?.content && row?.removed === undefined;
    if (wanted !== undefined && !isWanted) {
      wanted.stop.abort(new Error("Nobody wants the content any more."));
      this.#wanted.delete(key);
    }
    if (row !== undefined) this.#consider(row);
  }

  /** Changes are heard from now on, or some were missed: everything is looked at. */
  reload(): void {
    this.#mustLoad = true;
    this.#bell.ring();
  }

  /** What is kept offline may be there to be had now. */
  tryAgain(): void {
    if ([...this.#wanted.values()].some(({ phase }) => phase === "refused")) this.reload();
  }

  /** Until the term ends, and everything that was begun has ended. */
  async run(): Promise<void> {
    const { clock, limits, signal } = this.#options;
    let cancelTimer = (): void => {};
    const tryAgainLater = (): void => {
      this.tryAgain();
      cancelTimer = clock.timer(limits.refusedRetryMs, tryAgainLater);
    };
    cancelTimer = clock.timer(limits.refusedRetryMs, tryAgainLater);
    try {
      while (!signal.aborted) {
        if (this.#mustLoad) await this.#load();
        this.#begin();
        await this.#bell.rung(signal);
      }
    } finally {
      cancelTimer();
      await Promise.all(this.#running);
    }
  }

  async #load(): Promise<void> {
    const { store, logger } = this.#options;
    this.#mustLoad = false;
    const onDamaged = ({ key, failure }: DamagedRow<ContentName>): void =>
      logger.warn("What is known of a content cannot be read.", { key, failure });
    const rows = (await store.contents({ onDamaged })).flatMap((row) => {
      const { file, origin, state } = row;
      const isOnItsWay = origin === "platform" && state === "writing" && file !== undefined;
      return isOnItsWay ? [{ ...row, file }] : [];
    });
    const objects = await store.get(
      "objects",
      rows.map(({ file }) => file),
    );
    for (const [index, row] of rows.entries()) {
      const object = objects[index];
      if (isFetching(object, row)) this.#consider(object, { isDue: object.keepOffline === true });
      else await this.#dropUnlessWanted(row.file, row.name);
    }
  }

  /** @param isDue - a refusal is old enough to ask again. */
  #consider(object: ObjectRow, { isDue = false }: { readonly isDue?: boolean } = {}): void {
    const { key, fetching, realId, id } = object;
    if (fetching === undefined || object.removed === true) return;
    // Until its create is confirmed there is nobody to ask.
    if (realId === undefined && isProvisionalId(id)) return;
    const wanted = this.#wanted.get(key) ?? {
      content: fetching.content,
      stop: new AbortController(),
      phase: "refused" as const,
      refusedAs: object.view.state,
    };
    this.#wanted.set(key, wanted);
    if (wanted.phase !== "refused") return;
    const { state } = object.view;
    const isClosedNow =
      object.keepOffline === true && state === "closed" && wanted.refusedAs !== state;
    if (fetching.refused !== undefined && !isDue && !isClosedNow) return;
    wanted.phase = "queued";
    this.#bell.ring();
  }

  #begin(): void {
    const { limits } = this.#options;
    for (const [key, wanted] of this.#wanted) {
      if (this.#running.size >= limits.downloads) return;
      if (wanted.phase !== "queued") continue;
      wanted.phase = "running";
      const running = this.#fetch(key, wanted).finally(() => {
        this.#running.delete(running);
        this.#bell.ring();
      });
      this.#running.add(running);
    }
  }

  async #fetch(key: LocalKey, wanted: Wanted): Promise<void> {
    const { term, locks, logger, signal } = this.#options;
    // A frozen tab may still hold it; it is no sender any more, and what it writes is refused.
    const lock = { steal: true };
    try {
      await locks.request(lockOfContent(wanted.content), lock, () =>
        this.#fetchLocked(key, wanted),
      );
    } catch (error) {
      wanted.phase = "refused";
      // Who takes the lock away has taken the sender's place before.
      if (signal.aborted || wanted.stop.signal.aborted || !term.mayAct()) return;
      logger.error("A download broke off, and begins again with the next term.", { error, key });
    }
  }

  async #fetchLocked(key: LocalKey, wanted: Wanted): Promise<void> {
    const { store, signal } = this.#options;
    const [[object], [row]] = await Promise.all([
      store.get("objects", [key]),
      store.get("contents", [wanted.content]),
    ]);
    if (row === undefined || !isFetching(object, row)) {
      this.#forget(key, wanted);
      await this.#dropUnlessWanted(key, wanted.content);
      return;
    }
    const end = await this.#download({ object, row }, wanted);
    signal.throwIfAborted();
    switch (end.kind) {
      case "finished":
        this.#forget(key, wanted);
        return;
      case "dropped":
        this.#forget(key, wanted);
        await this.#dropUnlessWanted(key, wanted.content);
        return;
      case "refused":
        wanted.phase = "refused";
        wanted.refusedAs = object.view.state;
        await this.#refuse(key, wanted, end.failure);
        return;
      default:
        unreachable(end);
    }
  }

  async #download(
    file: { readonly object: ObjectRow; readonly row: ContentRow },
    { stop }: Wanted,
  ): Promise<DownloadEnd> {
    const { signal } = this.#options;
    const stopped = AbortSignal.any([signal, stop.signal]);
    try {
      return await new Download(file, this.#options, stopped).run();
    } catch (error) {
      if (stop.signal.aborted) return { kind: "dropped" };
      throw error;
    }
  }

  async #refuse(key: LocalKey, { content }: Wanted, failure: Failure): Promise<void> {
    const { term, logger } = this.#options;
    logger.warn("The content of a file could not be fetched.", { key, failure });
    await term.write(refuseFetching({ epoch: term.epoch, file: key, content }, failure));
  }

  /** Row and bytes of a content that nobody wants. */
  async #dropUnlessWanted(file: LocalKey, content: ContentName): Promise<void> {
    const { term, store, contents, logger } = this.#options;
    await term.write(dropUnlessFetching({ epoch: term.epoch, file, content }));
    const [row] = await store.get("contents", [content]);
    if (row !== undefined) return;
    await contents.remove(content).catch((error: unknown) => {
      logger.debug("Bytes that nobody wants are left to the collector.", { error });
    });
  }

  #forget(key: LocalKey, wanted: Wanted): void {
    if (this.#wanted.get(key) === wanted) this.#wanted.delete(key);
  }
}
