import { isObjectId, type JsonObject } from "@holdfast/core";
import { invalidInput, notFound } from "../api-error.ts";
import {
  asHash,
  asProjectId,
  keyOf,
  member,
  optionalBoolean,
  requiredString,
} from "../input/fields.ts";
import { given } from "../input/metadata.ts";
import { initialState } from "../lifecycle.ts";
import type { Copy } from "../world/data-object.ts";
import { hintedCopy, needLevel, projectAt } from "./access.ts";
import type { Call } from "./call.ts";
import { asNewObject, createObject, type NewObject, projectOfNew } from "./new-object.ts";
import { defineRoute, type Route } from "./route.ts";

interface NewRecord extends NewObject {
  readonly close: boolean;
  readonly initializeFrom: { readonly id: string; readonly project: string } | undefined;
}

/** DO §6. */
export const recordNew: Route = defineRoute<NewRecord>({
  subject: "record",
  method: "new",
  takesNonce: true,
  parse: (input, body) => ({
    ...asNewObject(input, body),
    close: optionalBoolean(input, "close") ?? false,
    initializeFrom: given(input, "initializeFrom") ? asSource(input) : undefined,
  }),
  run: (call, input) => {
    // Everything that must be there is looked up before anyone's level is judged (DO §1.7).
    const project = projectOfNew(call, input);
    const source = sourceOf(call, input);
    needLevel(call, project, "UPLOAD");
    const state = input.close ? "closed" : initialState("record");
    return createObject(call, input, { class: "record", state, source });
  },
});

function asSource(input: JsonObject): NewRecord["initializeFrom"] {
  const source = asHash(member(input, "initializeFrom"), keyOf("initializeFrom"));
  const id = requiredString(source, "id");
  if (!isObjectId(id) || !id.startsWith("record-")) {
    throw invalidInput('expected key "id" of "initializeFrom" to be the ID of a record');
  }
  const project = asProjectId(member(source, "project"), 'key "project" of "initializeFrom"');
  return { id, project };
}

/** The copy whose metadata are the defaults. The project is no hint here: the record must be in it. */
function sourceOf(call: Call, { initializeFrom }: NewRecord): Copy | undefined {
  if (initializeFrom === undefined) return undefined;
  const { id, project } = initializeFrom;
  projectAt(call, project, "VIEW");
  const copy = hintedCopy(call, id, project);
  if (copy.project !== project) throw notFound(`"${id}" in project "${project}"`);
  return copy;
}
