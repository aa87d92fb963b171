import type { EpochMs, Json } from "@holdfast/core";
import type { Content } from "../content/content.ts";

/** One part of a file. Only `World` changes it, by putting another one in its place. */
export type Part =
  /** Announced, with what the caller said of it. It may have been complete before (DO §7.3). */
  | {
      readonly state: "pending";
      readonly size: number | undefined;
      readonly md5: string | undefined;
    }
  | {
      readonly state: "complete";
      readonly size: number;
      /** In hex. */
      readonly md5: string;
      readonly content: Content;
    };

/** What a file has beyond other data objects. All copies share it. Only `World` changes it. */
export interface FileState {
  /** Fixed at creation. */
  readonly media: string;
  /** By index, from 1 on; in no order. */
  readonly parts: Map<number, Part>;
  /** The last upload, PUT or change of metadata: an open file that rests is abandoned (DO §4.1). */
  activeAt: EpochMs;
  /** While it is closing: when it will be closed. */
  closesAt: EpochMs | undefined;
  /** Since when it is abandoned. */
  abandonedAt: EpochMs | undefined;
}

export function sortedParts({ parts }: FileState): readonly (readonly [number, Part])[] {
  return [...parts].sort(([left], [right]) => left - right);
}

/** The sum of the parts that say how large they are. */
export function sizeOf({ parts }: FileState): number {
  let size = 0;
  for (const part of parts.values()) size += part.size ?? 0;
  return size;
}

/** What `describe` and the effect log say of a part; null of none. */
export function partJson(part: Part | undefined): Json {
  if (part === undefined) return null;
  const { size, md5, state } = part;
  return {
    ...(size === undefined ? {} : { size }),
    ...(md5 === undefined ? {} : { md5 }),
    state,
  };
}
