import type { Json } from "@holdfast/core";
import type { RequestEntry } from "@holdfast/platform";
import { markerProperty } from "./ledger.ts";

/** JSON with sorted keys, so that equal values have equal texts. */
export function canonicalText(value: unknown): string {
  return JSON.stringify(value, (_key, item: Json) =>
    typeof item === "object" && item !== null && !Array.isArray(item)
      ? Object.fromEntries(Object.entries(item).toSorted(([a], [b]) => (a < b ? -1 : 1)))
      : item,
  );
}

/** SHA-256 of the canonical text, in hex. */
export async function digestOf(value: unknown): Promise<string> {
  const bytes = new TextEncoder().encode(canonicalText(value));
  const hash = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  return Array.from(hash, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/**
 * The requests lane by lane, each lane in order: path, body, attempt and outcome, ids replaced by the number of
 * their create (design §8). Requests about no single object belong to no lane and are left out.
 * @param numberOf - the script's number of an object, by its id.
 */
export function requestsByLane(
  requests: readonly Readonly<RequestEntry>[],
  numberOf: ReadonlyMap<string, string>,
): Readonly<Record<string, readonly Json[]>> {
  const lanes: Record<string, Json[]> = {};
  const attempts = new Map<string, number>();
  const named = (text: string): string =>
    text.replaceAll(/(record|project)-[0-9a-zA-Z]{24}/g, (id) => numberOf.get(id) ?? id);
  for (const request of requests) {
    if (request.copyOf !== undefined || request.route.startsWith("/system/")) continue;
    const { path, body, status, error, fault, answered } = request;
    const lane = laneOf(request, numberOf);
    if (lane === undefined) continue;
    const call = `${named(path)} ${named(body)}`;
    const attempt = (attempts.get(call) ?? 0) + 1;
    attempts.set(call, attempt);
    lanes[lane] ??= [];
    lanes[lane].push([
      ...[named(path), named(body), attempt],
      ...[status ?? null, error ?? null, fault ?? null, answered],
    ]);
  }
  return lanes;
}

const markerIn = new RegExp(`"${markerProperty}":"([^"]+)"`);

function laneOf(
  { object, body }: Readonly<RequestEntry>,
  numberOf: ReadonlyMap<string, string>,
): string | undefined {
  // A create that never arrived answered no id, but its body carries the script's number.
  return object === undefined ? markerIn.exec(body)?.[1] : numberOf.get(object);
}
