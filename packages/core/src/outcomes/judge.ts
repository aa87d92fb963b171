import { unreachable } from "../assert.ts";
import {
  type Failure,
  isPlatformErrorType,
  type PlatformErrorType,
  type PlatformFailure,
} from "../failure.ts";
import { classOfId, isObjectId, isProvisionalId, type ObjectId } from "../ids.ts";
import { isJsonObject, type Json, type JsonObject } from "../json.ts";
import type { EpochMs } from "../ports.ts";
import type { Answer, Verdict } from "../request.ts";
import type { Expectation } from "../planning/expectation.ts";
import { parseRetryAfterMs } from "./retry-after.ts";

type Response = Extract<Answer, { kind: "response" }>;

/**
 * What an answer means (design §5, verdicts): by `error.type`, without a valid envelope by status, never by message
 * text. Total: any status with any body gets a verdict. A close of what is closed already is `done` with a `detail`.
 *
 * Only the platform's own words settle anything: an answer that is neither a success of the method's shape nor an
 * error envelope came from something in between, and leaves the outcome unknown.
 *
 * @param now - wall clock, against which a Retry-After date is read where the answer has no readable `Date`.
 */
export function judge(expected: Expectation, answer: Answer, now: EpochMs): Verdict {
  if (answer.kind === "none") {
    if (answer.sent) return { verdict: "unknown" };
    return { verdict: "retry", reason: unreachableFailure(answer.cause) };
  }
  const afterMs = parseRetryAfterMs(answer.retryAfter, answer.serverAt ?? now);
  const body = parseBody(answer.body);
  if (answer.status >= 200 && answer.status < 300) return judgeSuccess(expected, answer, body);
  const envelope = envelopeOf(body);
  if (envelope === undefined) return judgeByStatus(answer, afterMs);
  const isUnavailable = envelope.type === "ServiceUnavailable";
  if (answer.status < 400 || (answer.status >= 500 && !isUnavailable)) {
    return unknown(answer, afterMs);
  }
  const code = isPlatformErrorType(envelope.type) ? envelope.type : codeByStatus(answer.status);
  return judgeByType(code, failureOf(code, { envelope, answer, expected }), afterMs);
}

function judgeSuccess(expected: Expectation, answer: Response, body: Json | undefined): Verdict {
  const id = isJsonObject(body) ? answeredId(expected, body) : undefined;
  if (id === undefined || !isJsonObject(body)) return unknown(answer, undefined);
  return {
    verdict: "done",
    id,
    ...(typeof body.detail === "string" ? { detail: body.detail } : undefined),
    ...(answer.requestId === undefined ? undefined : { requestId: answer.requestId }),
  };
}

/** The id of the object that the answer is about; undefined where it is not an answer to what was asked. */
function answeredId(expected: Expectation, { id, exists }: JsonObject): ObjectId | undefined {
  if (expected.container !== undefined) {
    // A clone says what was there already (CS §4).
    const isWhole = expected.method !== "clone" || Array.isArray(exists);
    return isWhole && id === expected.container ? expected.id : undefined;
  }
  if (expected.id !== undefined) return id === expected.id ? expected.id : undefined;
  if (!isObjectId(id)) return undefined;
  return classOfId(id) === expected.class && !isProvisionalId(id) ? id : undefined;
}

function judgeByType(
  code: PlatformErrorType,
  reason: PlatformFailure,
  afterMs: number | undefined,
): Verdict {
  switch (code) {
    case "InvalidAuthentication":
      return { verdict: "needsAuth", reason };
    case "SpendingLimitExceeded":
    case "OrgExpired":
      // Both are of whoever is billed for the project: other projects may go on.
      return { verdict: "blocked", scope: "project", reason };
    case "RateLimitConditional":
    case "ServiceUnavailable":
      return { verdict: "retry", reason, ...withAfter(afterMs) };
    case "InvalidState":
      return { verdict: "conflict", reason };
    case "InvalidInput":
    case "InvalidType":
      return { verdict: "invalid", reason };
    case "MalformedJSON":
    case "PermissionDenied":
    case "ResourceNotFound":
      return { verdict: "refused", reason };
    case "InternalError":
      return { verdict: "unknown", ...withAfter(afterMs) };
    default:
      return unreachable(code);
  }
}

/** A status that no envelope explains. */
function judgeByStatus(answer: Response, afterMs: number | undefined): Verdict {
  const { status, requestId } = answer;
  const traced = requestId === undefined ? undefined : { requestId };
  if (status === 401 && !isCutOff(answer.body)) {
    const message = "the token was not accepted (401 without an explanation); sign in again";
    return { verdict: "needsAuth", reason: { code: "InvalidAuthentication", message, ...traced } };
  }
  if (status === 429) {
    const message = "too many requests (429 without an explanation); it is tried again later";
    const reason: Failure = { code: "RateLimitConditional", message, ...traced };
    return { verdict: "retry", reason, ...withAfter(afterMs) };
  }
  return unknown(answer, afterMs);
}

/** An error type we do not know counts as the type that its status stands for (DO §1.4). */
function codeByStatus(status: number): PlatformErrorType {
  switch (status) {
    case 400:
      return "MalformedJSON";
    case 401:
      return "InvalidAuthentication";
    case 404:
    case 405:
    case 410:
      return "ResourceNotFound";
    case 408:
      return "InternalError";
    case 409:
    case 412:
      return "InvalidState";
    case 422:
      return "InvalidInput";
    case 429:
      return "RateLimitConditional";
    default:
      return "PermissionDenied";
  }
}

/**
 * Whether it may be an envelope of which the end is missing: PermissionDenied, which says nothing of the token, is a
 * 401 too.
 */
function isCutOff(body: string | undefined): boolean {
  if (body === undefined) return true;
  return body.startsWith("{") && parseBody(body) === undefined;
}

interface Envelope {
  readonly type: string;
  readonly message: string | undefined;
  readonly details: Json | undefined;
}

function envelopeOf(body: Json | undefined): Envelope | undefined {
  if (!isJsonObject(body) || !isJsonObject(body.error)) return undefined;
  const { type, message, details } = body.error;
  if (typeof type !== "string" || type === "") return undefined;
  return { type, message: typeof message === "string" ? message : undefined, details };
}

interface FailureContext {
  readonly envelope: Envelope;
  readonly answer: Response;
  readonly expected: Expectation;
}

function failureOf(
  code: PlatformErrorType,
  { envelope, answer, expected }: FailureContext,
): PlatformFailure {
  const said = envelope.message ?? `the platform answered ${answer.status}`;
  return {
    code,
    message: code === envelope.type ? said : `${envelope.type}: ${said}`,
    ...(expected.id === undefined ? undefined : { object: expected.id }),
    ...(envelope.details === undefined ? undefined : { details: envelope.details }),
    ...(answer.requestId === undefined ? undefined : { requestId: answer.requestId }),
  };
}

function parseBody(body: string | undefined): Json | undefined {
  if (body === undefined) return undefined;
  try {
    return JSON.parse(body) as Json;
  } catch {
    // Truncated, or not the platform's: that it is no JSON is all there is to know of it.
    return undefined;
  }
}

function unknown(answer: Response, afterMs: number | undefined): Verdict {
  return { verdict: "unknown", status: answer.status, ...withAfter(afterMs) };
}

function withAfter(afterMs: number | undefined): { readonly afterMs?: number } {
  return afterMs === undefined ? {} : { afterMs };
}

function unreachableFailure(cause: "network" | "timeout" | "aborted"): Failure {
  return {
    code: "Unreachable",
    message: `the platform was not reached (${cause}); it is tried again`,
  };
}
