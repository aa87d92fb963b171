import { isObjectId, type JsonObject } from "@holdfast/core";
import { invalidInput, notFound } from "../api-error.ts";
import { maxRemovedObjects } from "../assumed.ts";
import { keyOf, optionalBoolean, requiredArray } from "../input/fields.ts";
import { projectAt } from "./access.ts";
import { needLevelToRemove, removeCopies } from "./remove-copies.ts";
import { defineRoute, type Route } from "./route.ts";

interface RemoveObjects {
  readonly ids: readonly string[];
  readonly force: boolean;
}

/** All or nothing, with the hidden objects that go along; with `force`, ids that the container does not hold are passed over (CS §3). */
export const removeObjects: Route = defineRoute<RemoveObjects>({
  subject: "project-xxxx",
  method: "removeObjects",
  parse: (input) => ({ ids: asIds(input), force: optionalBoolean(input, "force") ?? false }),
  run: (call, { ids, force }) => {
    const project = projectAt(call, call.subject, "VIEW");
    const copies = ids.flatMap((id) => {
      const copy = project.index.get(id);
      if (copy === undefined && !force) throw notFound(`"${id}" in project "${project.id}"`);
      return copy === undefined ? [] : [copy];
    });
    needLevelToRemove(call, project);
    removeCopies(call, project, copies);
    return { id: project.id };
  },
});

function asIds(input: JsonObject): readonly string[] {
  const ids = requiredArray(input, "objects");
  if (!ids.every(isObjectId)) {
    throw invalidInput(`expected ${keyOf("objects")} to be an array of data object IDs`);
  }
  const distinct = [...new Set(ids)];
  if (distinct.length > maxRemovedObjects) {
    throw invalidInput(`${keyOf("objects")}: at most ${maxRemovedObjects} objects are taken`);
  }
  return distinct;
}
