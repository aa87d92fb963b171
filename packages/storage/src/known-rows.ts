import type { KeyOf, LocalKey, Sequence, TableName } from "@holdfast/core";
import type { Fetched } from "./fetch-rows.ts";
import type { Numbers } from "./schema.ts";
import { sizeBound } from "./size-bound.ts";

type AnyKey = KeyOf<TableName>;

/** Tables of which every commit is counted. Not `meta`, whose commits are none; nobody reads a history twice. */
const keptTables = ["objects", "outbox", "journal", "aliases"] as const;

type KeptTable = (typeof keptTables)[number];

/** A row as the database holds it, or that it holds none. */
export interface Known {
  readonly fetched: Fetched | undefined;
  /** An upper bound of what it takes. */
  readonly bytes: number;
}

/**
 * What this store has read and written lately, all of it true after one change. Nobody believes it before the
 * database has shown, in the same transaction, that this is still the last change: so it is never wrong, only of
 * no use once another tab has written. It is the rows that a replay reads again and again, and bounded: the older
 * half goes when the younger is full.
 */
export class KnownRows {
  readonly #maxBytes: number;
  #numbers: Numbers | undefined;
  #young: Generation = new Generation();
  #old: Generation = new Generation();

  /** @param maxBytes - of the rows kept, by their upper bound. */
  constructor(maxBytes: number) {
    this.#maxBytes = maxBytes;
  }

  /** After the last change known, with which all rows here are true. */
  get numbers(): Numbers | undefined {
    return this.#numbers;
  }

  forget(): void {
    this.#numbers = undefined;
    this.#young = new Generation();
    this.#old = new Generation();
  }

  /** The database has shown these: what is true after another change goes. */
  begin(numbers: Numbers): void {
    if (this.#numbers?.change !== numbers.change) this.forget();
    this.#numbers = numbers;
  }

  /** This store has made the next change, and told what it left. */
  advance(numbers: Numbers): void {
    this.#numbers = numbers;
  }

  /** Undefined where it is not known. */
  row(table: TableName, key: AnyKey): Known | undefined {
    if (!isKept(table)) return undefined;
    const young = this.#young.rows[table].get(key);
    if (young !== undefined) return young;
    const old = this.#old.rows[table].get(key);
    if (old !== undefined) this.#keep(table, key, old);
    return old;
  }

  /** The rows of the lane in order; undefined where not all of it is known, or one of it is known to be gone. */
  lane(key: LocalKey): readonly Fetched[] | undefined {
    const sequences = this.#young.lanes.get(key) ?? this.#old.lanes.get(key);
    if (sequences === undefined) return undefined;
    this.#young.lanes.set(key, sequences);
    const rows: Fetched[] = [];
    for (const sequence of sequences) {
      const fetched = this.row("outbox", sequence)?.fetched;
      if (fetched === undefined) return undefined;
      rows.push(fetched);
    }
    return rows;
  }

  /** What was just put says how large it is; what was read is measured. */
  keep(
    table: TableName,
    key: AnyKey,
    fetched: (Fetched & { readonly bytes?: number }) | undefined,
  ): void {
    if (!isKept(table)) return;
    // The text of a large one is elsewhere, and would take the place of hundreds.
    if (fetched?.record.parts === undefined) {
      this.#keep(table, key, { fetched, bytes: fetched?.bytes ?? sizeBound(fetched?.record) });
    } else this.#drop(table, key);
  }

  keepLane(key: LocalKey, sequences: Iterable<Sequence>): void {
    this.#young.lanes.set(
      key,
      [...sequences].sort((left, right) => left - right),
    );
  }

  /** An outbox row was put: its lane has it now, as far as that is known. */
  addToLane(key: LocalKey, sequence: Sequence): void {
    const sequences = this.#young.lanes.get(key) ?? this.#old.lanes.get(key);
    if (sequences === undefined || sequences.includes(sequence)) return;
    this.keepLane(key, [...sequences, sequence]);
  }

  #keep(table: KeptTable, key: AnyKey, known: Known): void {
    this.#young.rows[table].set(key, known);
    this.#young.bytes += 64 + known.bytes;
    if (this.#young.bytes * 2 <= this.#maxBytes) return;
    this.#old = this.#young;
    this.#young = new Generation();
  }

  #drop(table: KeptTable, key: AnyKey): void {
    this.#young.rows[table].delete(key);
    this.#old.rows[table].delete(key);
  }
}

class Generation {
  readonly rows: Readonly<Record<KeptTable, Map<AnyKey, Known>>> = {
    objects: new Map(),
    outbox: new Map(),
    journal: new Map(),
    aliases: new Map(),
  };
  readonly lanes: Map<LocalKey, readonly Sequence[]> = new Map();
  bytes = 0;
}

export function isKept(table: TableName): table is KeptTable {
  return (keptTables as readonly TableName[]).includes(table);
}
