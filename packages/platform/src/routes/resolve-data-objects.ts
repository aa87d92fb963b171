import type { Json, JsonObject } from "@holdfast/core";
import { invalidInput } from "../api-error.ts";
import { maxPage } from "../assumed.ts";
import { asHash, asProjectId, keyOf, member, requiredArray } from "../input/fields.ts";
import { asFolder, given } from "../input/metadata.ts";
import type { Output } from "../json/json-writer.ts";
import { compareInOrder, sortKeyOf } from "../world/object-index.ts";
import type { Before } from "../world/past.ts";
import { projectAt } from "./access.ts";
import { type Call, pastOf } from "./call.ts";
import { defineRoute, type Route } from "./route.ts";

interface Path {
  readonly project: string;
  readonly folder: string;
  readonly name: string;
}

/**
 * Paths to ids: nothing, one or many for each, in the order of a search. A path names what lies directly in its
 * folder, hidden or not; a folder that is not there holds nothing [assumed] (CS §5.3).
 */
export const resolveDataObjects: Route = defineRoute<readonly Path[]>({
  subject: "system",
  method: "resolveDataObjects",
  parse: (input) => {
    const objects = requiredArray(input, "objects");
    if (objects.length > maxPage) {
      throw invalidInput(`${keyOf("objects")}: at most ${maxPage} objects are taken`);
    }
    return objects.map((object) => asPath(object, input));
  },
  run: (call, paths) => {
    const past = pastOf(call);
    return { results: paths.map((path) => found(call, path, past.get(path.project))) };
  },
});

/** What an object does not say of its place, the whole input says. */
function asPath(value: Json, input: JsonObject): Path {
  const object = asHash(value, 'an entry of "objects"');
  const name = member(object, "name");
  if (typeof name !== "string")
    throw invalidInput('expected key "name" of an object to be a string');
  const project = member(object, "project") ?? member(input, "project");
  const folder = given(object, "folder") ? object : input;
  return {
    name,
    project: asProjectId(project, keyOf("project")),
    folder: given(folder, "folder") ? asFolder(member(folder, "folder"), "folder") : "/",
  };
}

function found(
  call: Call,
  { project: id, folder, name }: Path,
  before: Before = new Map(),
): Output {
  const now = projectAt(call, id, "VIEW").index.inFolder(folder);
  const earlier = [...before.values()].filter((copy) => copy !== undefined);
  return [...[...now].filter(({ object }) => !before.has(object.id)), ...earlier]
    .filter((copy) => copy.name === name && copy.folder === folder)
    .sort((left, right) => compareInOrder("modified", sortKeyOf(left), sortKeyOf(right)))
    .map(({ project, object }) => ({ project, id: object.id }));
}
