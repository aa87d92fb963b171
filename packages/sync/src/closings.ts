import {
  aliasesOfClose,
  type Clock,
  type JournalRow,
  type LocalKey,
  type Logger,
  type ObjectRow,
  type ObjectState,
  type Random,
  settleClose,
  unreachable,
} from "@holdfast/core";
import { Bell } from "./bell.ts";
import type { Inquiry } from "./inquiry.ts";
import type { EngineLimits } from "./limits.ts";
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
  /** Whether nothing else is being sent, so that waiting for company would be in vain. */
  readonly isQuiet: () => boolean;
}

interface Watched {
  readonly lane: LocalKey;
  readonly request: number;
  /** When the platform accepted the close, as this process counts. */
  readonly sinceMonotonic: number;
  /** Looks so far. */
  looks: number;
  nextMonotonic: number;
}

/**
 * Watches objects that we closed until they are seen closed (design §5, closing): all of them in one bulk call, at
 * growing intervals. The first look waits until nothing else is to be sent, so that thousands cost a few calls.
 *
 * @see docs/decisions/0025-late-delivery-and-closing.md
 */
export class Closings {
  readonly #options: ClosingsOptions;
  /** By the number of the request: an object can be closed more than once. */
  readonly #watched = new Map<number, Watched>();
  readonly #bell = new Bell();
  #cancelTimer: (() => void) | undefined;

  constructor(options: ClosingsOptions) {
    this.#options = options;
  }

  get size(): number {
    return this.#watched.size;
  }

  /** The platform has accepted the close that this row carried, now or in an earlier process. */
  watch({ lane, number }: JournalRow): void {
    const now = this.#options.clock.monotonic();
    this.#watched.set(number, {
      lane,
      request: number,
      sinceMonotonic: now,
      looks: 0,
      nextMonotonic: now,
    });
    this.#bell.ring();
  }

  /** It may have become quiet, or the connection is there again. */
  ring(): void {
    if (this.#watched.size > 0) this.#bell.ring();
  }

  /** Until the term ends. */
  async run(signal: AbortSignal): Promise<void> {
    try {
      while (!signal.aborted) {
        await this.#bell.rung(signal);
        const due = this.#options.isOnline() ? this.#due() : [];
        if (due.length > 0) await Promise.all(due.map((watched) => this.#look(watched)));
        this.#setTimer();
      }
    } finally {
      this.#cancelTimer?.();
    }
  }

  #due(): readonly Watched[] {
    const { clock, limits, isQuiet } = this.#options;
    const now = clock.monotonic();
    const mayBegin = isQuiet() || this.#watched.size >= limits.objectsPerCall;
    const due: Watched[] = [];
    for (const watched of this.#watched.values()) {
      if (due.length >= limits.objectsPerCall) break;
      const waited = now - watched.sinceMonotonic >= limits.closingCompanyMs;
      if (watched.nextMonotonic <= now && (watched.looks > 0 || mayBegin || waited))
        due.push(watched);
    }
    return due;
  }

  #setTimer(): void {
    const { clock, limits } = this.#options;
    this.#cancelTimer?.();
    this.#cancelTimer = undefined;
    let nextMonotonic = Number.POSITIVE_INFINITY;
    for (const { looks, sinceMonotonic, nextMonotonic: at } of this.#watched.values()) {
      const due = looks === 0 ? sinceMonotonic + limits.closingCompanyMs : at;
      nextMonotonic = Math.min(nextMonotonic, due);
    }
    if (nextMonotonic === Number.POSITIVE_INFINITY) return;
    // Offline nothing is due; the connection rings.
    const delayMs = Math.max(1_000, nextMonotonic - clock.monotonic());
    this.#cancelTimer = clock.timer(delayMs, () => this.#bell.ring());
  }

  async #look(watched: Watched): Promise<void> {
    const { clock, limits, store, inquiry, term } = this.#options;
    watched.looks += 1;
    const pauseMs = Math.min(limits.closingCapMs, 1_000 * 2 ** (watched.looks - 1));
    watched.nextMonotonic = clock.monotonic() + pauseMs;
    const [object] = await store.get("objects", [watched.lane]);
    if (object?.realId === undefined) {
      await this.#settle(watched, {});
      return;
    }
    const reply = await inquiry.describe({ project: object.project, id: object.realId }, 1);
    term.signal.throwIfAborted();
    switch (reply.kind) {
      case "described":
        await this.#settle(watched, { object, described: reply.described.state });
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

  async #settle(
    watched: Watched,
    { object, described }: { readonly object?: ObjectRow; readonly described?: ObjectState },
  ): Promise<void> {
    const { term, clock, random, limits, logger, serverClock } = this.#options;
    const serverOffsetMs = serverClock.offsetMs();
    const hadItsTime = clock.monotonic() - watched.sinceMonotonic >= limits.closesAgainAfterMs;
    const settled = await term.write(
      settleClose({
        epoch: term.epoch,
        lane: watched.lane,
        request: watched.request,
        aliases: object === undefined ? [] : aliasesOfClose(object),
        at: clock.now(),
        ...(described === undefined ? {} : { described }),
        ...(hadItsTime ? { closeAgain: { random } } : {}),
        ...(serverOffsetMs === undefined ? {} : { serverOffsetMs }),
      }),
    );
    switch (settled.kind) {
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
    this.#watched.delete(watched.request);
  }
}
