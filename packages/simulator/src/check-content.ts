import type { Json, JsonObject } from "@holdfast/core";
import type { Oracle } from "./oracle.ts";
import { md5Of } from "./md5.ts";
import { isDone, type Subject } from "./promises.ts";
import { user, type World } from "./world.ts";

/**
 * What is wrong with the content of a file that we have closed, in words: it has exactly the parts of what was attached, or none where
 * nothing was. Undefined where that is so, or nobody can say: what was attached and given up may have left parts behind, and a
 * colleague who closes a file takes what is there by then.
 */
export async function contentProblem(
  { oracle, world }: { readonly oracle: Oracle; readonly world: World },
  { key, foreign, contents }: Subject,
  id: string,
): Promise<string | undefined> {
  const fate = fateOfContent(oracle, key ?? "");
  if (foreign.closed || fate === "givenUp") return undefined;
  const fields = { state: true, size: true, parts: true };
  const described = await world.platform.control.act(user, `/${id}/describe`, { fields });
  const { state, size, parts } = described as JsonObject;
  if (state !== "closed") return undefined;
  if (fate === "none") {
    return size === 0
      ? undefined
      : `it was closed with ${size as number} bytes, and has no content`;
  }
  const there = Object.entries(parts as Readonly<Record<string, Part>>)
    .sort(([one], [other]) => Number(one) - Number(other))
    .map(([, part]) => part);
  if (contents.some((bytes) => isCutInto(bytes, there))) return undefined;
  return `it was closed with other parts than those of its content: ${JSON.stringify(parts as Json)}`;
}

type Part = { readonly state: string; readonly size: number; readonly md5: string };

function isCutInto(bytes: Uint8Array, parts: readonly Part[]): boolean {
  let at = 0;
  for (const { state, size, md5 } of parts) {
    const slice = bytes.subarray(at, at + size);
    at += size;
    if (state !== "complete" || slice.length !== size || md5Of(slice) !== md5) return false;
  }
  return at === bytes.length;
}

/** Whether the platform has confirmed the content of a file, or a person has given up what was to be its content. */
export function fateOfContent({ rows }: Oracle, key: string): "none" | "taken" | "givenUp" {
  const history = [...rows.history.values()].filter((row) => row.lane === key);
  const attaches = history.filter(({ kind }) => kind === "attach");
  const isUnsent = rows.laneOf(key).some(({ operation }) => operation.kind === "attach");
  if (isUnsent || attaches.some(({ outcome }) => !isDone(outcome))) return "givenUp";
  return attaches.length === 0 ? "none" : "taken";
}
