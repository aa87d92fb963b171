import { isJsonObject, type Json } from "@holdfast/core";
import { ApiError, invalidInput } from "../api-error.ts";
import { maxPage } from "../assumed.ts";
import { describeProject } from "../describe/describe-project.ts";
import { asDescribe, defaultSelection, type FieldSelection } from "../input/describe-input.ts";
import { asProjectId, keyOf, member, requiredArray } from "../input/fields.ts";
import { projectAt } from "./access.ts";
import { defineRoute, type Route } from "./route.ts";

interface Wanted {
  readonly id: string;
  readonly selection: FieldSelection;
}

/** Many projects in one call, each with its own answer or its own error, as for data objects [assumed] (CS §5.3). */
export const describeProjects: Route = defineRoute<readonly Wanted[]>({
  subject: "system",
  method: "describeProjects",
  parse: (input) => {
    const projects = requiredArray(input, "projects");
    if (projects.length > maxPage) {
      throw invalidInput(`${keyOf("projects")}: at most ${maxPage} projects are taken`);
    }
    return projects.map(asWanted);
  },
  run: (call, wanted) => ({
    results: wanted.map(({ id, selection }) => {
      try {
        const project = projectAt(call, id, "VIEW");
        return { describe: describeProject(project, project.levelOf(call.user.id), selection) };
      } catch (error) {
        if (!(error instanceof ApiError)) throw error;
        return { error: { type: error.type, message: error.message }, statusCode: error.status };
      }
    }),
  }),
});

function asWanted(value: Json): Wanted {
  const hash = isJsonObject(value) ? value : { id: value };
  return {
    id: asProjectId(member(hash, "id"), keyOf("projects")),
    selection:
      asDescribe(member(hash, "describe"), 'key "describe" of a project') ?? defaultSelection,
  };
}
