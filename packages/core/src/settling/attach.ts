import type { ContentPart, ContentRow } from "../content.ts";
import type { ContentName, LocalKey } from "../ids.ts";
import type { AttachOperation, HistoryRow, OutboxRow } from "../operation.ts";
import type { Random } from "../ports.ts";
import type { Write } from "../store.ts";
import { laneMeta, LaneState, type LaneTime } from "./lane-state.ts";

export type AttachRow = OutboxRow & { readonly operation: AttachOperation };

/** What attaches the file's content: one operation at most, since a file that has content takes no other. */
export function attachIn(lane: readonly OutboxRow[]): AttachRow | undefined {
  return lane.find(isAttach);
}

export interface AttachDone extends LaneTime {
  readonly epoch: number;
  readonly lane: LocalKey;
  readonly content: ContentName;
}

/**
 * The platform shows every part of the content complete: the operation ends. Relaxed, fenced: a lost one is only looked at again.
 *
 * @returns nothing where the lane holds it no more.
 */
export function acknowledgeAttach(input: AttachDone): Write<readonly HistoryRow[]> {
  const { lane, content } = input;
  return {
    durability: "relaxed",
    reads: { objects: [lane], lanes: [lane], meta: laneMeta },
    fence: input.epoch,
    decide(rows) {
      const object = rows.object(lane);
      const attach = attachIn(rows.lane(lane));
      if (object === undefined || attach?.operation.content !== content) return { result: [] };
      const state = new LaneState(rows, object, input);
      state.end(attach, "found");
      const { puts, deletes } = state.finish();
      return { puts, deletes, result: state.history };
    },
  };
}

export interface RestoreAttachInput extends AttachDone {
  /** In bytes. */
  readonly size: number;
  /** Draws the id of the operation. */
  readonly random: Random;
}

/**
 * The platform no longer shows what it had shown, since a late request of ours or somebody else has announced a part anew:
 * the content is uploaded again before the file is closed. Relaxed, fenced: a lost one is found again.
 */
export function restoreAttach(input: RestoreAttachInput): Write<boolean> {
  const { lane, content, size } = input;
  return {
    durability: "relaxed",
    reads: { objects: [lane], lanes: [lane], meta: laneMeta },
    fence: input.epoch,
    decide(rows) {
      const object = rows.object(lane);
      const isWanted = object?.content === content && attachIn(rows.lane(lane)) === undefined;
      if (object === undefined || !isWanted) return { result: false };
      const state = new LaneState(rows, object, input);
      state.restore({ kind: "attach", content, size }, input.random);
      const { puts, deletes } = state.finish();
      return { puts, deletes, result: true };
    },
  };
}

export interface ContentChange {
  readonly epoch: number;
  readonly content: ContentName;
  /** Cut anew, as the region wants it. */
  readonly parts?: readonly ContentPart[];
  readonly sentAt?: ContentRow["sentAt"];
}

/** Rewrites what is known of a content that is being uploaded. Relaxed, fenced: it is found out again. */
export function changeContent({ epoch, content, parts, sentAt }: ContentChange): Write<boolean> {
  return {
    durability: "relaxed",
    reads: { contents: [content] },
    fence: epoch,
    decide(rows) {
      const row = rows.content(content);
      if (row?.state !== "whole") return { result: false };
      const changed: ContentRow = {
        ...row,
        ...(parts === undefined ? undefined : { parts }),
        ...(sentAt === undefined ? undefined : { sentAt }),
      };
      return { puts: [{ table: "contents", row: changed }], result: true };
    },
  };
}

function isAttach(row: OutboxRow): row is AttachRow {
  return row.operation.kind === "attach";
}
