import type { Failure, FindQuery, Json, LocalKey, ObjectDescription } from "@holdfast/core";
import type { Observable } from "rxjs";
import type { Difference } from "./difference.ts";
import type { ObjectHandle } from "./object-handle.ts";
import type { Receipt, WaitOptions } from "./receipt.ts";
import type { ManyOptions } from "./creation.ts";

/** One change of one object, for {@link Objects.editMany}. `object` is a key or an id. */
export type ObjectEdit = { readonly object: string } & (
  | { readonly kind: "rename"; readonly name: string }
  | { readonly kind: "setDetails"; readonly details: Json }
  | { readonly kind: "setDetails"; readonly detailsText: string }
  | {
      readonly kind: "setProperties";
      readonly properties: Readonly<Record<string, string | null>>;
    }
  | { readonly kind: "addTags" | "removeTags"; readonly tags: readonly string[] }
  | { readonly kind: "addTypes" | "removeTypes"; readonly types: readonly string[] }
  | { readonly kind: "setVisibility"; readonly hidden: boolean }
  | { readonly kind: "move"; readonly folder: string }
  | { readonly kind: "close" | "remove" }
);

/** What became of one of many edits: each stands alone, so one refusal leaves its neighbours be. */
export type EditOutcome =
  | { readonly object: string; readonly receipt: Receipt }
  | { readonly object: string; readonly failure: Failure };

/** Everything here is local and needs no network. A query is `findDataObjects`' own input (CS §5). */
export interface Objects {
  /**
   * By local key or by id, real or provisional.
   * @param idOrKey - an id with copies in several projects is ambiguous: then the key, or `project`, must say which.
   */
  get(
    idOrKey: string,
    options?: WaitOptions & { readonly project?: string },
  ): Promise<ObjectHandle | undefined>;
  /**
   * An object that somebody else has made, or that this device does not know for another reason: the platform is asked for it,
   * and it is on this device from then on, offline too. One that is known already is not asked for again.
   * @throws HoldfastError `ResourceNotFound`, `PermissionDenied`; `Unreachable` where the platform cannot be asked within a
   *   minute; `InvalidInput` for what is no id.
   */
  fetch(id: string, options: WaitOptions & { readonly project: string }): Promise<ObjectHandle>;
  /** The handle of a description or key at hand, without looking. */
  handle(object: ObjectDescription | LocalKey): ObjectHandle;
  /** The platform's defaults: visible objects only, newest `modified` first, at most 1,000. */
  find(query?: FindQuery, options?: WaitOptions): Promise<readonly ObjectDescription[]>;
  /** How many match, `limit` and `offset` aside. */
  count(query?: FindQuery, options?: WaitOptions): Promise<number>;
  /**
   * The result now and after every change in any tab. Each array is a new one; the descriptions that did not
   * change are the same objects, so that `===` tells a list what to draw again.
   */
  watch(query?: FindQuery): Observable<readonly ObjectDescription[]>;
  /** The same as steps: first a `reset`, then what changed. */
  differences(query?: FindQuery): Observable<Difference>;
  /** How many match now and after every change, `limit` and `offset` aside. */
  watchCount(query?: FindQuery): Observable<number>;
  /** A few messages for thousands of objects. Outcomes in the order of the keys or ids. */
  closeMany(objects: readonly string[], options?: ManyOptions): Promise<readonly EditOutcome[]>;
  editMany(edits: readonly ObjectEdit[], options?: ManyOptions): Promise<readonly EditOutcome[]>;
}
