import type { EpochMs, Json } from "@holdfast/core";
import { type Level, reaches } from "../levels.ts";
import { FolderTree } from "./folder-tree.ts";
import { ObjectIndex, type SortKey } from "./object-index.ts";

/** The fields of a project that `/project/new` takes and `describe` answers unchanged. */
export interface ProjectSettings {
  readonly name: string;
  readonly summary: string;
  readonly description: string;
  readonly billTo: string;
  readonly region: string;
  readonly protected: boolean;
  readonly restricted: boolean;
  readonly downloadRestricted: boolean;
  readonly externalUploadRestricted: boolean;
  readonly containsPHI: boolean;
  readonly databaseUIViewOnly: boolean;
  readonly previewViewerRestricted: boolean;
  /** Nobody destroys the project until it is cleared. */
  readonly destroyProtected: boolean;
  readonly httpsAppIsolatedBrowsing: boolean;
  readonly httpsAppIsolatedBrowsingOptions: Json;
  /** The least that a VIEW member sees of a database; null restricts nothing. */
  readonly databaseResultsRestricted: number | null;
  /** Null allows every executable. */
  readonly allowedExecutables: readonly string[] | null;
  readonly defaultSymlink: Json;
  readonly drive: string | null;
  readonly monthlyComputeLimit: number | null;
  readonly monthlyEgressBytesLimit: number | null;
  readonly tags: readonly string[];
  readonly properties: ReadonlyMap<string, string>;
}

/** A data container with its members, folders and the copies in it. Only `World` changes it. */
export class Project {
  readonly id: string;
  /** 0 for the first one: projects are told in the order in which they came. */
  readonly number: number;
  readonly created: EpochMs;
  readonly createdBy: string;
  settings: ProjectSettings;
  modified: EpochMs;
  /** Raised by every update; starts at 0 (CS §1.3). */
  version = 0;
  /** By user, and everybody's under `everybodyId`; who is not in it has no access. */
  readonly permissions: Map<string, Level> = new Map();
  readonly folders: FolderTree = new FolderTree();
  readonly index: ObjectIndex = new ObjectIndex();
  /** The last place of each copy that was removed, so that a page that began at it can go on (CS §5.2). */
  readonly removed: Map<string, SortKey> = new Map();

  constructor(start: Pick<Project, "id" | "number" | "created" | "createdBy" | "settings">) {
    this.id = start.id;
    this.number = start.number;
    this.created = start.created;
    this.createdBy = start.createdBy;
    this.settings = start.settings;
    this.modified = start.created;
  }

  /** The higher one of the user's own level and that of everybody. */
  levelOf(user: string): Level {
    const own = this.permissions.get(user) ?? "NONE";
    const everybody = this.permissions.get(everybodyId) ?? "NONE";
    return reaches(own, everybody) ? own : everybody;
  }

  get isPublic(): boolean {
    return this.permissions.has(everybodyId);
  }
}

/** The member that everybody is (CS §1.2). */
export const everybodyId = "PUBLIC";

/** Defaults of `/project/new` (CS §1.2). */
export const defaultSettings: Omit<ProjectSettings, "name" | "billTo" | "region"> = {
  summary: "",
  description: "",
  protected: false,
  restricted: false,
  downloadRestricted: false,
  externalUploadRestricted: false,
  containsPHI: false,
  databaseUIViewOnly: false,
  previewViewerRestricted: false,
  destroyProtected: false,
  httpsAppIsolatedBrowsing: false,
  httpsAppIsolatedBrowsingOptions: null,
  databaseResultsRestricted: null,
  allowedExecutables: null,
  defaultSymlink: null,
  drive: null,
  monthlyComputeLimit: null,
  monthlyEgressBytesLimit: null,
  tags: [],
  properties: new Map(),
};
