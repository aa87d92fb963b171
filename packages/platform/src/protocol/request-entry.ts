import type { EpochMs } from "@holdfast/core";

/** One HTTP call as it reached the platform. Nothing in it says which attempt it is. */
export interface RequestEntry {
  /** 0, 1, 2, … in the order of arrival. */
  readonly number: number;
  readonly at: EpochMs;
  readonly requestId: string;
  /** As it came: `/record-F…/close`. */
  readonly path: string;
  /** As the documentation would write it: `/record-xxxx/close`, whether or not there is such a route. */
  readonly route: string;
  /** The id in the path, or the id that a create answered. */
  object: string | undefined;
  user: string | undefined;
  /** The input with sorted keys and without white space; of a long one `sha256:` and its hash; empty if it is no JSON. */
  readonly body: string;
  /** The fault that hit it, by its kind. */
  readonly fault: string | undefined;
  /** Undefined while it is under way, and for ever where it never arrived. */
  status: number | undefined;
  /** `error.type` of a refusal. */
  error: string | undefined;
  /** Whether the caller got the answer. */
  answered: boolean;
  /** The number of the call of which this is a second delivery: not a call of its own. */
  readonly copyOf: number | undefined;
}
