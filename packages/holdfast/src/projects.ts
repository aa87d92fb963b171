import type { ProjectDescription } from "@holdfast/core";
import type { Observable } from "rxjs";
import type { Receipt, WaitOptions } from "./receipt.ts";

/** One change of a project's own metadata (CS §1.2). `rename` is the name in its `update`. */
export type ProjectEdit =
  | { readonly kind: "rename"; readonly name: string }
  | {
      readonly kind: "setProperties";
      readonly properties: Readonly<Record<string, string | null>>;
    }
  | { readonly kind: "addTags" | "removeTags"; readonly tags: readonly string[] };

/**
 * Projects themselves. They are made and shared online; what is here changes what a project says of itself, also of
 * one that this device has never seen. Every change resolves at `stored`.
 */
export interface Projects {
  /**
   * What is known of a project here; undefined where nothing is: the platform is asked about a project when an
   * operation on it is about to be sent.
   */
  get(project: string, options?: WaitOptions): Promise<ProjectDescription | undefined>;
  /** The same now and after every change in any tab. */
  watch(project: string): Observable<ProjectDescription | undefined>;
  /** Needs ADMINISTER there. */
  rename(project: string, name: string): Promise<Receipt>;
  /** `null` removes a property. */
  setProperties(
    project: string,
    properties: Readonly<Record<string, string | null>>,
  ): Promise<Receipt>;
  addTags(project: string, tags: readonly string[]): Promise<Receipt>;
  removeTags(project: string, tags: readonly string[]): Promise<Receipt>;
}
