import type { ObjectState } from "../data-object.ts";
import type { RealIdOf } from "../objects/description.ts";
import type { Operation } from "../operation.ts";
import { replaceIds } from "../values/details-text.ts";
import { valuesWithRealIds } from "../values/references.ts";

/** The operation as it was sent. */
export function operationWithRealIds(operation: Operation, realIdOf: RealIdOf): Operation {
  switch (operation.kind) {
    case "setDetails":
      return { ...operation, details: replaceIds(operation.details, realIdOf) };
    case "setProperties":
      return { ...operation, properties: valuesWithRealIds(operation.properties, realIdOf) };
    default:
      return operation;
  }
}

/** The state as the platform shows it. */
export function stateWithRealIds(state: ObjectState, realIdOf: RealIdOf): ObjectState {
  return {
    ...state,
    details: replaceIds(state.details, realIdOf),
    ...(state.own === undefined ? undefined : { own: replaceIds(state.own, realIdOf) }),
    properties: valuesWithRealIds(state.properties, realIdOf),
  };
}
