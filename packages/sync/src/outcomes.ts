import {
  type Acknowledged,
  acknowledge,
  type Clock,
  type Failure,
  isProjectKey,
  type JournalRow,
  type ObjectId,
  type ObjectState,
  parkInDoubt,
  parkRequest,
  type Random,
  releaseRequest,
  splitRefused,
  type Until,
  unreachable,
} from "@holdfast/core";
import type { Closings } from "./closings.ts";
import type { DetailsConflicts } from "./details-conflicts.ts";
import { newNonce } from "./new-nonce.ts";
import type { ServerClock } from "./server-clock.ts";
import type { Settler } from "./settler.ts";
import type { Shades } from "./shades.ts";

/** What became of a journalled request, once that is written. */
export type Outcome =
  | { readonly kind: "acknowledged"; readonly acknowledged: Acknowledged }
  /** Its operations are parked, or are to be planned anew. */
  | { readonly kind: "returned" };

/** What is known now of a request's effect. */
export type Ending =
  // `described`: the object as it was seen just now, where that led to the decision; `base`: its own when that was asked.
  | {
      readonly kind: "effective";
      /** `found`: a describe or a lookup showed it, no answer said so. */
      readonly outcome: "acked" | "found";
      readonly id: ObjectId;
      readonly requestId?: string;
      readonly described?: ObjectState;
      readonly base?: ObjectState;
    }
  /** Refused for what it says, and certainly without effect: a merged one is taken apart. */
  | {
      readonly kind: "invalid";
      readonly reason: Failure;
      readonly described?: ObjectState;
      readonly base?: ObjectState;
    }
  /** Certainly without effect, and a person must decide. */
  | {
      readonly kind: "refused";
      readonly reason: Failure;
      readonly described?: ObjectState;
      readonly base?: ObjectState;
    }
  /** Somebody else changed the same details: whatever it has set, its operations are merged with that. */
  | { readonly kind: "rebased"; readonly described: ObjectState; readonly base?: ObjectState }
  /** Certainly without effect, and to be planned anew with another nonce. */
  | { readonly kind: "renewed" }
  /** It cannot be told, and a person must decide. */
  | { readonly kind: "undecidable"; readonly reason: Failure };

export interface OutcomesOptions {
  readonly epoch: number;
  readonly clock: Clock;
  readonly random: Random;
  readonly serverClock: ServerClock;
  readonly settler: Settler;
  readonly shades: Shades;
  readonly conflicts: DetailsConflicts;
  readonly closings: Closings;
}

/** Writes down what became of a request. Which rows that changes is decided by the rules in core. */
export class Outcomes {
  readonly #options: OutcomesOptions;

  constructor(options: OutcomesOptions) {
    this.#options = options;
  }

  /** @param wasGivenUp - an attempt got no believable answer, and may still land. */
  async record(row: JournalRow, ending: Ending, wasGivenUp: boolean): Promise<Outcome> {
    const { shades, closings } = this.#options;
    // A create that lands late meets its nonce; what is undecidable stays in the journal anyway.
    const late = wasGivenUp && row.nonce === undefined && ending.kind !== "undecidable";
    const outcome = await this.#write(row, ending, late ? shades.lateUntil() : undefined);
    const closes = ending.kind === "effective" && row.path.endsWith("/close");
    // In doubt it may still be discarded, and land after that.
    const isInDoubt = ending.kind === "undecidable" && row.nonce === undefined;
    shades.onOutcome(row, { late: (late || isInDoubt) && !closes });
    if (closes) closings.watch(row);
    return outcome;
  }

  async #write(row: JournalRow, ending: Ending, lateUntil: Until | undefined): Promise<Outcome> {
    const { epoch, clock, random, serverClock, settler, shades, conflicts } = this.#options;
    const at = clock.now();
    const late = lateUntil === undefined ? {} : { lateUntil };
    // The body of a create may change before it is sent again, and a nonce belongs to one body.
    const fresh = (): string => newNonce(random, `nonce-after:${row.nonce ?? row.lane}`);
    switch (ending.kind) {
      case "effective": {
        const { kind: _, ...known } = ending;
        const serverOffsetMs = serverClock.offsetMs();
        const acknowledged = await settler.settle(
          acknowledge(row, {
            ...known,
            ...late,
            epoch,
            at,
            shades: shades.numbersOf(row.lane),
            ...(isProjectKey(row.lane) ? { objectShades: shades.numbersIn(row.lane) } : {}),
            ...(serverOffsetMs === undefined ? {} : { serverOffsetMs }),
          }),
        );
        return { kind: "acknowledged", acknowledged };
      }
      case "invalid": {
        const { kind: _, ...known } = ending;
        const input = { ...known, ...late, epoch, at, freshNonce: fresh() };
        await settler.settle(splitRefused(row, input));
        return { kind: "returned" };
      }
      case "refused": {
        const { kind: _, ...known } = ending;
        await settler.settle(parkRequest(row, { ...known, ...late, epoch, at }));
        return { kind: "returned" };
      }
      case "rebased": {
        const { kind: _, ...known } = ending;
        const details = await conflicts.answersFor(row.lane, known.described, row.number);
        await settler.settle(releaseRequest(row, { ...known, ...late, epoch, at, details }));
        return { kind: "returned" };
      }
      case "renewed":
        await settler.settle(releaseRequest(row, { epoch, at, freshNonce: fresh() }));
        return { kind: "returned" };
      case "undecidable":
        await settler.settle(parkInDoubt(row, { epoch, at, reason: ending.reason }));
        return { kind: "returned" };
      default:
        return unreachable(ending);
    }
  }
}
