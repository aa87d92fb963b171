import type { Clock, Json } from "@holdfast/core";
import type { Region } from "./assumed.ts";
import type { Seed } from "./chance.ts";
import type { ContentStore } from "./content/content.ts";
import type { Faults } from "./faults/faults.ts";
import type { FileRules } from "./files/file-rules.ts";
import type { Level } from "./levels.ts";
import type { Limits } from "./limits.ts";
import type { Persistence } from "./persistence/persistence.ts";
import type { RequestEntry } from "./protocol/request-entry.ts";
import type { Effect } from "./world/effect.ts";
import type { ProjectSettings } from "./world/project.ts";
import type { TokenScope } from "./world/token-scope.ts";
import type { WorldFile } from "./world/world-file.ts";

/** A user to begin with: `id` is `user-` and the name where it is not given. */
export interface UserOption {
  readonly id?: string;
  readonly name?: string;
  /** Kept as its SHA-256 only. A user without one can be given one later. */
  readonly token?: string;
  /** Where the token reaches less far than the user: `{projects: {"*": "UPLOAD"}}` (CS §7). */
  readonly scope?: TokenScope;
}

/** A project to begin with. */
export interface ProjectOption extends Partial<ProjectFlags> {
  readonly name: string;
  /** Drawn from the seed where it is not given. */
  readonly id?: string;
  /** User id → level. Default: the first user administers it. */
  readonly permissions?: Readonly<Record<string, Level>>;
  /** Paths; their parents are made with them. */
  readonly folders?: readonly string[];
  /** Default `aws:us-east-1`. */
  readonly region?: Region;
}

/** The flags of a project (CS §1.4). */
export type ProjectFlags = Pick<
  ProjectSettings,
  | "protected"
  | "restricted"
  | "downloadRestricted"
  | "previewViewerRestricted"
  | "externalUploadRestricted"
  | "containsPHI"
  | "destroyProtected"
>;

export interface PlatformOptions {
  /** Ids, request ids and faults come from it. Default 1. */
  readonly seed?: Seed;
  /** All time there is. Default: the machine's. */
  readonly clock?: Clock;
  /** Default: one user, `user-ada`, without a token. */
  readonly users?: readonly UserOption[];
  /** Default none. */
  readonly projects?: readonly ProjectOption[];
  readonly limits?: Partial<Limits>;
  /** How long files take to close, and when they are abandoned. */
  readonly files?: Partial<FileRules>;
  /** Where the content of files is kept. Default: in the world itself. */
  readonly contents?: ContentStore;
  /** The property whose value the effect log files a create under. Default `.holdfast-key`. */
  readonly keyProperty?: string;
}

export interface StoredPlatformOptions extends PlatformOptions {
  /** Where the world survives. A world that is there already wins over `seed`, `users` and `projects`. */
  readonly persistence: Persistence;
}

/** What a test or a demonstration does behind the API's back. */
export interface Control {
  /** Makes a call as somebody, without token and without faults: a foreign edit. @throws ApiError where it is refused. */
  act(user: string, path: string, input?: Json): Promise<Json>;
  /** Changes somebody's level in a project; `NONE` takes it away. */
  setLevel(project: string, user: string, level: Level): Promise<void>;
  setFlags(project: string, flags: Partial<ProjectFlags>): Promise<void>;
  addUser(user: UserOption): Promise<string>;
  addProject(project: ProjectOption): Promise<string>;
  /** A database, which has no public `new`: the platform's own services make them (CS §6). */
  addDatabase(project: string, name: string): Promise<string>;
  addToken(user: string, token: string, scope?: TokenScope): Promise<void>;
  /** The token is not known any more; its user is. */
  revokeToken(token: string): Promise<void>;
}

/** The reference platform: the data-object API as a `fetch` (design §8). */
export interface Platform {
  /**
   * Answers a call as the network would bring it: any host; POST, and PUT and GET at the URLs that it
   * gave out for content. Rejects with a TypeError where a fault cuts
   * the connection, and with the signal's reason where the caller gives up.
   */
  fetch(input: Request | URL | string, init?: RequestInit): Promise<Response>;
  /** Of the world as it is now. */
  readonly seed: Seed;
  readonly users: readonly { readonly id: string; readonly name: string }[];
  readonly projects: readonly { readonly id: string; readonly name: string }[];
  /** Every change, oldest first. */
  readonly effects: readonly Effect[];
  /** Every call, in the order of arrival. */
  readonly requests: readonly Readonly<RequestEntry>[];
  readonly faults: Faults;
  readonly control: Control;
  /** The whole world, without tokens. Two runs of the same calls give the same text. */
  snapshot(): WorldFile;
  /** Replaces the world. @throws WorldFileError naming the path of what cannot be. */
  restore(world: unknown): Promise<void>;
  /** Lets go of the persistence. Calls under way end; new ones reject. */
  close(): Promise<void>;
}
