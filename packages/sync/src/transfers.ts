import type { Clock, Transfer, Transfers } from "@holdfast/core";
import { type Observable, Subject } from "rxjs";

/**
 * What one message tells: a person reads no more, and ten thousand files are told ten times a second. More than ever move at
 * once, so that whoever moves is told of.
 */
export const maxTransfersTold = 100;

export const noTransfers: Transfers = {
  files: [],
  total: { files: 0, size: 0, moved: 0, confirmed: 0, bytesPerSecond: 0 },
};

/** Tells the board how one transfer goes on. After `end` nothing is heard any more. */
export interface TransferReport {
  /** It waits for its turn no more. */
  start(): void;
  /** So many more bytes have left or come. */
  move(bytes: number): void;
  /** So many are complete by now, all together. */
  confirm(bytes: number): void;
  end(): void;
}

const windowMs = 10_000;
/** Movements closer than that count as one: the window stays short however small they are. */
const grainMs = 250;

/** What is on its way in this engine, in memory: how far an upload is, only the platform knows. */
export class TransferBoard {
  readonly #clock: Clock;
  readonly #waiting = new Set<Mutable<Transfer>>();
  readonly #moving = new Set<Mutable<Transfer>>();
  readonly #moves: { atMonotonic: number; bytes: number }[] = [];
  readonly #change = new Subject<void>();
  readonly change$: Observable<void> = this.#change.asObservable();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** It waits for its turn until it is started. */
  begin(transfer: Pick<Transfer, "file" | "direction" | "size">): TransferReport {
    const one: Mutable<Transfer> = { ...transfer, moved: 0, confirmed: 0 };
    this.#waiting.add(one);
    this.#change.next();
    const tell = (change: () => void): void => {
      if (!this.#waiting.has(one) && !this.#moving.has(one)) return;
      change();
      this.#change.next();
    };
    return {
      start: () =>
        tell(() => {
          this.#waiting.delete(one);
          this.#moving.add(one);
        }),
      move: (bytes) =>
        tell(() => {
          one.moved += bytes;
          this.#count(bytes);
        }),
      confirm: (bytes) =>
        tell(() => {
          one.confirmed = bytes;
        }),
      end: () =>
        tell(() => {
          this.#waiting.delete(one);
          this.#moving.delete(one);
        }),
    };
  }

  get transfers(): Transfers {
    const all = [...this.#moving, ...this.#waiting];
    if (all.length === 0) return noTransfers;
    const sum = (of: "size" | "moved" | "confirmed"): number =>
      all.reduce((bytes, transfer) => bytes + transfer[of], 0);
    const [size, moved, confirmed] = [sum("size"), sum("moved"), sum("confirmed")];
    const bytesPerSecond = this.#bytesPerSecond();
    const leftMs = Math.round(((size - confirmed) / bytesPerSecond) * 1_000);
    return {
      files: all.slice(0, maxTransfersTold).map((transfer) => ({ ...transfer })),
      total: {
        ...{ files: all.length, size, moved, confirmed, bytesPerSecond },
        ...(bytesPerSecond === 0 ? {} : { leftMs }),
      },
    };
  }

  /** The end of a term: whoever sends next tells anew. */
  clear(): void {
    this.#moving.clear();
    this.#waiting.clear();
    this.#moves.length = 0;
    this.#change.next();
  }

  #count(bytes: number): void {
    const atMonotonic = this.#clock.monotonic();
    const last = this.#moves.at(-1);
    if (last !== undefined && atMonotonic - last.atMonotonic < grainMs) last.bytes += bytes;
    else this.#moves.push({ atMonotonic, bytes });
    this.#forgetBefore(atMonotonic - windowMs);
  }

  #bytesPerSecond(): number {
    this.#forgetBefore(this.#clock.monotonic() - windowMs);
    const bytes = this.#moves.reduce((sum, move) => sum + move.bytes, 0);
    return Math.round((bytes / windowMs) * 1_000);
  }

  #forgetBefore(monotonic: number): void {
    while ((this.#moves[0]?.atMonotonic ?? monotonic) < monotonic) this.#moves.shift();
  }
}

type Mutable<Type> = { -readonly [Key in keyof Type]: Type[Key] };

/** Another tab may be of another release, and anyone of the origin can post. */
export function isTransfers(value: unknown): value is Transfers {
  if (typeof value !== "object" || value === null) return false;
  const { files, total } = value as Record<string, unknown>;
  return Array.isArray(files) && files.every(isTransfer) && isTotal(total);
}

function isTransfer(value: unknown): value is Transfer {
  if (typeof value !== "object" || value === null) return false;
  const { file, direction, ...bytes } = value as Record<string, unknown>;
  if (typeof file !== "string" || (direction !== "upload" && direction !== "download"))
    return false;
  return ["size", "moved", "confirmed"].every((name) => isAmount(bytes[name]));
}

function isTotal(value: unknown): value is Transfers["total"] {
  if (typeof value !== "object" || value === null) return false;
  const { leftMs = 0, ...amounts } = value as Record<string, unknown>;
  const names = ["files", "size", "moved", "confirmed", "bytesPerSecond"];
  return isAmount(leftMs) && names.every((name) => isAmount(amounts[name]));
}

function isAmount(value: unknown): boolean {
  return Number.isFinite(value) && (value as number) >= 0;
}
