import {
  type DetailsAnswer,
  type DetailsConflict,
  type DetailsRebase,
  type LocalKey,
  type Logger,
  type ObjectRow,
  type ObjectState,
  type OutboxRow,
  rebaseDetails,
  referencesIn,
  referencesOfRow,
} from "@holdfast/core";
import { realIdsAmong } from "./real-ids.ts";
import type { StoreReads } from "./store-reads.ts";

/** Who decides about details that both sides changed at the same paths. Pending ones wait for the answer, no others. */
export type OnDetailsConflict = "park" | "ours" | "theirs" | AskAboutDetails;

/** Must answer: what hangs holds the lane. A rejection counts as `park`. */
export type AskAboutDetails = (
  conflict: DetailsConflict & { readonly object: LocalKey },
) => Promise<DetailsAnswer>;

export interface DetailsConflictsOptions {
  readonly store: StoreReads;
  readonly logger: Logger;
  readonly onConflict: OnDetailsConflict;
}

/** Asks about conflicts before the write that merges, since nothing can be asked inside of one. */
export class DetailsConflicts {
  readonly #options: DetailsConflictsOptions;

  constructor(options: DetailsConflictsOptions) {
    this.#options = options;
  }

  /**
   * How the pending details of an object are to be merged with what was described. What changes until the write is
   * decided there, without an answer, and parks.
   * @param released - the journalled request whose operations are to be planned anew with that.
   */
  async answersFor(
    key: LocalKey,
    described: ObjectState,
    released?: number,
  ): Promise<DetailsRebase> {
    const { store, onConflict } = this.#options;
    const [object] = await store.get("objects", [key]);
    const [rows = []] = await store.lanes([key]);
    const lane = rows
      .filter((row) => row.operation.kind === "setDetails")
      .map((row) => (row.request === released ? withoutRequest(row) : row));
    if (object?.base === undefined || lane.length === 0) return {};
    const realIdOf = await this.#realIdsOf(object, lane);
    if (typeof onConflict === "string") return { realIdOf, resolve: () => onConflict };

    const answers = new Map<string, DetailsAnswer>();
    for (;;) {
      let open: DetailsConflict | undefined;
      const resolve = (conflict: DetailsConflict): DetailsAnswer => {
        const answer = answers.get(nameOf(conflict));
        if (answer === undefined) open ??= conflict;
        return answer ?? "park";
      };
      rebaseDetails(
        lane,
        { from: object.base.details, to: described.details },
        { realIdOf, resolve },
      );
      if (open === undefined) return { realIdOf, resolve };
      answers.set(nameOf(open), await this.#ask(onConflict, key, open));
    }
  }

  async #ask(
    ask: AskAboutDetails,
    object: LocalKey,
    conflict: DetailsConflict,
  ): Promise<DetailsAnswer> {
    try {
      return await ask({ ...conflict, object });
    } catch (error) {
      this.#options.logger.warn("Nobody decided about details changed on both sides.", { error });
      return "park";
    }
  }

  async #realIdsOf(
    object: ObjectRow,
    lane: readonly OutboxRow[],
  ): Promise<NonNullable<DetailsRebase["realIdOf"]>> {
    const needed = new Set(referencesOfRow(object));
    for (const id of referencesIn(object.base?.details ?? object.view.details)) needed.add(id);
    for (const { operation } of lane) {
      if (operation.kind !== "setDetails") continue;
      for (const id of referencesIn(operation.details)) needed.add(id);
    }
    const known = await realIdsAmong(this.#options.store, [...needed]);
    return (id) => (id === object.id ? object.realId : known(id));
  }
}

function withoutRequest(row: OutboxRow): OutboxRow {
  const { request: _request, ...rest } = row;
  return rest;
}

/** The same conflict comes up again in the write, and only if nothing has changed. */
function nameOf({ operation, base, ours, theirs }: DetailsConflict): string {
  return JSON.stringify([operation, base, ours, theirs]);
}
