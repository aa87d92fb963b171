import { assert } from "../assert.ts";
import { emptyDetails, referencesIn } from "../values/details-text.ts";
import { isProvisionalId, type ProvisionalId } from "../ids.ts";
import { foldIntoCreate, isFoldable } from "./merge-operations.ts";
import type { CreateInput, LeftOut, Operation, OutboxRow } from "../operation.ts";
import { referencesInValues } from "../values/references.ts";

type Create = Extract<Operation, { kind: "create" }>;

/** What a create must leave out so that it does not wait for the ids to be avoided. */
export function leftOutOf(
  input: CreateInput,
  avoided: ReadonlySet<ProvisionalId>,
): readonly LeftOut[] {
  const leavesOut: LeftOut[] = [];
  if (referencesIn(input.details).some((id) => avoided.has(id))) leavesOut.push("details");
  if (referencesInValues(input.properties).some((id) => avoided.has(id))) {
    leavesOut.push("properties");
  }
  return leavesOut;
}

/** The one create that the rows of a request come to: a create and what was folded into it, the close last. */
export function createOf(rows: readonly OutboxRow[], leavesOut: readonly LeftOut[]): Create {
  const [first] = rows;
  assert(first?.operation.kind === "create", "a create request begins with a create");
  const { operation } = first;
  let input = withoutLeftOut(operation.input, leavesOut);
  let closes = false;
  for (const row of rows.slice(1)) {
    if (row.operation.kind === "close") closes = true;
    else {
      assert(isFoldable(row.operation), `a create takes over no ${row.operation.kind}`);
      input = foldIntoCreate(input, row.operation);
    }
  }
  return { ...operation, input: closes ? { ...input, close: true } : input };
}

/** What is still to be done when a create has left something out: the rest of its input, and then its close. */
export function remainderOf(
  input: CreateInput,
  leavesOut: readonly LeftOut[],
): readonly Exclude<Operation, Create>[] {
  if (leavesOut.length === 0) return [];
  const remainder: Exclude<Operation, Create>[] = [];
  if (leavesOut.includes("details")) {
    remainder.push({ kind: "setDetails", details: input.details });
  }
  if (leavesOut.includes("properties")) {
    const properties = Object.entries(input.properties).filter(([, value]) =>
      isProvisionalId(value),
    );
    remainder.push({ kind: "setProperties", properties: Object.fromEntries(properties) });
  }
  if (input.close) remainder.push({ kind: "close" });
  return remainder;
}

function withoutLeftOut(input: CreateInput, leavesOut: readonly LeftOut[]): CreateInput {
  if (leavesOut.length === 0) return input;
  const properties = leavesOut.includes("properties")
    ? Object.fromEntries(
        Object.entries(input.properties).filter(([, value]) => !isProvisionalId(value)),
      )
    : input.properties;
  const details = leavesOut.includes("details") ? emptyDetails : input.details;
  return { ...input, properties, details, close: false };
}
