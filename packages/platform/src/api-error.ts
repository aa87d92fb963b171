import type { Json, PlatformErrorType } from "@holdfast/core";

/** The HTTP status of each error type. PermissionDenied is a 401, not a 403 (DO §1.4). */
const statuses: Readonly<Record<PlatformErrorType, number>> = {
  MalformedJSON: 400,
  InvalidAuthentication: 401,
  PermissionDenied: 401,
  SpendingLimitExceeded: 403,
  OrgExpired: 403,
  ResourceNotFound: 404,
  InvalidInput: 422,
  InvalidState: 422,
  InvalidType: 422,
  RateLimitConditional: 429,
  InternalError: 500,
  ServiceUnavailable: 503,
};

interface Extras {
  readonly details?: Json;
  /** Seconds. */
  readonly retryAfterS?: number;
  readonly cause?: unknown;
}

/** A refusal of the platform: what stands in the error body, and the status it travels with. */
export class ApiError extends Error {
  override readonly name = "ApiError";
  readonly type: PlatformErrorType;
  readonly details: Json | undefined;
  readonly retryAfterS: number | undefined;

  constructor(type: PlatformErrorType, message: string, extras: Extras = {}) {
    super(message, { cause: extras.cause });
    this.type = type;
    this.details = extras.details;
    this.retryAfterS = extras.retryAfterS;
  }

  get status(): number {
    return statuses[this.type];
  }
}

export function invalidInput(message: string): ApiError {
  return new ApiError("InvalidInput", message);
}

export function notFound(what: string): ApiError {
  return new ApiError("ResourceNotFound", `${what} could not be found or is not visible to you`);
}

/** In the words that the official client's tests look for. */
export function noFolder(folder: string, project: string): ApiError {
  return new ApiError(
    "ResourceNotFound",
    `Folder "${folder}" does not exist in project "${project}"`,
  );
}
