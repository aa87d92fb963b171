import {
  type Failure,
  type FailureCode,
  isPlatformErrorType,
  type PlatformErrorType,
} from "../failure.ts";
import { projectLevels } from "../outcomes/from-project-describe.ts";
import type { OutboxRow, Rights, Sequence } from "../operation.ts";
import type { EpochMs } from "../ports.ts";
import type { Write } from "../store.ts";
import { isPlainObject } from "../values/plain-object.ts";

/**
 * What becomes of what is parked for one reason, without a person.
 *
 * - `wait`: nothing, until somebody decides.
 * - `retryWhenAllowed`: once more with each new token, and with each higher level in its project.
 * - `retryAfterMs`: again and again, so long after each time it was parked.
 * - `discard`: it is given up, with what falls with it; the history says that this policy did it.
 */
export type ParkedPolicy =
  | "wait"
  | "retryWhenAllowed"
  | { readonly retryAfterMs: number }
  | "discard";

/** For what operations are parked: a refusal, or what only we can say. */
export type ParkedReason = PlatformErrorType | "Conflict" | "DependencyParked" | "Undecidable";

export type ParkedPolicies = { readonly [Reason in ParkedReason]?: ParkedPolicy };

export function policyFor(code: FailureCode, policies: ParkedPolicies): ParkedPolicy {
  const stated = Object.hasOwn(policies, code) ? policies[code as ParkedReason] : undefined;
  return stated ?? (code === "PermissionDenied" ? "retryWhenAllowed" : "wait");
}

export type PolicyStep =
  | { readonly step: "wait"; readonly until?: EpochMs }
  | { readonly step: "retry" }
  | { readonly step: "discard"; readonly policy: FailureCode }
  /** How things stood when it was refused is to be kept in the row, or no change could ever be seen. */
  | { readonly step: "noteRights"; readonly rights: Rights };

export interface PolicyInput {
  readonly policies: ParkedPolicies;
  readonly now: EpochMs;
  /** In the project of the operation, as far as they are known. */
  readonly rights?: Rights;
}

/** A refusal so recent that what is asked now is how things stood then. */
const recentMs = 15_000;

/** What a policy makes of one parked operation now. */
export function policyStep(row: OutboxRow, input: PolicyInput): PolicyStep {
  const { parked } = row;
  if (parked === undefined) return { step: "wait" };
  const { code } = parked.reason;
  const policy = policyFor(code, input.policies);
  switch (policy) {
    case "wait":
      return { step: "wait" };
    case "discard":
      return { step: "discard", policy: code };
    case "retryWhenAllowed":
      return stepByRights(parked, input);
    default: {
      const until = parked.at + policy.retryAfterMs;
      return until <= input.now ? { step: "retry" } : { step: "wait", until };
    }
  }
}

function stepByRights(
  { at, rights: then }: NonNullable<OutboxRow["parked"]>,
  { now, rights }: PolicyInput,
): PolicyStep {
  if (rights === undefined) return { step: "wait" };
  if (then === undefined) {
    // Nobody was there to note them: it is tried once, and noted when it is refused again.
    return Math.abs(now - at) <= recentMs ? { step: "noteRights", rights } : { step: "retry" };
  }
  const isNewToken = then.token !== rights.token;
  return isNewToken || isHigher(rights.level, then.level) ? { step: "retry" } : { step: "wait" };
}

function isHigher(now: Rights["level"], then: Rights["level"]): boolean {
  return rankOf(now) > rankOf(then);
}

function rankOf(level: Rights["level"]): number {
  return level === undefined ? -1 : projectLevels.indexOf(level);
}

/** Keeps in parked rows what we were allowed when they were refused. Relaxed: what is lost is asked again. */
export function noteRights(operations: readonly Sequence[], rights: Rights): Write<number> {
  return {
    durability: "relaxed",
    reads: { outbox: operations },
    decide(rows) {
      const noted = operations
        .map((sequence) => rows.outbox(sequence))
        .filter((row) => row !== undefined)
        .flatMap((row) =>
          row.parked === undefined || row.parked.rights !== undefined
            ? []
            : [{ ...row, parked: { ...row.parked, rights } }],
        );
      return { puts: noted.map((row) => ({ table: "outbox", row })), result: noted.length };
    },
  };
}

/** @returns why these cannot be, undefined where they can. */
export function policiesProblem(policies: unknown): string | undefined {
  if (!isPlainObject(policies)) return "policies are an object, by the code of the reason";
  const wrong = Object.entries(policies).find(
    ([reason, policy]) => !isReason(reason) || !isPolicy(policy),
  );
  if (wrong === undefined) return undefined;
  const [reason] = wrong;
  if (!isReason(reason)) return `nothing is parked for ${reason}`;
  return `that of ${reason} must be "wait", "retryWhenAllowed", "discard", or { retryAfterMs } of at least ${minimumRetryAfterMs}`;
}

function isReason(reason: string): boolean {
  return isPlatformErrorType(reason) || ownReasons.has(reason);
}

const ownReasons: ReadonlySet<string> = new Set<Failure["code"]>([
  "Conflict",
  "DependencyParked",
  "Undecidable",
]);

function isPolicy(policy: unknown): boolean {
  if (policy === undefined || typeof policy === "string") {
    return ["wait", "retryWhenAllowed", "discard", undefined].includes(policy);
  }
  const afterMs = isPlainObject(policy) ? policy["retryAfterMs"] : undefined;
  return Number.isSafeInteger(afterMs) && (afterMs as number) >= minimumRetryAfterMs;
}

/** Refused requests are throttled by the platform (CS §8.2). */
const minimumRetryAfterMs = 60_000;
