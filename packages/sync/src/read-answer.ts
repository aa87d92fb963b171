import { type Answer, isJsonObject, type Json, type JsonObject } from "@holdfast/core";

/** What `parse` makes of a 200 with a JSON object, or undefined for everything else. */
export function readAnswer<Value>(
  answer: Answer,
  parse: (body: JsonObject, text: string) => Value | undefined,
): Value | undefined {
  if (answer.kind !== "response" || answer.status !== 200 || answer.body === undefined) {
    return undefined;
  }
  let body: Json;
  try {
    body = JSON.parse(answer.body) as Json;
  } catch {
    return undefined;
  }
  return isJsonObject(body) ? parse(body, answer.body) : undefined;
}
