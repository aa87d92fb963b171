import { HoldfastError } from "@holdfast/core";
import type { CallKind, Message, Output, Result } from "../wire.ts";

/** What answers the messages of these kinds. A refusal is thrown as a `HoldfastError`. */
export type Handlers<Kinds extends CallKind = CallKind> = {
  readonly [Kind in Kinds]: (message: Message<Kind>) => Promise<Output<Kind>> | Output<Kind>;
};

export function valueOf<Value>(result: Result<Value>): Value {
  if ("failure" in result) throw new HoldfastError(result.failure);
  return result.value;
}
