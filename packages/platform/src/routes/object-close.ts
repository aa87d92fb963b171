import { repeatedCloseDetail } from "../assumed.ts";
import { allowOnObject, visibleObject } from "./access.ts";
import { recordEffect } from "./call.ts";
import { defineRoute, type Route, type Subject } from "./route.ts";

/** DO §4.4: a repeated close of a record changes nothing, succeeds and says so in `detail`. */
export function objectClose(subject: Subject): Route {
  return defineRoute<void>({
    subject,
    method: "close",
    parse: () => {},
    run: (call) => {
      const object = visibleObject(call, call.subject);
      const { state, detail } = allowOnObject(call, object, "close");
      if (detail || state === "removed") {
        return { id: object.id, detail: repeatedCloseDetail(object.state) };
      }
      const changed = call.world.editObject(object, { state }, call.at);
      recordEffect(call, { id: object.id, project: object.origin }, changed);
      return { id: object.id };
    },
  });
}
