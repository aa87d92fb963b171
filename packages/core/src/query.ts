import type { State } from "./data-object.ts";
import type { DataObjectClass } from "./ids.ts";
import type { EpochMs } from "./ports.ts";

/** `{ $and: […] }` and `{ $or: […] }` around what is asked, nestable (CS §5.1). */
export type Logic<Leaf> =
  | Leaf
  | { readonly $and: readonly Logic<Leaf>[] }
  | { readonly $or: readonly Logic<Leaf>[] };

/** Exact value, `true` for present, `false` for absent, `{ $ne }` for present and different. */
export type PropertyCondition = string | boolean | { readonly $ne: string };

export type PropertyQuery =
  | { readonly [key: string]: PropertyCondition }
  | { readonly $and: readonly PropertyQuery[] }
  | { readonly $or: readonly PropertyQuery[] };

/** Inclusive at both ends. */
export interface TimeRange {
  readonly after?: EpochMs;
  readonly before?: EpochMs;
}

/**
 * The input of `/system/findDataObjects` as far as it can be answered here, with the platform's defaults:
 * visible objects only, newest `modified` first, ties by id (CS §5).
 */
export interface FindQuery {
  readonly class?: DataObjectClass;
  /** Default "any". */
  readonly state?: State | "any";
  /** Default "visible". */
  readonly visibility?: "visible" | "hidden" | "either";
  readonly name?:
    | string
    | { readonly glob: string }
    | { readonly regexp: string; readonly flags?: "i" };
  /** Ids in any form, real or provisional; at most 1,000. */
  readonly id?: readonly string[];
  readonly type?: Logic<string>;
  readonly tags?: Logic<string>;
  readonly properties?: PropertyQuery;
  /** Objects whose details link to this one. Ids that are the same object's are given together by the host. */
  readonly link?: string | readonly string[];
  readonly scope?: {
    readonly project: string;
    readonly folder?: string;
    readonly recurse?: boolean;
  };
  readonly modified?: TimeRange;
  readonly created?: TimeRange;
  readonly sortBy?: { readonly field: "created"; readonly ordering: "ascending" | "descending" };
  /** 1 to 1,000 on the platform; here any positive number. Default 1,000. */
  readonly limit?: number;
  /** Rows to leave out first. Only here: the platform pages by `starting`. Default 0. */
  readonly offset?: number;
}
