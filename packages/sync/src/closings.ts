import {
  aliasesOfClose,
  type Clock,
  type Described,
  type HistoryRow,
  type JournalRow,
  type LocalKey,
  type Logger,
  type ObjectRow,
  type Random,
  type Sequence,
  settleClose,
  unreachable,
} from "@holdfast/core";
import { Bell } from "./bell.ts";
import type { Inquiry } from "./inquiry.ts";
import type { EngineLimits } from "./limits.ts";
import { readObjects } from "./read-rows.ts";
import type { ServerClock } from "./server-clock.ts";
import type { StoreReads } from "./store-reads.ts";
import type { Term } from "./term.ts";

export interface ClosingsOptions {
  readonly term: Term;
  readonly store: StoreReads;
  readonly clock: Clock;
  readonly random: Random;
  readonly logger: Logger;
  readonly limits: EngineLimits;
  readonly serverClock: ServerClock;
  readonly inquiry: Inquiry;
  readonly isOnline: () => boolean;
  /** Whether nothing else is on its way, so that waiting for company would be in vain. */
  readonly isQuiet: () => boolean;
}

interface Watched {
  readonly lane: LocalKey;
  readonly request: number;
  /** What it carried. */
  readonly operations: readonly Sequence[];
  /** When the platform accepted the close, as this process counts. */
  readonly sinceMonotonic: number;
}

/** What a look has shown. */
interface Seen {
  readonly object?: ObjectRow;
  readonly described?: Described;
}

/** Looked at before, and not closed then. */
interface Again extends Watched {
  /** Looks so far. */
  readonly looks: number;
  readonly nextMonotonic: number;
}

/**
 * Watches objects that we closed until they are seen closed (design §5, closing): all of them in one bulk call, at
 * growing intervals. The first look waits until nothing else is being sent, with bounds, so that thousands cost a few
 * calls.
 *
 * @see docs/decisions/0025-late-delivery-and-closing.md
 */
export class Closings {
  readonly #options: ClosingsOptions;
  /** Not looked at yet, the oldest first. By the number of the request: an object can be closed more than once. */
  readonly #fresh = new Map<number, Watched>();
  readonly #again = new Map<number, Again>();
  /** When the platform accepted a close last. */
  #acceptedMonotonic = Number.NEGATIVE_INFINITY;
  readonly #bell = new Bell();
  #cancelTimer: (() => void) | undefined;

  constructor(options: ClosingsOptions) {
    this.#options = options;
  }

  /** The platform has accepted the close that this row carried, now or in an earlier process. */
  watch({ lane, number, operations }: JournalRow): void {
    const now = this.#options.clock.monotonic();
    this.#fresh.set(number, { lane, request: number, operations, sinceMonotonic: now });
    this.#acceptedMonotonic = now;
    // The first sets the timer; those after it wait for that, for quiet, or until they fill a call.
    const { size } = this.#fresh;
    if (size === 1 || size >= this.#options.limits.objectsPerCall) this.#bell.ring();
  }

  /** It may have become quiet. */
  ring(): void {
    if (this.#fresh.size > 0 && this.#options.isQuiet()) this.#bell.ring();
  }

  /** The connection may be there again. */
  wake(): void {
    if (this.#fresh.size + this.#again.size > 0) this.#bell.ring();
  }

  /** Until the term ends. */
  async run(signal: AbortSignal): Promise<void> {
    try {
      while (!signal.aborted) {
        await this.#bell.rung(signal);
        if (this.#options.isOnline()) await this.#look();
        this.#setTimer();
      }
    } finally {
      this.#cancelTimer?.();
    }
  }

  async #look(): Promise<void> {
    const { store } = this.#options;
    const due = this.#takeDue();
    if (due.length === 0) return;
    const objects = await readObjects(
      store,
      due.map(({ lane }) => lane),
    );
    // What cannot be read is looked at again: nothing of it could be written.
    const readable = due.filter(({ lane }) => objects.has(lane));
    await Promise.all(readable.map((watched) => this.#lookAt(watched, objects.get(watched.lane))));
  }

  /** Those that nobody has looked at go together: what one of them has waited for, all have. */
  #takeDue(): readonly Again[] {
    const { clock, limits, isQuiet } = this.#options;
    const now = clock.monotonic();
    const due: Watched[] = [];
    for (const watched of this.#again.values()) {
      if (due.length >= limits.objectsPerCall) break;
      if (watched.nextMonotonic <= now) due.push(watched);
    }
    if (
      this.#fresh.size > 0 &&
      (this.#fresh.size >= limits.objectsPerCall || this.#freshDueMonotonic() <= now || isQuiet())
    ) {
      due.push(...[...this.#fresh.values()].slice(0, limits.objectsPerCall - due.length));
    }
    return due.map((watched) => this.#take(watched, now));
  }

  #take(watched: Watched, now: number): Again {
    const looks = (this.#again.get(watched.request)?.looks ?? 0) + 1;
    const pauseMs = Math.min(this.#options.limits.closingCapMs, 1_000 * 2 ** (looks - 1));
    const again = { ...watched, looks, nextMonotonic: now + pauseMs };
    this.#fresh.delete(watched.request);
    this.#again.set(watched.request, again);
    return again;
  }

  /** When those that nobody has looked at have waited for company long enough. */
  #freshDueMonotonic(): number {
    const { limits } = this.#options;
    const [oldest] = this.#fresh.values();
    if (oldest === undefined) return Number.POSITIVE_INFINITY;
    return Math.min(
      this.#acceptedMonotonic + limits.closingCompanyMs,
      oldest.sinceMonotonic + limits.closingCompanyCapMs,
    );
  }

  #setTimer(): void {
    const { clock } = this.#options;
    this.#cancelTimer?.();
    this.#cancelTimer = undefined;
    let next = this.#freshDueMonotonic();
    for (const { nextMonotonic } of this.#again.values()) next = Math.min(next, nextMonotonic);
    if (next === Number.POSITIVE_INFINITY) return;
    // Offline nothing is due; the connection rings.
    const delayMs = Math.max(1_000, next - clock.monotonic());
    this.#cancelTimer = clock.timer(delayMs, () => this.#bell.ring());
  }

  async #lookAt(watched: Watched, object: ObjectRow | undefined): Promise<void> {
    const { inquiry, term } = this.#options;
    if (object?.realId === undefined) {
      await this.#settle(watched, {});
      return;
    }
    const { project, realId: id, content } = object;
    const parts = content !== undefined || object.partsLeft === true;
    const reply = await inquiry.describe({ project, id, ...(parts && { parts }) }, 1);
    term.signal.throwIfAborted();
    switch (reply.kind) {
      case "described":
        await this.#settle(watched, { object, described: reply.described });
        return;
      case "absent":
        await this.#settle(watched, { object });
        return;
      case "refused":
        return;
      default:
        unreachable(reply);
    }
  }

  async #settle(watched: Watched, sight: Seen, history?: readonly HistoryRow[]): Promise<void> {
    const { term, store, clock, random, limits, logger, serverClock } = this.#options;
    const { object, described } = sight;
    const serverOffsetMs = serverClock.offsetMs();
    const hadItsTime = clock.monotonic() - watched.sinceMonotonic >= limits.closesAgainAfterMs;
    const parts = described?.parts;
    const content = object?.content;
    const settled = await term.write(
      settleClose({
        epoch: term.epoch,
        lane: watched.lane,
        request: watched.request,
        aliases: object === undefined ? [] : aliasesOfClose(object),
        at: clock.now(),
        ...(history === undefined ? {} : { history }),
        ...(described === undefined ? {} : { described: described.state }),
        ...(parts === undefined
          ? {}
          : { parts: { seen: parts, ...(content === undefined ? {} : { content }) } }),
        ...(hadItsTime ? { closeAgain: { random } } : {}),
        ...(serverOffsetMs === undefined ? {} : { serverOffsetMs }),
      }),
    );
    switch (settled.kind) {
      case "changed": {
        const rows = await store.get("history", watched.operations);
        const known = rows.filter((row) => row !== undefined);
        await this.#settle(watched, sight, known);
        return;
      }
      case "open":
      case "closing":
        return;
      case "closesAgain":
        logger.warn("An object that was closed is still open: it is closed again.", {
          object: watched.lane,
        });
        break;
      case "settled":
        break;
      default:
        unreachable(settled);
    }
    this.#again.delete(watched.request);
  }
}
