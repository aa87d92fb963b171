import {
  type Clock,
  expandCreate,
  type Failure,
  type InitializeFrom,
  isProvisionalId,
  type LocalKey,
  type ObjectId,
  type OutboxRow,
  parkOperations,
  type Source,
  toLocalKey,
  unreachable,
} from "@holdfast/core";
import type { Inquiry } from "./inquiry.ts";
import { readObjects } from "./read-rows.ts";
import type { StoreReads } from "./store-reads.ts";
import type { Term } from "./term.ts";

export interface ExpanderOptions {
  readonly term: Term;
  readonly store: StoreReads;
  readonly clock: Clock;
  readonly inquiry: Inquiry;
}

/** Finds what a create takes from another object that was not on this device when it was called. */
export class Expander {
  readonly #options: ExpanderOptions;

  constructor(options: ExpanderOptions) {
    this.#options = options;
  }

  /** The create is whole then, or parked with the reason. */
  async expand(lane: LocalKey, { sequence, operation }: OutboxRow): Promise<void> {
    if (operation.kind !== "create" || operation.inherits === undefined) return;
    const { term, clock } = this.#options;
    const { epoch } = term;
    const found = await this.#find(operation.inherits);
    const at = clock.now();
    if ("source" in found) {
      await term.write(expandCreate({ epoch, lane, create: sequence, source: found.source, at }));
      return;
    }
    const { failure: reason } = found;
    await term.write(parkOperations({ epoch, lane, operations: [sequence], reason, at }));
  }

  async #find({
    project,
    id,
  }: InitializeFrom): Promise<{ readonly source: Source } | { readonly failure: Failure }> {
    const { store, inquiry } = this.#options;
    const key = toLocalKey(project, id);
    const row = (await readObjects(store, [key])).get(key);
    if (row !== undefined) return { source: row };
    const real = isProvisionalId(id) ? await this.#realId(id) : id;
    if (real === undefined) return { failure: gone(id) };
    const reply = await inquiry.describe({ project, id: real });
    switch (reply.kind) {
      case "described":
        return { source: { id: real, view: reply.described.state } };
      case "absent":
      case "refused":
        return { failure: reply.failure };
      default:
        return unreachable(reply);
    }
  }

  async #realId(id: ObjectId): Promise<ObjectId | undefined> {
    const [alias] = isProvisionalId(id) ? await this.#options.store.get("aliases", [id]) : [];
    return alias?.id;
  }
}

function gone(id: ObjectId): Failure {
  const message = `${id}, from which the object was to be made, is gone. Discard the create, or give it what it takes from there.`;
  return { code: "Removed", message, object: id };
}
