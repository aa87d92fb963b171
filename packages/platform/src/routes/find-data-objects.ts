import { describeObject } from "../describe/describe-object.ts";
import { reaches } from "../levels.ts";
import { find } from "../search/find.ts";
import { asFindInput, type FindInput } from "../search/find-input.ts";
import type { Project } from "../world/project.ts";
import { levelOn, projectAt } from "./access.ts";
import { type Call, pastOf } from "./call.ts";
import { defineRoute, type Route } from "./route.ts";

/** CS §5.1, §5.2. */
export const findDataObjects: Route = defineRoute<FindInput>({
  subject: "system",
  method: "findDataObjects",
  parse: asFindInput,
  run: (call, input) => {
    const { results, next } = find(projectsOf(call, input), input, pastOf(call));
    return {
      results: results.map((copy) => ({
        project: copy.project,
        id: copy.object.id,
        describe: input.describe === undefined ? undefined : describeObject(copy, input.describe),
      })),
      next: next === null ? null : { project: next.project, id: next.id },
    };
  },
});

/** The scope's project, or every one the caller is a member of, by id: what is public does not count (CS §5.1). */
function projectsOf(call: Call, { scope, level, regions }: FindInput): readonly Project[] {
  const projects =
    scope === undefined
      ? [...call.world.projects.values()].sort((left, right) => (left.id < right.id ? -1 : 1))
      : [projectAt(call, scope.project, "VIEW")];
  return projects.filter((project) => {
    const own = levelOn(call, project);
    return (
      (scope !== undefined || project.permissions.has(call.user.id)) &&
      reaches(own, "VIEW") &&
      reaches(own, level) &&
      (regions === undefined || regions.includes(project.settings.region))
    );
  });
}
