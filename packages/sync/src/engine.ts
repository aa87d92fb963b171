import type {
  Channel,
  Clock,
  Connectivity,
  Failure,
  Locks,
  Logger,
  ProjectId,
  Random,
  Rights,
  ServerClockRow,
  Store,
  Transfers,
} from "@holdfast/core";
import { equalJson, type Json } from "@holdfast/core";
import {
  BehaviorSubject,
  distinctUntilChanged,
  map,
  type Observable,
  Subject,
  type Subscription,
  shareReplay,
  throttleTime,
} from "rxjs";
import { ApiClient, type Fetch } from "./api-client.ts";
import { clockScheduler } from "./clock-scheduler.ts";
import type { OnDetailsConflict } from "./details-conflicts.ts";
import type { ConnectionHint } from "./hints.ts";
import { listenTo, postTo, type EngineMessage } from "./engine-channel.ts";
import type { EngineContent } from "./engine-content.ts";
import type { EngineParts } from "./engine-parts.ts";
import { Gate } from "./gate.ts";
import { contend } from "./leadership.ts";
import { defaultLimits, type EngineLimits } from "./limits.ts";
import { Replay } from "./replay.ts";
import type { Copy } from "./inquiry.ts";
import { Seeking } from "./seeking.ts";
import { ServerClock } from "./server-clock.ts";
import type { AskForToken } from "./session.ts";
import { type EngineStatus, noCounts } from "./status.ts";
import type { Term } from "./term.ts";
import { noTransfers, TransferBoard } from "./transfers.ts";

export interface EngineOptions {
  readonly store: Store;
  /** `url`: without a trailing slash. */
  readonly api: { readonly url: string; readonly fetch: Fetch };
  /** The one user whose operations the store holds. */
  readonly user: string;
  /** Asked when a token is needed, one question at a time. */
  readonly token: AskForToken;
  readonly clock: Clock;
  readonly random: Random;
  readonly locks: Locks;
  /** Between the engines of this store. The engine does not close it. */
  readonly channel: Channel;
  readonly connectivity: Connectivity;
  readonly logger: Logger;
  /** Default: contents of files are neither sent nor fetched. */
  readonly content?: EngineContent;
  readonly limits?: Partial<EngineLimits>;
  /** Differs for each process: a monotonic time means nothing in another one. */
  readonly processId: string;
  /** The same for all engines of this store, and no others. Default: address and user. */
  readonly name?: string;
  /** Default `park`. */
  readonly onDetailsConflict?: OnDetailsConflict;
  /** Begin without sending, until `resume()`. Default false. */
  readonly paused?: boolean;
  /**
   * Stop sending whenever another engine of the store says that it is there, and stand in line behind it: for a
   * process that no person looks at. Default false.
   */
  readonly yields?: boolean;
}

/** Sends what the outbox holds, in whichever tab is elected. */
export interface Engine extends AsyncDisposable {
  /** The current status at once, then each change, at most every `statusEveryMs`. Completes on `close()`. */
  readonly status$: Observable<EngineStatus>;
  readonly status: EngineStatus;
  /**
   * Contents on their way, in whichever tab moves them: at once, then each change, at most every `statusEveryMs`.
   * Completes on `close()`.
   */
  readonly transfers$: Observable<Transfers>;
  readonly transfers: Transfers;
  /** The platform's clock minus the device's, as last seen here, told by the sender, or kept in the store. */
  readonly serverOffsetMs: number | undefined;
  /** There may be something new, or a better moment: looks, and tries again what waits for the network. */
  wake(): void;
  /** Nothing new leaves, in any tab. What has left is still heard. */
  pause(): void;
  /** Goes on; also asks for a token again, and tries what is blocked. */
  resume(): void;
  /**
   * What the one sender is allowed in a project, asked no longer ago than that. Undefined where this engine does not
   * send, or is not connected.
   */
  rightsIn(project: ProjectId, withinMs: number): Promise<Rights | undefined>;
  /**
   * Puts an object that this device does not know on it, by whoever sends. Resolves once it is in the store.
   * @throws HoldfastError why the platform does not describe it; `Unreachable` after a minute; the signal's reason.
   */
  seek(copy: Copy, signal: AbortSignal): Promise<void>;
  /** Stops at once, and lets another tab lead. What has left unheard is found out about later. Idempotent. */
  close(): Promise<void>;
}

/**
 * Starts to contend for being the one sender of the store. Resolves once the engine listens; whether it leads, and
 * what it does, is in `status$`.
 */
export async function openEngine(options: EngineOptions): Promise<Engine> {
  const serverClock = new ServerClock(options.clock);
  const [kept] = await options.store.get("meta", ["serverClock"]);
  serverClock.recall(kept as ServerClockRow | undefined);
  return new ReplayEngine(options, serverClock);
}

class ReplayEngine implements Engine {
  readonly status$: Observable<EngineStatus>;
  readonly transfers$: Observable<Transfers>;
  readonly #options: EngineOptions;
  readonly #parts: EngineParts;
  readonly #end = new AbortController();
  readonly #pulse = new Subject<void>();
  readonly #transfersPulse = new Subject<void>();
  readonly #hints = new Subject<ConnectionHint>();
  readonly #paused: BehaviorSubject<boolean>;
  readonly #owned: (() => void)[] = [];
  readonly #contending: Promise<void>;
  #leading: { readonly replay: Replay; readonly term: Term } | undefined;
  #heard: { readonly epoch: number; readonly status: EngineStatus } | undefined;
  #heardTransfers: { readonly epoch: number; readonly transfers: Transfers } | undefined;
  #stopped: Failure | undefined;
  readonly #seeking: Seeking;
  /** What the platform is being asked for, so that who asks again does not ask twice. */
  readonly #sought = new Set<string>();

  constructor(options: EngineOptions, serverClock: ServerClock) {
    const { store, api, clock, random, logger, processId, user, token, channel } = options;
    const limits: EngineLimits = { ...defaultLimits, ...options.limits };
    this.#options = options;
    this.#seeking = new Seeking({ clock, ask: (copy) => this.#ask(copy) });
    this.#paused = new BehaviorSubject(options.paused ?? false);
    this.#parts = {
      store,
      clock,
      random,
      logger,
      limits,
      processId,
      user,
      token,
      serverClock,
      transfers: new TransferBoard(clock),
      onDetailsConflict: options.onDetailsConflict ?? "park",
      fetch: api.fetch,
      locks: options.locks,
      content: options.content,
      client: new ApiClient({ ...api, clock, timeoutMs: limits.requestTimeoutMs }),
      gate: new Gate({ ...limits, clock }),
      paused$: this.#paused,
      hints$: this.#hints,
    };
    this.status$ = this.#shown(this.#pulse, () => this.status);
    this.transfers$ = this.#shown(this.#transfersPulse, () => this.transfers);
    this.#own(this.status$.subscribe((status) => this.#tell(status)));
    this.#own(this.transfers$.subscribe((transfers) => this.#tellTransfers(transfers)));
    this.#own(this.#parts.transfers.change$.subscribe(this.#transfersPulse));
    this.#own(this.#paused.subscribe(() => this.#pulse.next()));
    this.#owned.push(
      options.connectivity.subscribe(() => this.#onConnectivity()),
      listenTo(channel, (message) => this.#onMessage(message)),
    );
    postTo(channel, { kind: "hello" });
    this.#contending = contend(
      {
        store,
        clock,
        logger,
        locks: options.locks,
        owner: processId,
        lockName: `holdfast-sender:${options.name ?? `${api.url} ${user}`}`,
        leaseMs: limits.leaseMs,
        heartbeatMs: limits.heartbeatMs,
        lead: (term) => this.#lead(term),
      },
      this.#end.signal,
    );
    this.#pulse.next();
    this.#transfersPulse.next();
  }

  get status(): EngineStatus {
    if (this.#stopped !== undefined)
      return { ...waiting, phase: "stopped", failure: this.#stopped };
    if (this.#leading !== undefined) return { ...this.#leading.replay.status(), leading: true };
    const heard = this.#heard?.status ?? waiting;
    return {
      ...heard,
      leading: false,
      ...(this.#paused.value ? { phase: "paused" as const } : {}),
    };
  }

  get transfers(): Transfers {
    if (this.#leading !== undefined) return this.#parts.transfers.transfers;
    return this.#heardTransfers?.transfers ?? noTransfers;
  }

  get serverOffsetMs(): number | undefined {
    return this.#parts.serverClock.offsetMs();
  }

  wake(): void {
    this.#wake();
    this.#post({ kind: "wake" });
  }

  pause(): void {
    this.#paused.next(true);
    this.#post({ kind: "pause" });
  }

  resume(): void {
    this.#resume();
    this.#post({ kind: "resume" });
  }

  async rightsIn(project: ProjectId, withinMs: number): Promise<Rights | undefined> {
    return await this.#leading?.replay.rightsIn(project, withinMs);
  }

  seek(copy: Copy, signal: AbortSignal): Promise<void> {
    return this.#seeking.seek(copy, AbortSignal.any([signal, this.#end.signal]));
  }

  async close(): Promise<void> {
    if (!this.#end.signal.aborted) {
      this.#end.abort(new Error("The engine was closed."));
      for (const release of this.#owned) release();
    }
    await this.#contending;
    this.#pulse.complete();
    this.#transfersPulse.complete();
    this.#paused.complete();
    this.#hints.complete();
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  async #lead(term: Term): Promise<void> {
    const replay = new Replay({ ...this.#parts, term, stop: (failure) => this.#stop(failure) });
    const changes = replay.change$.subscribe(() => this.#pulse.next());
    this.#leading = { replay, term };
    this.#transfersPulse.next();
    try {
      await replay.run();
    } finally {
      changes.unsubscribe();
      this.#leading = undefined;
      this.#parts.transfers.clear();
      this.#pulse.next();
    }
  }

  #stop(failure: Failure): void {
    this.#options.logger.error("The engine stopped.", { failure });
    this.#stopped = failure;
    this.#end.abort(new Error("The engine stopped."));
    this.#pulse.next();
  }

  #wake(): void {
    this.#hints.next("now");
    void this.#options.store.checkForChanges().catch((error: unknown) => {
      this.#options.logger.debug("The store could not be looked at.", { error });
    });
  }

  #resume(): void {
    this.#paused.next(false);
    this.#leading?.replay.unblock();
    this.#hints.next("resume");
  }

  #onConnectivity(): void {
    this.#hints.next(this.#options.connectivity.isOnline() ? "soon" : "doubt");
  }

  #onMessage(message: EngineMessage): void {
    switch (message.kind) {
      case "hello":
        this.#tell(this.status);
        this.#tellTransfers(this.transfers);
        if (this.#options.yields === true) this.#leading?.term.end("resigned");
        return;
      case "wake":
        this.#wake();
        return;
      case "pause":
        this.#paused.next(true);
        return;
      case "resume":
        this.#resume();
        return;
      case "status":
        this.#hear(message);
        return;
      case "seek":
        this.#fetchObject(message);
        return;
      case "sought":
        this.#seeking.hear(message);
        return;
      case "transfers":
        if (this.#leading !== undefined || message.epoch < (this.#heardTransfers?.epoch ?? 0))
          return;
        this.#heardTransfers = message;
        this.#transfersPulse.next();
        return;
    }
  }

  /** The sender's status, for tabs that do not send. */
  #tell(status: EngineStatus): void {
    if (this.#leading === undefined) return;
    const { serverOffsetMs } = this;
    this.#post({
      ...{ kind: "status", epoch: this.#leading.term.epoch, status },
      ...(serverOffsetMs === undefined ? {} : { serverOffsetMs }),
    });
  }

  #ask(copy: Copy): void {
    if (this.#leading === undefined) this.#post({ kind: "seek", ...copy });
    else this.#fetchObject(copy);
  }

  #fetchObject({ project, id }: Copy): void {
    const name = `${project}/${id}`;
    if (this.#leading === undefined || this.#sought.has(name)) return;
    this.#sought.add(name);
    this.#leading.replay
      .fetchObject({ project, id })
      .then((failure) => {
        const sought = { project, id, ...(failure === undefined ? {} : { failure }) };
        this.#seeking.hear(sought);
        this.#post({ kind: "sought", ...sought });
      })
      .catch((error: unknown) => {
        this.#options.logger.debug("An object was not asked for to the end.", { error });
      })
      .finally(() => this.#sought.delete(name));
  }

  #tellTransfers(transfers: Transfers): void {
    if (this.#leading === undefined) return;
    this.#post({ kind: "transfers", epoch: this.#leading.term.epoch, transfers });
  }

  /** A replaced sender may still speak: the highest epoch is believed. */
  #hear({ epoch, status, serverOffsetMs }: Extract<EngineMessage, { kind: "status" }>): void {
    if (this.#leading !== undefined || epoch < (this.#heard?.epoch ?? 0)) return;
    const isNews = this.#heard === undefined;
    this.#heard = { epoch, status };
    if (serverOffsetMs !== undefined) this.#parts.serverClock.hear(serverOffsetMs);
    // Who comes later joins the pause that a person asked for in another tab.
    if (isNews && status.phase === "paused") this.#paused.next(true);
    this.#pulse.next();
  }

  #post(message: EngineMessage): void {
    if (!this.#end.signal.aborted) postTo(this.#options.channel, message);
  }

  /** What it is at each pulse, not too often, and never twice the same. */
  #shown<Value extends object>(pulse$: Observable<void>, current: () => Value): Observable<Value> {
    const { clock, limits } = this.#parts;
    return pulse$.pipe(
      throttleTime(limits.statusEveryMs, clockScheduler(clock), { leading: true, trailing: true }),
      map(current),
      distinctUntilChanged((left, right) =>
        equalJson(left as unknown as Json, right as unknown as Json),
      ),
      shareReplay({ bufferSize: 1, refCount: true }),
    );
  }

  #own(subscription: Subscription): void {
    this.#owned.push(() => subscription.unsubscribe());
  }
}

/** What is known before any sender was heard. */
const waiting: EngineStatus = {
  phase: "connecting",
  leading: false,
  blocked: [],
  counts: noCounts,
};
