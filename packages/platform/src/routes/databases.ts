import { ApiError } from "../api-error.ts";
import { requiredProject } from "../input/fields.ts";
import { needLevel, projectAt, visibleObject } from "./access.ts";
import { recordEffect } from "./call.ts";
import { objectClose } from "./object-close.ts";
import { objectFixedFields } from "./object-fixed-fields.ts";
import { objectFreeFields } from "./object-free-fields.ts";
import { objectReads } from "./object-reads.ts";
import { refusedByOthers } from "./other-classes.ts";
import { defineRoute, type Route } from "./route.ts";

/** A database lives in one project and can be put into another one (CS §6): CONTRIBUTE there and here [assumed]. */
const relocate: Route = defineRoute<string>({
  subject: "database-xxxx",
  method: "relocate",
  parse: requiredProject,
  run: (call, id) => {
    const object = visibleObject(call, call.subject);
    const target = projectAt(call, id, "VIEW");
    const [copy] = object.copies.values();
    if (copy === undefined) throw new Error(`Broken invariant: ${object.id} is in no project`);
    needLevel(call, projectAt(call, copy.project, "VIEW"), "CONTRIBUTE");
    needLevel(call, target, "CONTRIBUTE");
    if (copy.project === id) {
      throw new ApiError("InvalidState", `"${object.id}" is in project "${id}" already`);
    }
    const fields = { folder: "/", modified: call.at };
    call.world.addCopy({ ...copy, project: id, ...fields });
    call.world.removeCopy(copy);
    recordEffect(call, { id: object.id, project: id }, { project: [copy.project, id] });
    return { id: object.id };
  },
});

/** There is no public `new`: the platform's own services make them, here `control.addDatabase`. */
export const databaseRoutes: readonly Route[] = [
  ...objectReads("database-xxxx"),
  ...objectFixedFields("database-xxxx"),
  ...objectFreeFields("database-xxxx"),
  objectClose("database-xxxx"),
  relocate,
  ...refusedByOthers("database", ["relocate"]),
];
