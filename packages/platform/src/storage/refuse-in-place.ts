import type { Clock } from "@holdfast/core";
import { ApiError } from "../api-error.ts";
import type { RefusalMore } from "../faults/deliver.ts";
import { errorBody } from "../protocol/error-answer.ts";
import { answerHeaders } from "../protocol/headers.ts";
import { refuseAtStorage, isStorageRequest, type StorageExchange } from "./storage-api.ts";
import { StorageError } from "./storage-error.ts";

/** A fault's refusal in the words of whoever would have answered: JSON of the API, XML of the storage. */
export function refuseInPlace(
  clock: Pick<Clock, "now">,
  exchange: Pick<StorageExchange, "request" | "entry">,
  { error, status, headers = {} }: RefusalMore & { readonly error: ApiError | StorageError },
): Response {
  const { request, entry } = exchange;
  const { message } = error;
  if (error instanceof StorageError || isStorageRequest(request)) {
    const code = error instanceof ApiError ? error.type : error.code;
    return refuseAtStorage(clock, exchange, { status, code, message, headers });
  }
  entry.status = status;
  const all = answerHeaders(request, entry.requestId, clock.now());
  for (const [name, value] of Object.entries(headers)) all.set(name, value);
  return new Response(errorBody(error), { status, headers: all });
}
