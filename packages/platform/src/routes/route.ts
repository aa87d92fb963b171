import type { DataObjectClass, Json, JsonObject } from "@holdfast/core";
import type { Output } from "../json/json-writer.ts";
import type { Limits } from "../limits.ts";
import type { Call } from "./call.ts";

/** Who the first half of a path names: nobody but the system, a class (for `new`), a container or an object. */
export type Subject =
  | "system"
  | "project"
  | "drive"
  | DataObjectClass
  | "project-xxxx"
  | "user-xxxx"
  | "drive-xxxx"
  | `${DataObjectClass}-xxxx`;

/** The body of a call, as it was parsed and as it was written. */
export interface Body<Value = Json> {
  readonly value: Value;
  readonly text: string;
  readonly limits: Limits;
}

/**
 * One method of the API. `parse` sees nothing but the input, so that a bad input is refused before anything is
 * looked up; `run` is synchronous, so that no two calls ever see each other half done (DO §1.7).
 */
export interface Route<Input = unknown> {
  readonly subject: Subject;
  readonly method: string;
  /** Answered without a token. Default false. */
  readonly isPublic?: boolean;
  /** Answers a repeated nonce with the first answer. Default false. */
  readonly takesNonce?: boolean;
  /** The body is the value itself, a hash or an array. Default false: a hash. */
  readonly bodyIsValue?: boolean;
  readonly parse: (body: Body) => Input;
  readonly run: (call: Call, input: Input) => Output;
}

interface HashRoute<Input> extends Omit<Route<Input>, "parse" | "bodyIsValue"> {
  readonly parse: (input: JsonObject, body: Body<JsonObject>) => Input;
}

/** A method whose input is a hash: all but `setDetails`. */
export function defineRoute<Input>({ parse, ...route }: HashRoute<Input>): Route {
  return seal({
    ...route,
    parse: (body) => parse(body.value as JsonObject, body as Body<JsonObject>),
  });
}

/** A method whose body is the value itself. */
export function defineValueRoute<Input>(route: Omit<Route<Input>, "bodyIsValue">): Route {
  return seal({ ...route, bodyIsValue: true });
}

// The table runs a route only on what the same route has parsed.
function seal<Input>(route: Route<Input>): Route {
  return { ...route, run: (call, input) => route.run(call, input as Input) };
}
