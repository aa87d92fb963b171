import type { ObjectDescription, OperationId } from "@holdfast/core";
import type { Observable } from "rxjs";
import type { Receipt, WaitOptions } from "./receipt.ts";

/** One operation on folders, in the platform's words (CS §2.2). */
export type FolderEdit =
  | { readonly kind: "newFolder"; readonly folder: string; readonly parents?: boolean }
  | { readonly kind: "renameFolder"; readonly folder: string; readonly name: string }
  | { readonly kind: "moveFolder"; readonly folder: string; readonly destination: string }
  | { readonly kind: "removeFolder"; readonly folder: string };

/** The folders directly below one. */
export interface Subfolders {
  /** Whole paths, sorted. */
  readonly folders: readonly string[];
  /**
   * Whether the platform has told all folders of the project. Until then only those are known that were made here, or
   * that objects known here lie in.
   */
  readonly isComplete: boolean;
}

export interface FolderListing extends Subfolders {
  /** What lies in the folder itself, newest first. */
  readonly objects: readonly ObjectDescription[];
}

/** The receipt of the folder's own removal, which comes last. */
export interface FolderRemoval extends Receipt {
  /** All that the call made, also the removals of objects and of folders below: to give all of it up, choose these. */
  readonly operations: readonly OperationId[];
}

export interface ListOptions extends WaitOptions {
  /** Default false, as on the platform. */
  readonly includeHidden?: boolean;
}

/**
 * Folders have no ids: they are paths in a project, which need not be known here. Every change resolves at `stored` and
 * is sent after everything called before it that touches the folder, and before what is called after it. What the platform
 * is certain to refuse, as far as the folders are known here, is refused at once with its own error.
 */
export interface Folders {
  /** What is known here of a folder. One that is not known is empty. */
  list(project: string, folder?: string, options?: ListOptions): Promise<FolderListing>;
  /** The folders below it now and after every change in any tab; of its objects, see `objects.watch`. */
  watch(project: string, folder?: string): Observable<Subfolders>;
  /**
   * @param options - `parents`: make the missing folders on the way, and take a folder that is there for a success. Default false.
   * @throws HoldfastError `InvalidState` where the folder exists, `ResourceNotFound` where the one above it does not,
   *   `InvalidInput` for what is no path.
   */
  create(
    project: string,
    folder: string,
    options?: { readonly parents?: boolean },
  ): Promise<Receipt>;
  /**
   * Gives a folder another last name. Everything below it shows its new path at once.
   * @throws HoldfastError `InvalidState` where a folder of that name is there, `ResourceNotFound`, `InvalidInput` for the root.
   */
  rename(project: string, folder: string, name: string): Promise<Receipt>;
  /**
   * Puts a folder into another one. Everything below it shows its new path at once.
   * @throws HoldfastError `InvalidState` where a folder of that name is there or the folder would go into itself,
   *   `ResourceNotFound`, `InvalidInput` for the root.
   */
  move(project: string, folder: string, destination: string): Promise<Receipt>;
  /**
   * Of an empty folder, or with `recurse` of one with all that is known here to lie in it. What others put there since
   * is not removed: the removal of the folder parks then, and says so.
   * @param options - `recurse`: default false.
   * @throws HoldfastError `InvalidState` where it is not empty and `recurse` is not set, `ResourceNotFound`, `InvalidInput`
   *   for the root or, with `recurse`, for more than 50,000 objects.
   */
  remove(
    project: string,
    folder: string,
    options?: { readonly recurse?: boolean },
  ): Promise<FolderRemoval>;
}
