import type { JsonObject } from "@holdfast/core";
import { asAppletFields } from "../input/class-fields.ts";
import { initialState } from "../lifecycle.ts";
import { needLevel } from "./access.ts";
import { asNewObject, createObject, type NewObject, projectOfNew } from "./new-object.ts";
import { objectFixedFields } from "./object-fixed-fields.ts";
import { objectFreeFields } from "./object-free-fields.ts";
import { objectReads } from "./object-reads.ts";
import { defineRoute, type Route } from "./route.ts";

interface NewApplet extends NewObject {
  readonly own: JsonObject;
}

/** Born closed (CS §6): there is no close, and what is fixed is fixed from the beginning. */
const appletNew: Route = defineRoute<NewApplet>({
  subject: "applet",
  method: "new",
  takesNonce: true,
  parse: (input, body) => ({ ...asNewObject(input, body), own: asAppletFields(input) }),
  run: (call, input) => {
    needLevel(call, projectOfNew(call, input), "UPLOAD");
    const state = initialState("applet");
    return createObject(call, input, { class: "applet", state, own: input.own });
  },
});

export const appletRoutes: readonly Route[] = [
  appletNew,
  ...objectReads("applet-xxxx"),
  ...objectFixedFields("applet-xxxx"),
  ...objectFreeFields("applet-xxxx"),
];
