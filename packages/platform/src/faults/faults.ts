import { drawFraction, type Seed } from "../chance.ts";
import { canHit, type Fault, type FaultName, toFault } from "./fault.ts";
import { matchesPattern, type Pattern } from "./pattern.ts";

/** A fault that comes by chance. */
export interface FaultRate {
  /** In [0, 1]: the share of calls that it hits. */
  readonly rate: number;
  readonly fault: Fault | FaultName;
  /** Which calls. Default all. */
  readonly on?: Pattern;
}

/** A fault that waits for its call. */
export interface WaitingFault {
  /** Calls it has hit so far. */
  readonly hits: number;
  /** Gives up waiting. */
  cancel(): void;
}

/** What happens to one call. */
export interface FaultPlan {
  readonly latencyMs: number;
  /** Anything but latency. */
  readonly fault: Exclude<Fault, { readonly kind: "latency" }> | undefined;
}

/** What names a call to chance: the same one draws the same, however many others there are. */
export interface FaultEntity {
  readonly path: string;
  /**
   * Its canonical input. The ids in it are drawn from the nonce or the number of their create, so they need no other
   * name.
   */
  readonly body: string;
  /** How often the same call has been made, this time included. */
  readonly attempt: number;
}

interface Waiting {
  readonly pattern: Pattern;
  readonly fault: Fault;
  hits: number;
  left: number;
}

/**
 * What goes wrong, as tests and demonstrations ask for it: the next call of a kind, or any call by chance. Chance is
 * drawn for each call from the seed, the call and its attempt (design §8).
 */
export class Faults {
  readonly #seed: () => Seed;
  #waiting: Waiting[] = [];
  #rates: readonly FaultRate[] = [];
  #longestSearchLagMs = 0;

  /** @param seed - of the world, which can be exchanged for another one. */
  constructor(seed: () => Seed) {
    this.#seed = seed;
  }

  /**
   * Hits the next call that matches, or the next `times`. Faults that wait for the same call hit one call each, in
   * the order given; only a latency may hit together with another.
   */
  next(pattern: Pattern, fault: Fault | FaultName, times = 1): WaitingFault {
    const waiting: Waiting = { pattern, fault: toFault(fault), hits: 0, left: times };
    this.#waiting.push(waiting);
    this.#lookBack(waiting.fault);
    return {
      get hits() {
        return waiting.hits;
      },
      cancel: () => {
        this.#waiting = this.#waiting.filter((other) => other !== waiting);
      },
    };
  }

  /** Replaces all rates. Of several faults that a call draws, the first in the list hits it. */
  rates(rates: readonly FaultRate[]): void {
    this.#rates = rates;
    for (const { fault } of rates) this.#lookBack(toFault(fault));
  }

  /** No faults any more. */
  clear(): void {
    this.#waiting = [];
    this.#rates = [];
    this.#longestSearchLagMs = 0;
  }

  /** How far back a search has been asked to look, at the most, since the faults were last cleared. */
  get longestSearchLagMs(): number {
    return this.#longestSearchLagMs;
  }

  plan(entity: FaultEntity): FaultPlan {
    const faults = [...this.#takeWaiting(entity.path), ...this.#draw(entity)];
    const latency = faults.find((fault) => fault.kind === "latency");
    return {
      latencyMs: latency === undefined ? 0 : this.#latencyMs(latency, entity),
      fault: faults.find((fault) => fault.kind !== "latency"),
    };
  }

  #lookBack(fault: Fault): void {
    if (fault.kind !== "searchLag") return;
    this.#longestSearchLagMs = Math.max(this.#longestSearchLagMs, fault.ms);
  }

  #takeWaiting(path: string): readonly Fault[] {
    const matching = this.#waiting.filter(
      ({ pattern, fault }) => matchesPattern(pattern, path) && canHit(fault, path),
    );
    const taken = [
      matching.find(({ fault }) => fault.kind === "latency"),
      matching.find(({ fault }) => fault.kind !== "latency"),
    ].filter((waiting) => waiting !== undefined);
    for (const waiting of taken) {
      waiting.hits += 1;
      waiting.left -= 1;
    }
    this.#waiting = this.#waiting.filter(({ left }) => left > 0);
    return taken.map(({ fault }) => fault);
  }

  #draw(entity: FaultEntity): readonly Fault[] {
    return this.#rates
      .filter(({ on = "*" }) => matchesPattern(on, entity.path))
      .flatMap(({ rate, fault }, index) => {
        const drawn = drawFraction(this.#seed(), ["fault", index, ...parts(entity)]);
        return drawn < rate && canHit(toFault(fault), entity.path) ? [toFault(fault)] : [];
      });
  }

  #latencyMs(latency: Fault & { readonly kind: "latency" }, entity: FaultEntity): number {
    const { ms, maxMs = ms } = latency;
    if (maxMs <= ms) return ms;
    const drawn = drawFraction(this.#seed(), ["latency", ...parts(entity)]);
    return Math.round(ms + (maxMs - ms) * drawn);
  }
}

function parts({ path, body, attempt }: FaultEntity): readonly (string | number)[] {
  return [path, body, attempt];
}
