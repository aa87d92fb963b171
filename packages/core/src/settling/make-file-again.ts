import type { ObjectRow, ObjectState } from "../data-object.ts";
import {
  type ContentName,
  isProvisionalId,
  type LocalKey,
  newNonce,
  type ObjectId,
} from "../ids.ts";
import type { JsonText } from "../json.ts";
import { folderTouched } from "../objects/local-writes.ts";
import { inheritedOwn } from "../objects/own-fields.ts";
import { baseOf } from "../objects/relocations.ts";
import type { CreateInput, HistoryRow, Operation, OutboxRow } from "../operation.ts";
import { foldIntoCreate, isFoldable } from "../planning/merge-operations.ts";
import type { Random } from "../ports.ts";
import type { Delete, Put, Rows, Write } from "../store.ts";
import { referencesIn } from "../values/details-text.ts";
import { referencesOf } from "../values/references.ts";
import { sizeOfParts } from "../content.ts";
import { attachIn } from "./attach.ts";
import { laneMeta, LaneState, type LaneTime } from "./lane-state.ts";

export interface MakeAgainInput extends LaneTime {
  readonly epoch: number;
  readonly lane: LocalKey;
  /** The platform's id of the file that is gone. */
  readonly original: ObjectId;
  readonly content: ContentName;
  /** What became of its create, where that has ended: it is called again, under its number. */
  readonly create?: Pick<HistoryRow, "sequence" | "id" | "madeAt">;
  readonly random: Random;
  /** Objects whose details mention it. */
  readonly linkers: readonly LocalKey[];
}

export type MadeAgain =
  | { readonly kind: "madeAgain"; readonly relinked: readonly LocalKey[] }
  /** Something of the lane is on its way, was done since, or is missing here. */
  | { readonly kind: "notNow" };

/**
 * A file that the platform has cleaned up becomes a new create from what is known of it here, with a nonce and a key of its
 * own, under the same provisional id (design §6). Its content is uploaded anew, what else is pending stays as it is, and
 * objects that are open and mention it get the new id written in. Strict, fenced.
 */
export function makeFileAgain(input: MakeAgainInput): Write<MadeAgain> {
  const { lane, linkers, content } = input;
  return {
    durability: "strict",
    reads: {
      objects: [lane, ...linkers],
      lanes: [lane, ...linkers],
      contents: [content],
      meta: laneMeta,
    },
    fence: input.epoch,
    decide(rows) {
      const object = rows.object(lane);
      const made = object === undefined ? undefined : makeAgain(rows, object, input);
      if (object === undefined || made === undefined) return { result: { kind: "notNow" } };
      const relinked = linkers.flatMap((key) => relink(rows, key, { object, input }));
      return {
        puts: [...made.puts, ...relinked.flatMap(({ puts }) => puts)],
        deletes: [...made.deletes, ...relinked.flatMap(({ deletes }) => deletes)],
        result: { kind: "madeAgain", relinked: relinked.map(({ key }) => key) },
      };
    },
  };
}

interface Changes {
  readonly puts: readonly Put[];
  readonly deletes: readonly Delete[];
}

function makeAgain(rows: Rows, object: ObjectRow, input: MakeAgainInput): Changes | undefined {
  const { id, realId, class: objectClass } = object;
  const lane = rows.lane(object.key);
  const base = baseOf(object);
  const content = rows.content(input.content);
  const isGone = realId === input.original && object.closeSent === undefined;
  const isIdle = lane.every((row) => row.request === undefined && row.operation.kind !== "create");
  if (!isProvisionalId(id) || objectClass !== "file" || !isGone || !isIdle) return undefined;
  if (base === undefined || content?.state !== "whole" || content.name !== object.content) {
    return undefined;
  }
  // What its create has left to do stands under its number, and is part of it again.
  const [left] = lane.filter((row) => row.create !== undefined);
  const { sequence, id: operationId, madeAt } = left ?? input.create ?? {};
  if (sequence === undefined || operationId === undefined || madeAt === undefined) return undefined;
  const whole = inputOf(base);
  const operation: Operation = {
    kind: "create",
    class: objectClass,
    input:
      left !== undefined && isFoldable(left.operation)
        ? foldIntoCreate(whole, left.operation)
        : whole,
  };
  const entity = `again:${input.original}`;
  const create: OutboxRow = {
    version: 1,
    sequence,
    id: operationId,
    lane: object.key,
    operation,
    touches: [id, folderTouched(object.project, base.folder)],
    waitsFor: referencesOf(operation).filter((reference) => reference !== id),
    madeAt,
    create: {
      nonce: newNonce(input.random, `nonce:${entity}`),
      key: newNonce(input.random, `key:${entity}`),
    },
  };
  const state = new LaneState(rows, object, input);
  state.setGone(input.original);
  state.put(create);
  if (attachIn(lane) === undefined) {
    const size = sizeOfParts(content.parts);
    state.restore({ kind: "attach", content: content.name, size }, input.random);
  }
  const { puts, deletes } = state.finish();
  return { puts, deletes: [...deletes, { table: "aliases", key: id }] };
}

/** As the platform knew it. Its folder may be gone as well by now. */
function inputOf(base: ObjectState): CreateInput {
  const { name, folder, types, tags, properties, details, hidden } = base;
  const own = inheritedOwn("file", base.own);
  return {
    ...{ name, folder, types, tags, properties, details, hidden },
    parents: true,
    close: false,
    ...(Object.keys(own).length === 0 ? undefined : { own: JSON.stringify(own) as JsonText }),
  };
}

/** What is sent of it later takes the new id anyway; what the platform has of it already is written again. */
function relink(
  rows: Rows,
  key: LocalKey,
  { object, input }: { readonly object: ObjectRow; readonly input: MakeAgainInput },
): readonly (Changes & { readonly key: LocalKey })[] {
  const linker = rows.object(key);
  const lane = rows.lane(key);
  const unsent = lane.filter((row) => row.request === undefined && row.parked === undefined);
  const isRewritten = unsent.some(
    ({ operation: { kind } }) => kind === "create" || kind === "setDetails",
  );
  const isOpen = linker !== undefined && (baseOf(linker)?.state ?? "open") === "open";
  if (!isOpen || isRewritten) return [];
  const { details } = linker.view;
  if (!referencesIn(details).some((reference) => reference === object.id)) return [];
  const state = new LaneState(rows, linker, input);
  state.restore({ kind: "setDetails", details }, input.random);
  return [{ key, ...state.finish() }];
}
