import {
  type DataObjectClass,
  type EpochMs,
  isJsonObject,
  type JsonObject,
  type State,
} from "@holdfast/core";
import { linksIn } from "../input/metadata.ts";
import type { FileState } from "./file-state.ts";

/** What all copies of a data object share (CS §1.1). Only `World` changes it. */
export interface DataObject {
  readonly id: string;
  readonly class: DataObjectClass;
  readonly created: EpochMs;
  /** `user-…` */
  readonly createdBy: string;
  /** The project it was created in: fixed fields and close ask for a level there (DO §4.3). */
  readonly origin: string;
  state: State;
  hidden: boolean;
  types: readonly string[];
  /** JSON without white space, every digit as it came. */
  details: string;
  links: readonly string[];
  /** What only its class has, as it is described: of applets, workflows, databases and clusters. */
  own?: JsonObject;
  /** Of a file only. */
  readonly file?: FileState;
  /** By project. */
  readonly copies: Map<string, Copy>;
}

/**
 * Where the content of one copy of a file is, while it is not at hand (CS §1.2): on its way until `until`, or gone there. A copy in
 * `archival` without `until` is asked for and stays until its account has no live copy left.
 */
export type Archival =
  | { readonly state: "archival"; readonly until?: EpochMs }
  | { readonly state: "unarchiving"; readonly until: EpochMs }
  | { readonly state: "archived" };

/** What a data object has of its own in each container. Only `World` changes it. */
export interface Copy {
  readonly object: DataObject;
  readonly project: string;
  name: string;
  folder: string;
  tags: readonly string[];
  properties: ReadonlyMap<string, string>;
  modified: EpochMs;
  /** Of a file whose content is not at hand here. */
  archival?: Archival | undefined;
}

export type SharedFields = Pick<
  DataObject,
  "state" | "hidden" | "types" | "details" | "links" | "own"
>;
export type CopyFields = Pick<Copy, "name" | "folder" | "tags" | "properties">;

/** Where an object leads to: its links, and what an applet bundles, which travels as if it were linked (CS §3). */
export function edgesOf({ links, own }: DataObject): readonly string[] {
  const runSpec = own?.["runSpec"];
  if (!isJsonObject(runSpec)) return links;
  return [...links, ...linksIn(runSpec["bundledDepends"] ?? [])];
}
