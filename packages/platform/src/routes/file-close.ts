import { ApiError } from "../api-error.ts";
import { repeatedCloseDetail, type UploadParameters } from "../assumed.ts";
import { closingTimeMs } from "../files/file-rules.ts";
import { type FileState, sizeOf, sortedParts } from "../world/file-state.ts";
import { allowOnObject, visibleObject } from "./access.ts";
import { recordEffect } from "./call.ts";
import { fileStateOf, parametersOf } from "./file-upload.ts";
import { defineRoute, type Route } from "./route.ts";

/** Begins to close an open file whose parts are in order; a repeated close changes nothing (DO §4.4). */
export const fileClose: Route = defineRoute<void>({
  subject: "file-xxxx",
  method: "close",
  parse: () => {},
  run: (call) => {
    const object = visibleObject(call, call.subject);
    const { id } = object;
    if (allowOnObject(call, object, "close").detail) {
      return { id, detail: repeatedCloseDetail(object.state) };
    }
    const file = fileStateOf(object);
    const problem = partsProblem(file, parametersOf(call, object));
    if (problem !== undefined) throw new ApiError("InvalidState", `close: "${id}": ${problem}`);
    const closesAt = call.at + closingTimeMs(call.files, sizeOf(file));
    const changed = call.world.moveFile(object, { state: "closing", closesAt }, call.at);
    recordEffect(call, { id, project: object.origin }, changed);
    return { id };
  },
});

/** Why the parts make no file, in the order of DO §4.4. Gaps between their numbers are fine. */
function partsProblem(file: FileState, parameters: UploadParameters): string | undefined {
  const parts = sortedParts(file);
  const last = parts.at(-1);
  const { emptyLastPartAllowed, minimumPartSize, maximumFileSize } = parameters;
  if (emptyLastPartAllowed && last === undefined) {
    return "it has no part; of an empty file, upload one empty part";
  }
  for (const [index, { state }] of parts) {
    if (state === "pending") return `part ${index} is pending`;
  }
  for (const [index, { size = 0 }] of parts.slice(0, -1)) {
    if (size < minimumPartSize) {
      return `part ${index} has ${size} bytes; all but the last need ${minimumPartSize}`;
    }
  }
  if (!emptyLastPartAllowed && last?.[1].size === 0) return `part ${last[0]} is empty`;
  const size = sizeOf(file);
  return size > maximumFileSize
    ? `it has ${size} bytes; at most ${maximumFileSize} fit`
    : undefined;
}
