import type { JsonObject } from "@holdfast/core";
import { ApiError } from "../api-error.ts";
import { clusterPort, levelOfClusterOrder } from "../assumed.ts";
import { requiredString } from "../input/fields.ts";
import { initialState } from "../lifecycle.ts";
import type { DataObject } from "../world/data-object.ts";
import { insufficient, levelIn, needLevel, visibleObject } from "./access.ts";
import { type Call, recordEffect } from "./call.ts";
import { asNewObject, createObject, type NewObject, projectOfNew } from "./new-object.ts";
import { objectFixedFields } from "./object-fixed-fields.ts";
import { objectFreeFields } from "./object-free-fields.ts";
import { objectReads } from "./object-reads.ts";
import { refusedByOthers } from "./other-classes.ts";
import { reaches } from "../levels.ts";
import { defineRoute, type Route } from "./route.ts";

interface NewCluster extends NewObject {
  readonly own: JsonObject;
}

/** Takes no nonce. The password is asked for and not kept (CS §6). */
const clusterNew: Route = defineRoute<NewCluster>({
  subject: "dbcluster",
  method: "new",
  parse: (input, body) => {
    requiredString(input, "adminPassword");
    return {
      ...asNewObject(input, body),
      own: {
        engine: requiredString(input, "engine"),
        engineVersion: requiredString(input, "engineVersion"),
        dxInstanceClass: requiredString(input, "dxInstanceClass"),
      },
    };
  },
  run: (call, input) => {
    const project = projectOfNew(call, input);
    needLevel(call, project, "UPLOAD");
    const own = { ...input.own, port: clusterPort, status: "available", statusAsOf: call.at };
    return createObject(call, input, { class: "dbcluster", state: initialState("dbcluster"), own });
  },
});

/** Each order, the status it is given in, and what it ends in. The state stays open all the time. */
const orders: Readonly<Record<string, { readonly from: readonly string[]; readonly to: string }>> =
  {
    start: { from: ["stopped"], to: "available" },
    stop: { from: ["available"], to: "stopped" },
    terminate: { from: ["available", "stopped"], to: "terminated" },
  };

const orderRoutes = Object.entries(orders).map(([method, { from, to }]) =>
  defineRoute<void>({
    subject: "dbcluster-xxxx",
    method,
    parse: () => {},
    run: (call) => {
      const object = visibleObject(call, call.subject);
      const level = levelIn(call, object.origin);
      if (!reaches(level, levelOfClusterOrder)) {
        throw insufficient(`"${object.id}"`, levelOfClusterOrder, level);
      }
      const status = object.own?.["status"];
      if (typeof status !== "string" || !from.includes(status)) {
        throw new ApiError(
          "InvalidState",
          `${method}: "${object.id}" is ${JSON.stringify(status)}`,
        );
      }
      setStatus(call, object, { before: status, to });
      return { id: object.id };
    },
  }),
);

function setStatus(
  call: Call,
  object: DataObject,
  { before, to }: { readonly before: string; readonly to: string },
): void {
  const own = { ...object.own, status: to, statusAsOf: call.at };
  call.world.editObject(object, { own }, call.at);
  recordEffect(call, { id: object.id, project: object.origin }, { status: [before, to] });
}

export const clusterRoutes: readonly Route[] = [
  clusterNew,
  ...objectReads("dbcluster-xxxx").filter(({ method }) => method !== "listProjects"),
  ...objectFixedFields("dbcluster-xxxx"),
  ...objectFreeFields("dbcluster-xxxx"),
  ...orderRoutes,
  ...refusedByOthers("dbcluster", Object.keys(orders)),
];
