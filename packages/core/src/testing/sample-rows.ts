import type { ContentRow } from "../content.ts";
import type { ObjectRow, ObjectState } from "../data-object.ts";
import {
  classOfId,
  type ContentName,
  type LocalKey,
  type ObjectId,
  type OperationId,
  type ProjectId,
  toLocalKey,
} from "../ids.ts";
import type { JournalRow } from "../journal.ts";
import type { JsonText } from "../json.ts";
import type { HistoryRow, Operation, OutboxRow } from "../operation.ts";

/** Project `n` of a test. */
export function sampleProject(n: number = 1): ProjectId {
  return `project-${digits(n, 24)}` as ProjectId;
}

/** The provisional id of record `n` of a test. */
export function sampleProvisionalId(n: number): ObjectId {
  return `record-hold${digits(n, 20)}` as ObjectId;
}

/** A real id of record `n` of a test. */
export function sampleRealId(n: number): ObjectId {
  return `record-${digits(n, 24)}` as ObjectId;
}

export function sampleKey(n: number): LocalKey {
  return toLocalKey(sampleProject(), sampleProvisionalId(n));
}

export function sampleState(state: Partial<ObjectState> = {}): ObjectState {
  return {
    name: "sample",
    folder: "/",
    state: "open",
    hidden: false,
    types: [],
    tags: [],
    properties: {},
    details: "{}" as JsonText,
    links: [],
    created: 1_767_225_600_000,
    modified: 1_767_225_600_000,
    createdBy: "user-ada",
    ...state,
  };
}

/** Record `n`, by default unsent and in project 1; its view as given. */
export function sampleObject(
  n: number,
  view: Partial<ObjectState> = {},
  row: Partial<Omit<ObjectRow, "view" | "key">> = {},
): ObjectRow {
  const { project = sampleProject(), id = sampleProvisionalId(n) } = row;
  return {
    version: 1,
    class: classOfId(id),
    pending: 0,
    parked: 0,
    ...row,
    key: toLocalKey(project, id),
    project,
    id,
    view: sampleState(view),
  };
}

/** Content `n`, of record `n`'s key: a store keeps the row, whatever has it. */
export function sampleContent(n: number): ContentRow {
  return {
    version: 1,
    name: `content-${digits(n, 20)}` as ContentName,
    file: sampleKey(n),
    origin: "device",
    state: "whole",
    parts: [{ index: 1, size: 5, md5: "5d41402abc4b2a76b9719d911017c592" }],
    madeAt: 1_767_225_600_000,
    usedAt: 1_767_225_600_000,
  };
}

export function sampleOutbox(
  sequence: number,
  lane: LocalKey,
  row: Partial<OutboxRow> = {},
): OutboxRow {
  const operation: Operation = { kind: "close" };
  return {
    version: 1,
    sequence,
    id: `operation-${sequence}-${digits(0, 8)}` as OperationId,
    lane,
    operation,
    touches: [],
    waitsFor: [],
    madeAt: 1_767_225_600_000,
    ...row,
  };
}

export function sampleJournal(number: number, row: Partial<JournalRow> = {}): JournalRow {
  return {
    version: 1,
    number,
    path: `/${sampleRealId(number)}/close`,
    body: "{}",
    lane: sampleKey(number),
    operations: [number],
    epoch: 1,
    firstAttempt: { wallAt: 1_767_225_600_000, monotonicAt: 0, process: "test" },
    ...row,
  };
}

export function sampleHistory(sequence: number, row: Partial<HistoryRow> = {}): HistoryRow {
  return {
    version: 1,
    sequence,
    id: `operation-${sequence}-${digits(0, 8)}` as OperationId,
    lane: sampleKey(1),
    kind: "close",
    user: "user-ada",
    madeAt: 1_767_225_600_000,
    endedAt: 1_767_225_600_000,
    outcome: "acked",
    ...row,
  };
}

function digits(n: number, length: number): string {
  return String(n).padStart(length, "0");
}
