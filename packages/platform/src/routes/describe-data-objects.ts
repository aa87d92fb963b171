import { isJsonObject, isObjectId, type Json, type JsonObject } from "@holdfast/core";
import { ApiError, invalidInput } from "../api-error.ts";
import { maxPage } from "../assumed.ts";
import { describeObject } from "../describe/describe-object.ts";
import { asDescribe, defaultSelection, type FieldSelection } from "../input/describe-input.ts";
import { keyOf, member, optionalHash, optionalProject, requiredArray } from "../input/fields.ts";
import type { Output } from "../json/json-writer.ts";
import { hintedCopy } from "./access.ts";
import type { Call } from "./call.ts";
import { defineRoute, type Route } from "./route.ts";

interface Wanted {
  readonly id: string;
  readonly hint: string | undefined;
  readonly selection: FieldSelection;
}

/** Many objects in one call, each with its own answer or its own error (CS §5.3). */
export const describeDataObjects: Route = defineRoute<readonly Wanted[]>({
  subject: "system",
  method: "describeDataObjects",
  parse: (input) => {
    const objects = requiredArray(input, "objects");
    if (objects.length > maxPage) {
      throw invalidInput(`${keyOf("objects")}: at most ${maxPage} objects are taken`);
    }
    const byClass = asClassOptions(input);
    return objects.map((object) => asWanted(object, byClass));
  },
  run: (call, wanted) => ({ results: wanted.map((one) => answer(call, one)) }),
});

function answer(call: Call, { id, hint, selection }: Wanted): Output {
  try {
    return { describe: describeObject(hintedCopy(call, id, hint), selection) };
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    return { error: { type: error.type, message: error.message }, statusCode: error.status };
  }
}

function asClassOptions(input: JsonObject): ReadonlyMap<string, FieldSelection> {
  const options = optionalHash(input, "classDescribeOptions") ?? {};
  const byClass = new Map<string, FieldSelection>();
  for (const [name, value] of Object.entries(options)) {
    const selection = asDescribe(value, `key "${name}" of "classDescribeOptions"`);
    if (selection !== undefined) byClass.set(name, selection);
  }
  return byClass;
}

/** An id, or a hash with the id, a hint and its own idea of what to describe. */
function asWanted(value: Json, byClass: ReadonlyMap<string, FieldSelection>): Wanted {
  const hash: JsonObject = isJsonObject(value) ? value : { id: value };
  const id = member(hash, "id");
  if (!isObjectId(id)) {
    throw invalidInput(`expected ${keyOf("objects")} to be an array of data object IDs`);
  }
  const className = id.slice(0, id.indexOf("-"));
  const selection =
    asDescribe(member(hash, "describe"), 'key "describe" of an object') ??
    byClass.get(className) ??
    byClass.get("*") ??
    defaultSelection;
  return { id, hint: optionalProject(hash), selection };
}
