import type { JsonObject } from "@holdfast/core";
import { invalidInput } from "../api-error.ts";
import { type UploadParameters, uploadParametersOf } from "../assumed.ts";
import { keyOf, optionalInteger, optionalString } from "../input/fields.ts";
import type { Output } from "../json/json-writer.ts";
import { uploadHeaders, uploadUrl } from "../storage/upload-grant.ts";
import type { DataObject } from "../world/data-object.ts";
import type { FileState } from "../world/file-state.ts";
import { allowOnObject, visibleObject } from "./access.ts";
import { type Call, recordEffect } from "./call.ts";
import { refuseDataFromOutside } from "./file-new.ts";
import { defineRoute, type Route, type Subject } from "./route.ts";

interface PartInput {
  readonly index: number;
  readonly size: number | undefined;
  readonly md5: string | undefined;
}

/** Where and how to PUT one part, which is pending from now on, whatever it was before (DO §7.3). */
export function fileUpload(subject: Subject): Route {
  return defineRoute<PartInput>({
    subject,
    method: "upload",
    parse,
    run: (call, part) => {
      const object = visibleObject(call, call.subject);
      refuseBeyond(parametersOf(call, object), part);
      allowOnObject(call, object, "upload");
      const project = call.world.projects.get(object.origin);
      if (project !== undefined) refuseDataFromOutside(project);
      return announce(call, object, part);
    },
  });
}

function announce(call: Call, object: DataObject, { index, size, md5 }: PartInput): Output {
  const { world, at, user, files, origin } = call;
  const changed = world.setPart(object, index, { part: { state: "pending", size, md5 }, at });
  recordEffect(call, { id: object.id, project: object.origin }, changed);
  const expires = at + files.uploadUrlMs;
  const grant = { file: object.id, index, size, md5, user: user.id, expires };
  return { url: uploadUrl(world.seed, origin, grant), headers: uploadHeaders(grant), expires };
}

function parse(input: JsonObject): PartInput {
  const index = optionalInteger(input, "index") ?? 1;
  const size = optionalInteger(input, "size");
  const md5 = optionalString(input, "md5");
  if (index < 1) throw invalidInput(`expected ${keyOf("index")} to be at least 1`);
  if (size !== undefined && size < 0) {
    throw invalidInput(`expected ${keyOf("size")} to be at least 0`);
  }
  if (md5 !== undefined && !/^[0-9a-f]{32}$/.test(md5)) {
    throw invalidInput(`expected ${keyOf("md5")} to be 32 lowercase hex digits`);
  }
  return { index, size, md5 };
}

/** What is too much for the region of the project the file was created in. */
function refuseBeyond(parameters: UploadParameters, { index, size = 0 }: PartInput): void {
  const { maximumNumParts, maximumPartSize } = parameters;
  if (index > maximumNumParts) {
    throw invalidInput(`expected ${keyOf("index")} to be at most ${maximumNumParts}`);
  }
  if (size > maximumPartSize) {
    throw invalidInput(`expected ${keyOf("size")} to be at most ${maximumPartSize}`);
  }
}

export function parametersOf({ world }: Pick<Call, "world">, object: DataObject): UploadParameters {
  return uploadParametersOf(world.projects.get(object.origin)?.settings.region ?? "");
}

export function fileStateOf({ id, file }: DataObject): FileState {
  if (file === undefined) throw new Error(`Broken invariant: ${id} is no file`);
  return file;
}
