import { asDescribe } from "../input/describe-input.ts";
import { keyOf, member } from "../input/fields.ts";
import { asLimit } from "../search/find-input.ts";
import { defineRoute, type Route } from "./route.ts";

/**
 * Nothing runs here, and nothing is published: whoever looks for executions or apps finds none. The official command
 * looks for an app wherever it finds no object of a name.
 */
export const findNothing: readonly Route[] = [
  "findJobs",
  "findExecutions",
  "findAnalyses",
  "findApps",
  "findGlobalWorkflows",
].map((method) =>
  defineRoute<void>({
    subject: "system",
    method,
    parse: (input) => {
      asLimit(input);
      asDescribe(member(input, "describe"), keyOf("describe"));
    },
    run: () => ({ results: [], next: null }),
  }),
);
