import { HoldfastError, sequenceOf } from "@holdfast/core";
import { maxRows } from "../wire.ts";
import type { Cursors } from "./cursors.ts";
import type { Handlers } from "./handlers.ts";
import {
  type DecisionPorts,
  discardSelection,
  previewSelection,
  retrySelection,
} from "./outbox-decisions.ts";
import { type EditPorts, editOperation, saveOperationAsNew } from "./outbox-edits.ts";
import { toEntries } from "./outbox-entries.ts";
import { historyAfter, reportOf } from "./reports.ts";

export interface OutboxCallPorts extends DecisionPorts, EditPorts {
  readonly cursors: Cursors;
}

type Kinds =
  | "outboxList"
  | "retry"
  | "discardPreview"
  | "discard"
  | "editOperation"
  | "saveAsNew"
  | "operation"
  | "historyList";

/** Where operations stand, and what a person decides about them. */
export function outboxCalls(ports: OutboxCallPorts): Handlers<Kinds> {
  const { store, cursors } = ports;
  return {
    outboxList: async ({ after, limit }) => {
      const rows = await store.scan("outbox", {
        limit: checkLimit(limit),
        ...afterOf(after),
        // Told in the status.
        onDamaged: () => {},
      });
      return await toEntries(store, rows);
    },
    retry: ({ selection }) => retrySelection(ports, selection),
    discardPreview: async ({ selection }) => {
      const { operations, parks, objects } = await previewSelection(ports, selection);
      return {
        operations: cursors.page(operations),
        parks: cursors.page(parks),
        objects: cursors.page(objects),
      };
    },
    discard: ({ selection }) => discardSelection(ports, selection),
    editOperation: ({ operation, change }) => editOperation(ports, operation, change),
    saveAsNew: ({ operation }) => saveOperationAsNew(ports, operation),
    operation: async ({ id }) => (await reportOf(store, id)) ?? null,
    historyList: ({ after, limit, newestFirst }) =>
      historyAfter(store, after, { limit: checkLimit(limit), newestFirst: newestFirst === true }),
  };
}

function checkLimit(limit: number): number {
  if (Number.isInteger(limit) && limit >= 1 && limit <= maxRows) return limit;
  throw new HoldfastError({
    code: "InvalidInput",
    message: `\`limit\` must be a whole number from 1 to ${maxRows}.`,
  });
}

function afterOf(after: string | undefined): { readonly after?: number } {
  const sequence = after === undefined ? undefined : sequenceOf(after);
  return sequence === undefined ? {} : { after: sequence };
}
