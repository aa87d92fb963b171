import { ApiError } from "../api-error.ts";
import { writeJson, type Output } from "../json/json-writer.ts";

/** The error body of DO §1.3. */
export function errorBody(error: ApiError): string {
  const { type, message, details } = error;
  return writeJson({ error: { type, message, details: details as Output | undefined } });
}

/** What a thrown value means to the caller: a bug of the platform is its InternalError. */
export function asApiError(error: unknown): ApiError {
  if (error instanceof ApiError) return error;
  return new ApiError("InternalError", "the platform failed", { cause: error });
}
