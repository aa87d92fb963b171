import type { Json } from "@holdfast/core";
import { canonicalText } from "../json/canonical-json.ts";
import { nestingOf } from "../json/source-text.ts";
import type { Limits } from "../limits.ts";
import type { ReceivedBody } from "./exchange.ts";

const utf8 = new TextDecoder("utf-8", { fatal: true });

/** Reads and parses a body. What is wrong with it is said in its turn, after the route (DO §1.7). */
export async function receiveBody(request: Request, limits: Limits): Promise<ReceivedBody> {
  const bytes = await request.arrayBuffer();
  if (bytes.byteLength > limits.bodyBytes) {
    return {
      kind: "refused",
      error: "InvalidInput",
      reason: `the body has ${bytes.byteLength} bytes; at most ${limits.bodyBytes} are taken`,
    };
  }
  let text: string;
  let value: Json;
  try {
    text = utf8.decode(bytes);
    value = JSON.parse(text) as Json;
  } catch (error) {
    return {
      kind: "refused",
      error: "MalformedJSON",
      reason: `the body is not JSON: ${String(error)}`,
    };
  }
  if (nestingOf(text) > limits.nesting) {
    return {
      kind: "refused",
      error: "InvalidInput",
      reason: `hashes and arrays stand more than ${limits.nesting} deep in one another`,
    };
  }
  return { kind: "json", value, text, canonical: canonicalText(text, value) };
}
