import type { EpochMs } from "@holdfast/core";
import { archivalEnd } from "./archival.ts";
import type { DataObject } from "./data-object.ts";
import { SortedChunks } from "./sorted-chunks.ts";

/** What a file waits for: to be closed, to have rested too long, to be removed after that; to reach or leave the archive. */
export type Wait = "closes" | "rests" | "goes" | "travels";

export interface WaitingFile {
  readonly id: string;
  /** Of `closes` and `travels` the time at which it happens; of the others the time since when it waits. */
  readonly at: EpochMs;
}

/** The files to which time alone will do something, by what and in the order in which it happens. */
export class FileSchedule {
  readonly #lists: Readonly<Record<Wait, SortedChunks<WaitingFile>>> = {
    closes: new SortedChunks(compare),
    rests: new SortedChunks(compare),
    goes: new SortedChunks(compare),
    travels: new SortedChunks(compare),
  };
  readonly #entries = new Map<string, readonly (readonly [Wait, WaitingFile])[]>();

  /** To be told after each change of a file; a record waits for nothing. */
  update(object: DataObject): void {
    if (object.file === undefined) return;
    this.remove(object);
    const entries = waitsOf(object).map(([wait, at]) => [wait, { id: object.id, at }] as const);
    for (const [wait, entry] of entries) this.#lists[wait].add(entry);
    if (entries.length > 0) this.#entries.set(object.id, entries);
  }

  remove({ id }: DataObject): void {
    for (const [wait, entry] of this.#entries.get(id) ?? []) this.#lists[wait].remove(entry);
    this.#entries.delete(id);
  }

  first(wait: Wait): WaitingFile | undefined {
    return this.#lists[wait].first;
  }
}

function waitsOf(object: DataObject): readonly (readonly [Wait, EpochMs])[] {
  const { state, file } = object;
  if (file === undefined) return [];
  if (state === "closed") {
    const ends = [...object.copies.values()].flatMap((copy) => archivalEnd(copy) ?? []);
    return ends.length === 0 ? [] : [["travels", Math.min(...ends)]];
  }
  if (state === "abandoned") return [["goes", file.abandonedAt ?? file.activeAt]];
  const rests = ["rests", file.activeAt] as const;
  return state === "closing" ? [["closes", file.closesAt ?? file.activeAt], rests] : [rests];
}

function compare(left: WaitingFile, right: WaitingFile): number {
  return left.at - right.at || (left.id < right.id ? -1 : left.id > right.id ? 1 : 0);
}
