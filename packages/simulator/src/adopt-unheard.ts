import type { Json, JsonObject, Operation, OutboxRow } from "@holdfast/core";
import { canonical } from "./canonical.ts";
import type { Promises, Wish } from "./promises.ts";

/**
 * Calls whose tab ended before it heard of them, and that were stored all the same: nobody was promised anything, and yet they
 * count.
 * @param made - every row that was ever new in the outbox, and is still somewhere.
 */
export function adoptUnheard(promises: Promises, made: readonly OutboxRow[]): void {
  const known = new Set(promises.wishes.map(({ operation }) => operation));
  const take = (is: (row: OutboxRow) => boolean, wish: Wish): OutboxRow | undefined => {
    const row = made.find((one) => !known.has(one.id) && is(one));
    if (row === undefined) return undefined;
    known.add(row.id);
    wish.operation = row.id;
    return row;
  };
  for (const subject of promises.all) {
    for (const wish of subject.wishes.filter(({ operation }) => operation === undefined)) {
      if (subject.key === undefined) {
        const { kind, input } = wish;
        const isIt = ({ operation: made }: OutboxRow): boolean =>
          made.kind === kind && made.kind === "create" && made.input.name === input["name"];
        const row = take(isIt, wish);
        if (row === undefined) continue;
        subject.key = row.lane;
        subject.id = row.lane.split("/")[1] as string;
      } else {
        take(({ lane, operation }) => lane === subject.key && isCallOf(operation, wish), wish);
      }
    }
  }
  for (const [project, wishes] of promises.containers) {
    for (const wish of wishes.filter(({ operation }) => operation === undefined)) {
      const key = `${project}/${project}`;
      take(({ lane, operation }) => lane === key && isCallOf(operation, wish), wish);
    }
  }
}

/** Whether an operation may be what that call has stored: of the same kind, and with the same input but for its ids. */
function isCallOf(operation: Operation, { kind, input }: Wish): boolean {
  if (operation.kind !== kind) return false;
  const stored = operation as unknown as JsonObject;
  return Object.entries(input).every(([field, asked]) => {
    const is = stored[field];
    if (field === "details") return stepIn(JSON.parse(is as string) as Json) === stepIn(asked);
    // What mentions an object may do so by another of its ids.
    if (field === "properties") {
      return (
        canonical({ ...(is as JsonObject), of: "" }) ===
        canonical({ ...(asked as JsonObject), of: "" })
      );
    }
    return is === undefined || canonical(is) === canonical(asked);
  });
}

function stepIn(details: Json): Json | undefined {
  return (details as JsonObject)["step"];
}
