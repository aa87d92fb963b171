/** Milliseconds since the Unix epoch, UTC. */
export type EpochMs = number;

/**
 * Both clocks and the only timers. `now` may jump (a person sets the clock), `monotonic` never goes back but
 * restarts with the process.
 */
export interface Clock {
  now(): EpochMs;
  /** Milliseconds since an arbitrary start of this process. */
  monotonic(): number;
  /** Calls back once, after `delayMs`; the function returned cancels it. */
  timer(delayMs: number, callback: () => void): () => void;
}

/**
 * Chance. `entity` names what is drawn for (`nonce:17`, `backoff:create-3:2`); production ignores it, a seeded
 * world derives the draw from it, so that lanes running in another order still draw the same.
 */
export interface Random {
  bytes(length: number, entity: string): Uint8Array;
  /** In [0, 1). */
  fraction(entity: string): number;
}

export interface LockOptions {
  readonly signal?: AbortSignal;
  /** Take the lock from whoever holds it. The loser's promise rejects; its callback is not stopped. */
  readonly steal?: boolean;
  /** Call back with `false` at once where the lock is held. */
  readonly ifAvailable?: boolean;
}

/** Web Locks, as far as they are needed. The lock is held until the callback's promise settles. */
export interface Locks {
  request<T>(
    name: string,
    options: LockOptions,
    callback: (held: boolean) => Promise<T>,
  ): Promise<T>;
}

/** A hint between the tabs of one store. Delivery is not promised, nor order, nor that anyone listens. */
export interface Channel {
  post(message: unknown): void;
  /** Hears the other members, never itself. The function returned ends it. */
  subscribe(listener: (message: unknown) => void): () => void;
  close(): void;
}

/** What the device believes of its network: only a hint (design §5, pace). */
export interface Connectivity {
  isOnline(): boolean;
  subscribe(listener: () => void): () => void;
}

/** A running MD5, fed piece by piece. */
export interface Md5 {
  update(bytes: Uint8Array): void;
  /** 32 lowercase hex digits. Nothing is fed after it. */
  digest(): string;
}

/** Begins one; the library behind it is loaded with the first. */
export type NewMd5 = () => Promise<Md5>;

/** Where a developer looks. `error` means one must. */
export interface Logger {
  debug(message: string, data?: object): void;
  warn(message: string, data?: object): void;
  error(message: string, data?: object): void;
}

export const silentLogger: Logger = { debug() {}, warn() {}, error() {} };

/** Resolves after `delayMs`; rejects with `signal.reason` and drops the timer when aborted first. */
export function delay(clock: Clock, delayMs: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    if (signal?.aborted) {
      reject(signal.reason as Error);
      return;
    }
    const cancel = clock.timer(delayMs, () => {
      signal?.removeEventListener("abort", onAbort);
      resolve();
    });
    function onAbort(): void {
      cancel();
      reject(signal?.reason as Error);
    }
    signal?.addEventListener("abort", onAbort, { once: true });
  });
}
