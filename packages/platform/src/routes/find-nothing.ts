import { asDescribe } from "../input/describe-input.ts";
import { keyOf, member } from "../input/fields.ts";
import { asLimit } from "../search/find-input.ts";
import { defineRoute, type Route } from "./route.ts";

/** Nothing runs here: whoever looks for executions finds none. */
export const findNothing: readonly Route[] = ["findJobs", "findExecutions", "findAnalyses"].map(
  (method) =>
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
