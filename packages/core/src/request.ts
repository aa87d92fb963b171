import type { Failure } from "./failure.ts";

/** What came back from one HTTP call, before anyone believes it. */
export type Answer =
  | {
      readonly kind: "response";
      readonly status: number;
      /** The whole text; `undefined` where it broke off. */
      readonly body: string | undefined;
      readonly requestId?: string;
      /** The header as it stands, seconds or a date. */
      readonly retryAfter?: string;
      /** `Date` of the answer in epoch milliseconds, where readable. */
      readonly serverAt?: number;
    }
  /** `sent` false only where the request certainly never left this machine. */
  | {
      readonly kind: "none";
      readonly cause: "network" | "timeout" | "aborted";
      readonly sent: boolean;
    };

/**
 * What an answer means (design §5, verdicts). Decided by `error.type`, without a valid envelope by status,
 * never by message text.
 */
export type Verdict =
  | {
      readonly verdict: "done";
      readonly id: string;
      readonly detail?: string;
      readonly requestId?: string;
    }
  /** May have reached the platform, and nothing believable came back. */
  | { readonly verdict: "unknown"; readonly status?: number; readonly afterMs?: number }
  | { readonly verdict: "retry"; readonly afterMs?: number; readonly reason: Failure }
  | { readonly verdict: "needsAuth"; readonly reason: Failure }
  | { readonly verdict: "blocked"; readonly scope: "account" | "project"; readonly reason: Failure }
  /** InvalidState: the object is not in the state the request needs. Describe before deciding. */
  | { readonly verdict: "conflict"; readonly reason: Failure }
  /** InvalidInput, InvalidType: no effect, and a merged request may be split. */
  | { readonly verdict: "invalid"; readonly reason: Failure }
  | { readonly verdict: "refused"; readonly reason: Failure };
