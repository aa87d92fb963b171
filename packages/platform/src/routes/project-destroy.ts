import { ApiError } from "../api-error.ts";
import { refusalOfProtectedDestroy } from "../assumed.ts";
import { leaveForArchive } from "../files/leave-for-archive.ts";
import { optionalBoolean } from "../input/fields.ts";
import { projectAt } from "./access.ts";
import { archivedAt, recordEffect } from "./call.ts";
import { defineRoute, type Route } from "./route.ts";

/** Takes every object of the project with it. No job runs here, so `terminateJobs` has nothing to say (CS §1.2). */
export const projectDestroy: Route = defineRoute<void>({
  subject: "project-xxxx",
  method: "destroy",
  parse: (input) => {
    optionalBoolean(input, "terminateJobs");
  },
  run: (call) => {
    const project = projectAt(call, call.subject, "ADMINISTER");
    const { id, index, settings } = project;
    if (settings.destroyProtected) {
      throw new ApiError(
        refusalOfProtectedDestroy,
        `project "${id}" is protected from being destroyed`,
      );
    }
    for (const { object } of index.all()) {
      recordEffect(call, { id: object.id, project: id }, { state: [object.state, "removed"] });
    }
    const objects = index.all().map(({ object }) => object);
    call.world.removeProject(project);
    for (const object of objects) leaveForArchive(call.world, object, archivedAt(call));
    recordEffect(call, { id, project: id }, { state: [null, "destroyed"] });
    return { id };
  },
});
