import type { Clock } from "@holdfast/core";
import type { Seed } from "../chance.ts";
import { BoundedLog } from "../world/bounded-log.ts";
import type { RequestEntry } from "./request-entry.ts";
import { RequestIds } from "./request-ids.ts";
import { idOfPath, routeName } from "./route-name.ts";

interface Start {
  readonly path: string;
  readonly body: string;
  readonly attempt: number;
  readonly fault?: string | undefined;
  readonly copyOf?: number | undefined;
}

/** The calls that reached the platform. */
export class RequestLog {
  readonly #clock: Clock;
  readonly #ids: RequestIds;
  readonly #log: BoundedLog<RequestEntry>;

  constructor(clock: Clock, seed: Seed, limit: number) {
    this.#clock = clock;
    this.#ids = new RequestIds(seed);
    this.#log = new BoundedLog(limit);
  }

  get entries(): readonly RequestEntry[] {
    return this.#log.entries;
  }

  add(start: Start): RequestEntry {
    const entry = this.entryOf(start);
    this.#log.add(entry);
    return entry;
  }

  /** An entry that stays out of the log: of what the platform does by itself. */
  entryOf({ path, body, attempt, fault, copyOf }: Start): RequestEntry {
    const at = this.#clock.now();
    return {
      number: this.#log.count,
      at,
      requestId: this.#ids.next(at, [path, body, attempt]),
      path,
      route: routeName(path),
      object: idOfPath(path),
      user: undefined,
      body,
      fault,
      status: undefined,
      error: undefined,
      answered: false,
      copyOf,
    };
  }
}
