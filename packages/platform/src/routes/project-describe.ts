import { describeProject } from "../describe/describe-project.ts";
import { asSelection, type FieldSelection } from "../input/describe-input.ts";
import { projectAt } from "./access.ts";
import { defineRoute, type Route } from "./route.ts";

/** CS §1.3. Keys it does not know are ignored, whatever they hold. */
export const projectDescribe: Route = defineRoute<FieldSelection>({
  subject: "project-xxxx",
  method: "describe",
  parse: (input) => asSelection(input),
  run: (call, selection) => {
    const project = projectAt(call, call.subject, "VIEW");
    return describeProject(project, project.levelOf(call.user.id), selection);
  },
});
