import type { EpochMs } from "@holdfast/core";
import type { Copy, DataObject } from "./data-object.ts";
import type { UnsavedRows } from "./unsaved-rows.ts";

/** One change of one copy, and what the copy was before it. */
export interface PastEntry {
  /** From 0 on, without a gap; from 0 on again once everything has been forgotten. */
  readonly number: number;
  readonly at: EpochMs;
  readonly project: string;
  readonly id: string;
  /** Undefined where the change made the copy. Shares nothing that changes with the copy that there is now. */
  readonly before: Copy | undefined;
}

/** By id: what has changed since, as it was; undefined what was not there. */
export type Before = ReadonlyMap<string, Copy | undefined>;

/**
 * What the copies of a world were, as far back as a search that lags has to see. Nothing is kept while nothing lags.
 */
export class Past {
  readonly #unsaved: UnsavedRows;
  readonly #entries: PastEntry[] = [];
  #keptMs = 0;
  #at: EpochMs = 0;

  constructor(unsaved: UnsavedRows) {
    this.#unsaved = unsaved;
  }

  get entries(): readonly PastEntry[] {
    return this.#entries;
  }

  entry(number: number): PastEntry | undefined {
    return this.#entries[number - (this.#entries[0]?.number ?? 0)];
  }

  /** What is noted from here on happens at that time. */
  turnTo(at: EpochMs): void {
    this.#at = at;
  }

  /** Keeps so much of the past from here on, and forgets what lies before that. */
  keep(ms: number, now: EpochMs): void {
    this.#keptMs = ms;
    this.turnTo(now);
    if (this.#entries.length === 0) return;
    const kept = this.#entries.findIndex(({ at }) => ms > 0 && at > now - ms);
    const gone = this.#entries.splice(0, kept === -1 ? this.#entries.length : kept);
    for (const { number } of gone) this.#unsaved.add("past", String(number));
  }

  /** To be told before a copy changes or goes. */
  note(copy: Copy): void {
    if (this.#keptMs > 0) this.#add(copy, asItIs(copy));
  }

  /** To be told of a copy that was not there. */
  noteNew(copy: Copy): void {
    if (this.#keptMs > 0) this.#add(copy, undefined);
  }

  /** What a saved world knew. */
  load(entry: PastEntry): void {
    this.#entries.push(entry);
    this.#unsaved.add("past", String(entry.number));
  }

  /** By project: whatever has changed after that time. */
  asOf(time: EpochMs): ReadonlyMap<string, Before> {
    const projects = new Map<string, Map<string, Copy | undefined>>();
    for (const { at, project, id, before } of this.#entries.toReversed()) {
      if (at <= time) break;
      const copies = projects.get(project) ?? new Map<string, Copy | undefined>();
      projects.set(project, copies.set(id, before));
    }
    return projects;
  }

  #add({ project, object: { id } }: Copy, before: Copy | undefined): void {
    const last = this.#entries.at(-1);
    const number = last === undefined ? 0 : last.number + 1;
    // A clock that goes back does not put an effect before its cause.
    const at = Math.max(this.#at, last?.at ?? 0);
    this.load({ number, at, project, id, before });
  }
}

function asItIs(copy: Copy): Copy {
  const { file } = copy.object;
  const object: DataObject = {
    ...copy.object,
    ...(file === undefined ? {} : { file: { ...file, parts: new Map(file.parts) } }),
    copies: new Map(),
  };
  const before: Copy = { ...copy, object };
  object.copies.set(copy.project, before);
  return before;
}
