import type { Clock, JournalRow, LocalKey, ObjectId, Random } from "@holdfast/core";
import type { CrowdedPlatform } from "./crowded-platform.ts";

/** One device among many. */
export interface Client {
  readonly number: number;
  readonly account: number;
  /** Resolves once nothing is left to do. */
  readonly drained: Promise<void>;
  /** The device says that the network is back. */
  online(): void;
}

export interface ClientParts {
  readonly clock: Clock;
  readonly random: Random;
  readonly platform: CrowdedPlatform;
  readonly number: number;
  readonly account: number;
  readonly workload: Workload;
}

/** What every client has to send. */
export interface Workload {
  /** Lanes run side by side, the requests within one in order. */
  readonly lanes: number;
  readonly requestsPerLane: number;
}

/** Edits of an object each, of which one request carries one. */
export function rowsOf(client: number, workload: Workload): readonly (readonly JournalRow[])[] {
  return Array.from({ length: workload.lanes }, (_, lane) => {
    const id = `record-${idText(client * workload.lanes + lane)}` as ObjectId;
    const key = `${project}:${id}` as LocalKey;
    return Array.from(
      { length: workload.requestsPerLane },
      (_, index): JournalRow => ({
        version: 1,
        number: lane * workload.requestsPerLane + index + 1,
        path: `/${id}/addTags`,
        body: "{}",
        lane: key,
        operations: [],
        epoch: 1,
        firstAttempt: { wallAt: 0, monotonicAt: 0, process: "crowd" },
      }),
    );
  });
}

export const project = "project-000000000000000000000001";

/** Of the strict alphabet (DO §3.1). */
const digits = "0123456789BFGJKPQVXYZbfgjkpqvxyz";

function idText(number: number): string {
  let text = "";
  for (let rest = number; text.length < 24; rest = Math.floor(rest / digits.length)) {
    text = `${digits[rest % digits.length] ?? "0"}${text}`;
  }
  return text;
}
