import { type DataObjectClass, dataObjectClasses } from "@holdfast/core";
import { ApiError } from "../api-error.ts";
import { visibleObject } from "./access.ts";
import { defineRoute, type Route } from "./route.ts";

/** The methods of one class, called on another one: InvalidType, not an unknown route (CS §6 [assumed]). */
export function refusedByOthers(
  own: DataObjectClass,
  methods: readonly string[],
): readonly Route[] {
  const others = dataObjectClasses.filter((name) => name !== own);
  return others.flatMap((name) =>
    methods.map((method) =>
      defineRoute<void>({
        subject: `${name}-xxxx`,
        method,
        parse: () => {},
        run: (call) => {
          visibleObject(call, call.subject);
          throw new ApiError(
            "InvalidType",
            `${method} is for objects of class ${own}, not ${name}`,
          );
        },
      }),
    ),
  );
}
