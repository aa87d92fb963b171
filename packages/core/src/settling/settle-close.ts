import type { ObjectRow, ObjectState } from "../data-object.ts";
import type { ClosedField } from "../fixed-field.ts";
import { classOfId, type ContentName, type LocalKey, type ProvisionalId } from "../ids.ts";
import { joinStates } from "../objects/lifecycle.ts";
import type { HistoryRow } from "../operation.ts";
import { withOwnSet } from "../objects/own-fields.ts";
import { baseOf } from "../objects/relocations.ts";
import { isSameContent } from "../outcomes/compare-parts.ts";
import type { PlatformPart } from "../outcomes/parts-map.ts";
import { isSameRounded, isSameSet } from "../outcomes/postcondition.ts";
import { stateWithRealIds } from "../outcomes/real-ids.ts";
import type { Random } from "../ports.ts";
import type { Put, Rows, Write } from "../store.ts";
import { equalDetails, referencesIn } from "../values/details-text.ts";
import { referencesInValues } from "../values/references.ts";
import { laneMeta, LaneState, type LaneTime } from "./lane-state.ts";

export interface CloseInput extends LaneTime {
  readonly epoch: number;
  readonly lane: LocalKey;
  /** Number of the journal row of the close, which was accepted. */
  readonly request: number;
  /** Of the operations that it carried. Needed only where somebody changed the object: see `CloseSettled`. */
  readonly history?: readonly HistoryRow[];
  /** The object as described just now; absent where it is gone. */
  readonly described?: ObjectState;
  /** Of a file, and with it the content that the object's row named: its parts as described just now. */
  readonly parts?: { readonly content?: ContentName; readonly seen: readonly PlatformPart[] };
  /** What `aliasesOfClose` says. */
  readonly aliases: readonly ProvisionalId[];
  /** Where it is still open it is closed again, since it had its time. Draws the id of that operation. */
  readonly closeAgain?: { readonly random: Random };
}

export type CloseSettled =
  /** Closed; `changed` names what somebody changed before it was. */
  | { readonly kind: "settled"; readonly changed: readonly ClosedField[] }
  /** Somebody changed it before it was closed: to be settled with the history of the close. */
  | { readonly kind: "changed" }
  /** It is to be looked at again. */
  | { readonly kind: "open" | "closing" }
  /** Its close is in the outbox again. */
  | { readonly kind: "closesAgain" };

/**
 * A look at an object that we closed (design §5, closing): its fixed fields are compared with what we knew, and a
 * difference is kept with the object and the history of the close. Relaxed, fenced: a lost one is looked at again.
 */
export function settleClose(input: CloseInput): Write<CloseSettled> {
  const { lane, request, aliases } = input;
  return {
    durability: "relaxed",
    reads: {
      ...{ objects: [lane], lanes: [lane], journal: [request], aliases, meta: laneMeta },
      contents: input.parts?.content === undefined ? [] : [input.parts.content],
    },
    fence: input.epoch,
    decide(rows) {
      const journal = rows.journal(request);
      const object = rows.object(lane);
      const over = [{ table: "journal", key: request } as const];
      const isCarried = rows.lane(lane).some((row) => row.request === request);
      const nothing: CloseSettled = { kind: "settled", changed: [] };
      if (journal === undefined || isCarried) return { result: nothing };
      // Gone, or compared after another close of it.
      if (object?.unsettled === undefined) return { deletes: over, result: nothing };
      const { described } = input;
      const state = new LaneState(rows, object, input);
      const { base } = state;
      const finish = (result: CloseSettled, others: readonly Put[] = []) => {
        const { puts, deletes } = state.finish();
        return { puts: [...puts, ...others], deletes: [...deletes, ...over], result };
      };
      if (described === undefined || base === undefined || described.state === "abandoned") {
        if (described !== undefined && base !== undefined)
          state.setBase({ ...base, state: "abandoned" });
        state.setSettled([]);
        return finish({ kind: "settled", changed: [] });
      }
      if (described.state === "open") {
        if (input.closeAgain === undefined) return { result: { kind: "open" } };
        state.setBase({ ...base, state: "open" });
        state.setSettled([]);
        // It was accepted and did not take (CS §9).
        state.restore({ kind: "close" }, input.closeAgain.random);
        return finish({ kind: "closesAgain" });
      }
      if (described.state === "closing") return { result: { kind: "closing" } };
      const readable = new Set(aliases);
      const fixed = changedFields(described, base, (id) =>
        id === object.id ? object.realId : readable.has(id) ? rows.alias(id)?.id : undefined,
      );
      const content = seenContent(rows, object, input.parts);
      const changed = [...fixed, ...content.changed];
      const history = input.history ?? journal.closing?.history;
      if (changed.length > 0 && history === undefined) return { result: { kind: "changed" } };
      const { types, details, links, hidden } = described;
      // The platform tells the size of a file once it is closed.
      const own = withOwnSet(classOfId(object.id), base.own, described.own);
      const seen: ObjectState = {
        ...base,
        state: joinStates(base.state, described.state),
        ...(own === undefined ? undefined : { own }),
      };
      state.setBase(fixed.length === 0 ? seen : { ...seen, types, details, links, hidden });
      state.setSettled(changed);
      return finish({ kind: "settled", changed }, [
        ...content.puts,
        ...(changed.length === 0 ? [] : told(history ?? [], changed)),
      ]);
    },
  };
}

/** The provisional ids whose alias rows `settleClose` needs to see. */
export function aliasesOfClose(object: ObjectRow): readonly ProvisionalId[] {
  const { details, properties } = baseOf(object) ?? object.view;
  return [...new Set([...referencesIn(details), ...referencesInValues(properties)])];
}

function changedFields(
  described: ObjectState,
  base: ObjectState,
  realIdOf: Parameters<typeof stateWithRealIds>[1],
): readonly ClosedField[] {
  const known = stateWithRealIds(base, realIdOf);
  const changed: ClosedField[] = [];
  if (!isSameSet(described.types, known.types)) changed.push("types");
  const isSame = equalDetails(described.details, known.details);
  if (!isSame && !isSameRounded(described.details, known.details)) changed.push("details");
  if (described.hidden !== known.hidden) changed.push("hidden");
  return changed;
}

/** What was attached here is on the platform once the file is closed with it; else it is kept, since nobody else has it. */
function seenContent(
  rows: Rows,
  object: ObjectRow,
  parts: CloseInput["parts"],
): { readonly changed: readonly ClosedField[]; readonly puts: readonly Put[] } {
  if (parts === undefined || parts.content !== object.content) return { changed: [], puts: [] };
  const content = parts.content === undefined ? undefined : rows.content(parts.content);
  if (content === undefined && object.partsLeft === true) {
    return { changed: isSameContent([], parts.seen) ? [] : ["content"], puts: [] };
  }
  if (content?.origin !== "device") return { changed: [], puts: [] };
  if (!isSameContent(content.parts, parts.seen)) return { changed: ["content"], puts: [] };
  return { changed: [], puts: [{ table: "contents", row: { ...content, isOnPlatform: true } }] };
}

function told(history: readonly HistoryRow[], changed: readonly ClosedField[]): readonly Put[] {
  return history.map((row) => ({
    table: "history",
    row: { ...row, closedWithForeignChange: changed },
  }));
}
