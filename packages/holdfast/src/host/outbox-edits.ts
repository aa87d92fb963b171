import {
  amend,
  type Clock,
  fromLocalKey,
  HoldfastError,
  type OutboxRow,
  parseChange,
  type Random,
  saveAsNew,
  sequenceOf,
  type Store,
} from "@holdfast/core";
import type { OperationChange } from "../outbox.ts";
import type { Created, Edited } from "../wire.ts";
import { keysOfMentions } from "./object-keys.ts";

export interface EditPorts {
  readonly store: Store;
  readonly clock: Clock;
  readonly random: Random;
}

/** Puts another input into an operation that has not left. */
export async function editOperation(
  { store, clock }: EditPorts,
  operation: string,
  change: OperationChange,
): Promise<Edited> {
  const row = await rowOf(store, operation);
  const { project } = fromLocalKey(row.lane);
  const request = parseChange(row.operation, project, change);
  const keys = await keysOfMentions(store, new Map(request.references.map((id) => [id, project])));
  await store.write(
    amend({ lane: row.lane, operation: row.id, change: request, keys, at: clock.now() }),
  );
  return { key: row.lane, operation: row.id };
}

/** Makes a new record of a closed one and what is parked for it. */
export async function saveOperationAsNew(
  { store, clock, random }: EditPorts,
  operation: string,
): Promise<Created> {
  const { lane, id } = await rowOf(store, operation);
  const { created } = await store.write(
    saveAsNew({ lane, operation: id, random, at: clock.now() }),
  );
  return created;
}

async function rowOf(store: Store, operation: unknown): Promise<OutboxRow> {
  const sequence = typeof operation === "string" ? sequenceOf(operation) : undefined;
  if (sequence === undefined) {
    throw new HoldfastError({ code: "InvalidInput", message: "That is no operation's id." });
  }
  const [row] = await store.get("outbox", [sequence]);
  if (row !== undefined && row.id === operation) return row;
  throw new HoldfastError({
    code: "ResourceNotFound",
    message: `${String(operation)} is not in the outbox: it was confirmed or given up, or never made here.`,
    object: String(operation),
  });
}
