import type { ContentPart } from "../content.ts";
import type { PlatformPart } from "./parts-map.ts";

/** How far the platform has a content. */
export interface PartsComparison {
  /** Complete there, with our size and MD5. */
  readonly done: readonly ContentPart[];
  /** Announced with our size and MD5, and not complete. */
  readonly pending: readonly ContentPart[];
  /** Not there, or somebody else's, or of another content of ours. */
  readonly missing: readonly ContentPart[];
  /** Indexes of parts there that the content has not: nobody can take them away again. */
  readonly foreign: readonly number[];
}

export function compareParts(
  wanted: readonly ContentPart[],
  seen: readonly PlatformPart[],
): PartsComparison {
  const there = new Map(seen.map((part) => [part.index, part]));
  const done: ContentPart[] = [];
  const pending: ContentPart[] = [];
  const missing: ContentPart[] = [];
  for (const part of wanted) {
    const other = there.get(part.index);
    there.delete(part.index);
    if (other === undefined || other.size !== part.size || other.md5 !== part.md5) {
      missing.push(part);
    } else if (other.state === "complete") done.push(part);
    else pending.push(part);
  }
  return { done, pending, missing, foreign: [...there.keys()] };
}

/** Whether a closed file has just these parts; empty ones, which some regions ask for and others forbid, say nothing. */
export function isSameContent(
  wanted: readonly ContentPart[],
  seen: readonly PlatformPart[],
): boolean {
  const { done, foreign } = compareParts(wanted.filter(hasBytes), seen.filter(hasBytes));
  return foreign.length === 0 && done.length === wanted.filter(hasBytes).length;
}

function hasBytes({ size }: { readonly size?: number }): boolean {
  return size !== 0;
}
