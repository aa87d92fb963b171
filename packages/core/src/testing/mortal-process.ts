import type { Channel, Clock, Locks } from "../ports.ts";
import { HoldfastError } from "../failure.ts";
import type { Store } from "../store.ts";

/**
 * What a process does through its ports, with the process killed or frozen at any moment. Killed, they all fall
 * silent for ever, and its locks are free at once; frozen, they stand still until it thaws, its locks held. What had
 * left by then takes its effect without it, as with a tab that a person closes or a machine that sleeps.
 */
export class MortalProcess {
  readonly #death = Promise.withResolvers<never>();
  #isDead = false;
  #frozen: PromiseWithResolvers<void> | undefined;
  #doom: { callsLeft: number; readonly moment: "before" | "after" } | undefined;

  constructor() {
    this.#death.promise.catch(() => undefined);
  }

  get isDead(): boolean {
    return this.#isDead;
  }

  kill(): void {
    this.#isDead = true;
    this.thaw();
    this.#death.reject(
      new HoldfastError({ code: "StorageClosed", message: "The process was killed." }),
    );
  }

  /** Kills it at its n-th call from now: `before` that begins, or `after`, so that it has its effect unheard. */
  killAtCall(calls: number, moment: "before" | "after"): void {
    this.#doom = { callsLeft: calls, moment };
  }

  /** Takes back `killAtCall`. */
  spare(): void {
    this.#doom = undefined;
  }

  freeze(): void {
    this.#frozen ??= Promise.withResolvers();
  }

  thaw(): void {
    this.#frozen?.resolve();
    this.#frozen = undefined;
  }

  /** A call out of the process, begun at once where it runs. */
  call<Value>(act: () => Promise<Value>): Promise<Value> {
    if (this.#isDead) return silence();
    if (this.#doom !== undefined && --this.#doom.callsLeft <= 0) {
      if (this.#doom.moment === "after") void act().catch(() => undefined);
      this.kill();
      return silence();
    }
    return this.#frozen === undefined ? this.#hear(act()) : this.#later(act);
  }

  store(store: Store): Store {
    return {
      write: (write) => this.call(() => store.write(write)),
      get: (table, keys, options) => this.call(() => store.get(table, keys, options)),
      lanes: (keys, options) => this.call(() => store.lanes(keys, options)),
      scan: (table, scan) => this.call(() => store.scan(table, scan)),
      contents: () => this.call(() => store.contents()),
      count: (table) => this.call(() => store.count(table)),
      find: (query) => this.call(() => store.find(query)),
      countFound: (query) => this.call(() => store.countFound(query)),
      subfolders: (project, folder) => this.call(() => store.subfolders(project, folder)),
      aliasesOf: (ids) => this.call(() => store.aliasesOf(ids)),
      changesSince: (change) => this.call(() => store.changesSince(change)),
      checkForChanges: () => this.call(() => store.checkForChanges()),
      onCommit: (listener) => store.onCommit((notice) => this.tell(() => listener(notice))),
      status: () => store.status(),
      onStatus: (listener) => store.onStatus((status) => this.tell(() => listener(status))),
      close: () => this.call(() => store.close()),
    };
  }

  locks(locks: Locks): Locks {
    return {
      request: (name, options, callback) => {
        const held = locks.request(name, options, (given) =>
          Promise.race([this.call(() => callback(given)), this.#death.promise]),
        );
        // Nobody hears of it where the process is killed at this very call.
        held.catch(() => undefined);
        return this.call(() => held);
      },
    };
  }

  /** Its clocks run on while it is frozen; its timers fire when it thaws. */
  clock(clock: Clock): Clock {
    return {
      now: () => clock.now(),
      monotonic: () => clock.monotonic(),
      timer: (delayMs, callback) => {
        let isCancelled = false;
        const cancel = clock.timer(delayMs, () => {
          this.tell(() => {
            if (!isCancelled) callback();
          });
        });
        return () => {
          isCancelled = true;
          cancel();
        };
      },
    };
  }

  channel(channel: Channel): Channel {
    return {
      post: (message) => this.tell(() => channel.post(message)),
      subscribe: (listener) => channel.subscribe((message) => this.tell(() => listener(message))),
      close: () => channel.close(),
    };
  }

  /** Something that reaches it from outside: at once, when it thaws, or never. */
  tell(told: () => void): void {
    if (this.#isDead) return;
    if (this.#frozen === undefined) told();
    else void this.#frozen.promise.then(() => this.tell(told));
  }

  async #later<Value>(act: () => Promise<Value>): Promise<Value> {
    await this.#frozen?.promise;
    return await this.call(act);
  }

  async #hear<Value>(outcome: Promise<Value>): Promise<Value> {
    try {
      return await outcome;
    } finally {
      await this.#frozen?.promise;
      if (this.#isDead) await silence();
    }
  }
}

function silence(): Promise<never> {
  return new Promise(() => undefined);
}
