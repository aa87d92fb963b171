import type { JsonObject } from "@holdfast/core";
import { ApiError, invalidInput } from "../api-error.ts";
import { refusalOfRestrictedData } from "../assumed.ts";
import { optionalString } from "../input/fields.ts";
import { given } from "../input/metadata.ts";
import { initialState } from "../lifecycle.ts";
import type { Project } from "../world/project.ts";
import { needLevel } from "./access.ts";
import { asNewObject, createObject, type NewObject, projectOfNew } from "./new-object.ts";
import { defineRoute, type Route } from "./route.ts";

interface NewFile extends NewObject {
  readonly media: string;
}

/** Born open, with nothing in it (DO §7.1). */
export const fileNew: Route = defineRoute<NewFile>({
  subject: "file",
  method: "new",
  takesNonce: true,
  parse: (input, body) => {
    refuseSymlink(input);
    return { ...asNewObject(input, body), media: optionalString(input, "media") ?? "" };
  },
  run: (call, input) => {
    const project = projectOfNew(call, input);
    needLevel(call, project, "UPLOAD");
    refuseDataFromOutside(project);
    return createObject(call, input, {
      class: "file",
      state: initialState("file"),
      file: {
        media: input.media,
        parts: new Map(),
        activeAt: call.at,
        closesAt: undefined,
        abandonedAt: undefined,
      },
    });
  },
});

/** Every caller is outside: there are no jobs here (CS §1.4). */
export function refuseDataFromOutside({ id, settings }: Project): void {
  if (!settings.externalUploadRestricted) return;
  throw new ApiError(refusalOfRestrictedData, `project "${id}" takes no data from outside`);
}

/** Files whose content is elsewhere are not modelled. */
function refuseSymlink(input: JsonObject): void {
  for (const key of ["drive", "symlinkPath"]) {
    if (given(input, key)) throw invalidInput(`key "${key}" of input: symlinks are not supported`);
  }
}
