import type { ClosedField } from "./fixed-field.ts";
import type { Json } from "./json.ts";
import type { OperationId } from "./ids.ts";

/** The error types of the platform (DO §1.4). They are codes here, unchanged. */
export type PlatformErrorType =
  | "MalformedJSON"
  | "InvalidAuthentication"
  | "PermissionDenied"
  | "SpendingLimitExceeded"
  | "OrgExpired"
  | "ResourceNotFound"
  | "InvalidInput"
  | "InvalidState"
  | "InvalidType"
  | "RateLimitConditional"
  | "InternalError"
  | "ServiceUnavailable";

/** A refusal in the platform's own words: its own answer, or ours where its answer is certain. */
export interface PlatformFailure {
  readonly code: PlatformErrorType;
  readonly message: string;
  /** The object the call was about. */
  readonly object?: string;
  /** `error.details` of the answer. */
  readonly details?: Json;
  /** `X-Request-ID` of the answer, where it could be read. */
  readonly requestId?: string;
}

/** What only a local-first store can say. */
export type LocalFailure =
  /** The operation waits for a person, or for a change of rights; `reason` says why. */
  | {
      readonly code: "Parked";
      readonly message: string;
      readonly operation: OperationId;
      readonly reason: Failure;
    }
  /** The operation was given up on purpose. */
  | { readonly code: "Discarded"; readonly message: string; readonly operation: OperationId }
  /** The object is gone from the platform. */
  | { readonly code: "Removed"; readonly message: string; readonly object: string }
  /** `settled()` of an object that nobody asked to close. */
  | { readonly code: "NotClosing"; readonly message: string; readonly object: string }
  /** The platform answered success in a shape the method does not have, or with more objects than one. */
  | { readonly code: "Undecidable"; readonly message: string; readonly objects?: readonly string[] }
  /** Somebody else changed or closed the object first. */
  | {
      readonly code: "Conflict";
      readonly message: string;
      readonly object: string;
      /** Of details: JSON pointers (RFC 6901) to what both sides changed. */
      readonly paths?: readonly string[];
    }
  /** It is closed, and in these fields it is not what we knew when we closed it: somebody was faster. */
  | {
      readonly code: "ClosedWithForeignChange";
      readonly message: string;
      readonly object: string;
      readonly fields: readonly ClosedField[];
    }
  /** An operation it depends on is parked or was discarded. */
  | { readonly code: "DependencyParked"; readonly message: string; readonly operation: OperationId }
  /** `signOut` or `wipe` while changes are not on the platform yet. */
  | { readonly code: "UnsentWork"; readonly message: string; readonly operations: number }
  | { readonly code: "StorageClosed"; readonly message: string }
  | {
      readonly code: "StorageQuota";
      readonly message: string;
      /** Of content there is no room for: how much it takes. */
      readonly neededBytes?: number;
      /** And how much contents may still take, beside what is reserved for changes. */
      readonly freeBytes?: number;
      readonly reservedBytes?: number;
    }
  | { readonly code: "StorageFailed"; readonly message: string }
  /** A row or message of a newer release: this one steps down instead of guessing. */
  | { readonly code: "NewerVersion"; readonly message: string; readonly found: number }
  /** A write of an engine that has been replaced (design §5, one sender). */
  | { readonly code: "Fenced"; readonly message: string; readonly epoch: number }
  | { readonly code: "WorkerUnreachable"; readonly message: string }
  | { readonly code: "NeedsAuth"; readonly message: string }
  | { readonly code: "Unreachable"; readonly message: string; readonly retryAfterMs?: number };

/** What went wrong, as plain data that crosses workers and the wire unchanged. Branch on `code`. */
export type Failure = PlatformFailure | LocalFailure;

export type FailureCode = Failure["code"];

/** The one error class. `message` is for people and says what to do next; `failure.code` is for programs. */
export class HoldfastError extends Error {
  override readonly name: string = "HoldfastError";
  readonly failure: Failure;

  constructor(failure: Failure, options?: ErrorOptions) {
    super(failure.message, options);
    this.failure = failure;
  }

  get code(): FailureCode {
    return this.failure.code;
  }
}

const platformErrorTypes: ReadonlySet<string> = new Set<PlatformErrorType>([
  "MalformedJSON",
  "InvalidAuthentication",
  "PermissionDenied",
  "SpendingLimitExceeded",
  "OrgExpired",
  "ResourceNotFound",
  "InvalidInput",
  "InvalidState",
  "InvalidType",
  "RateLimitConditional",
  "InternalError",
  "ServiceUnavailable",
]);

export function isPlatformErrorType(type: string): type is PlatformErrorType {
  return platformErrorTypes.has(type);
}

export function isPlatformFailure(failure: Failure): failure is PlatformFailure {
  return platformErrorTypes.has(failure.code);
}

/** The failure an unknown thrown value stands for, where it is one of ours. */
export function failureOf(error: unknown): Failure | undefined {
  return error instanceof HoldfastError ? error.failure : undefined;
}
