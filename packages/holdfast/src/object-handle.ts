import type {
  DataObjectClass,
  Json,
  LocalKey,
  ObjectId,
  ProjectId,
  ObjectDescription,
} from "@holdfast/core";
import type { Observable } from "rxjs";
import type { Receipt, WaitOptions } from "./receipt.ts";

/**
 * One object. Holds no state but its ids, so any number of handles may name the same object. Every change
 * resolves at `stored` and rejects, having changed nothing, with the error the platform would give:
 * `InvalidInput`, `InvalidState` (a fixed field after the close), `ResourceNotFound`.
 */
export interface ObjectHandle {
  readonly key: LocalKey;
  /** The platform's id once this page knows it, a provisional one until then. */
  readonly id: ObjectId;
  readonly project: ProjectId;
  readonly class: DataObjectClass;
  /** @throws HoldfastError `ResourceNotFound` when the object is not, or no longer, here. */
  describe(options?: WaitOptions): Promise<ObjectDescription>;
  /** The description now and after every change in any tab; `undefined` once the object is gone. */
  watch(): Observable<ObjectDescription | undefined>;
  rename(name: string): Promise<Receipt>;
  /** An object or array. */
  setDetails(details: Json): Promise<Receipt>;
  /** The JSON text of an object or array: numbers stay as they are written, however many digits they have. */
  setDetailsText(text: string): Promise<Receipt>;
  /** `null` removes a property. */
  setProperties(properties: Readonly<Record<string, string | null>>): Promise<Receipt>;
  addTags(tags: readonly string[]): Promise<Receipt>;
  removeTags(tags: readonly string[]): Promise<Receipt>;
  addTypes(types: readonly string[]): Promise<Receipt>;
  removeTypes(types: readonly string[]): Promise<Receipt>;
  setVisibility(visibility: { readonly hidden: boolean }): Promise<Receipt>;
  /** Into a folder of its project that is there, in whatever state the object is. */
  move(folder: string): Promise<Receipt>;
  /**
   * Irreversible. Closing a record or file that is closed already is a success, as on the platform; of other classes it is
   * `InvalidState`, and where there is nothing to close (applets, clusters) `ResourceNotFound`.
   */
  close(): Promise<Receipt>;
  /**
   * Takes the object out of its project, in whatever state it is; copies in other projects stay. It is gone from every view at
   * once, and what was still to be done with it is not sent. A discard of this operation gives all of it back until it
   * has left.
   */
  remove(): Promise<Receipt>;
  /**
   * A copy in another project, which shows at once and is made once this object, and every hidden one it leads to, is closed on
   * the platform. A copy that is there already is left as it is, and is the one returned.
   * @throws HoldfastError `InvalidState` while the object is open and nobody has closed it; `InvalidType` for a database or
   *   cluster; `InvalidInput` within one project.
   */
  clone(destination: CloneDestination): Promise<CreatedHandle>;
  /** Resolves once the platform has confirmed every operation of this object made so far. */
  acked(options?: WaitOptions): Promise<void>;
  /** Resolves once the object is closed on the platform. @throws HoldfastError as {@link Receipt.settled}. */
  settled(options?: WaitOptions): Promise<void>;
}

/** Where a copy goes. */
export interface CloneDestination {
  readonly project: string;
  /** Default `/`. */
  readonly folder?: string;
  /** Make the missing folders on the way. Default false. */
  readonly parents?: boolean;
}

/** A handle of an object made by this call, with the receipt of its create. */
export interface CreatedHandle extends ObjectHandle {
  readonly receipt: Receipt;
}
