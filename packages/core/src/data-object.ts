import type { Failure } from "./failure.ts";
import type { ClosedField } from "./fixed-field.ts";
import type { ContentName, LocalKey, ObjectId, ProjectId, RowClass } from "./ids.ts";
import type { JsonText } from "./json.ts";
import type { EpochMs } from "./ports.ts";

/** `abandoned` is for files only. A removed object has no row, so `removed` is no state of one. */
export type State = "open" | "closing" | "closed" | "abandoned";

export const states: readonly State[] = ["open", "closing", "closed", "abandoned"];

/**
 * Everything of one copy that changes: what a base and a view are made of. `details` and `links` hold local ids
 * (provisional ones for ever, where the object was made here); they are translated on read (design §4.8).
 */
export interface ObjectState {
  /** `null` where nobody gave a name: the platform then uses the object's id, and so does every view. */
  readonly name: string | null;
  /** Absolute, without a trailing slash but for the root. */
  readonly folder: string;
  readonly state: State;
  readonly hidden: boolean;
  readonly types: readonly string[];
  readonly tags: readonly string[];
  /** Without the reserved `.holdfast-key`. */
  readonly properties: Readonly<Record<string, string>>;
  readonly details: JsonText;
  /** The ids linked to in `details`, depth first, each once. */
  readonly links: readonly string[];
  readonly created: EpochMs;
  readonly modified: EpochMs;
  /** `user-…` */
  readonly createdBy: string;
  /** What only objects of its class have, such as a file's `media`: the JSON text of an object. See `ownFieldsOf`. */
  readonly own?: JsonText;
  /** Only of a project's own row, whose `folder` is "/" and whose `state` is "open". */
  readonly project?: ProjectState;
}

/** What a project has beside what it shares with objects. */
export interface ProjectState {
  /** Absent until the platform has described the project: then nothing here is known to be complete. */
  readonly facts?: ProjectFacts;
  /** Paths of folders that are there, the root left out: all of them once there are `facts`. */
  readonly folders?: readonly string[];
}

/** Of a project's describe (CS §1.3), what rules and apps ask for. */
export interface ProjectFacts {
  /** The caller's. */
  readonly level: Level | "NONE";
  readonly protected: boolean;
  readonly restricted: boolean;
  readonly downloadRestricted: boolean;
  readonly externalUploadRestricted: boolean;
  readonly containsPHI: boolean;
  /** `aws:us-east-1` */
  readonly region: string;
}

/** The levels that operations need, lowest first (CS §1.5). Flags of projects can raise them. */
export type Level = "VIEW" | "UPLOAD" | "CONTRIBUTE" | "ADMINISTER";

/** What an operation of the project's lane does to the folder of one object. */
export interface Relocation {
  /** Its place in the order, and the operation. */
  readonly operation: number;
  readonly from: string;
  readonly to: string;
  /** It is part of the view: the object was in `from` when it came to it, and is in `to` by it. */
  readonly isApplied?: true;
  /** The object itself was moved later: what was before says nothing of its folder. */
  readonly isPassed?: true;
  readonly isParked?: true;
}

/** The content of a file on its way here. It goes on in any process, from what is kept of it. */
export interface Fetching {
  /** Its row in `contents` says what of it is here. */
  readonly content: ContentName;
  /** From its beginning so many bytes are here for good, verified; absent while there are none. */
  readonly bytes?: number;
  /** Why there is none to be had. It is tried again when somebody asks again, and where it is kept offline by itself. */
  readonly refused?: Failure;
}

/** Row of the `objects` table: one copy of one data object, or a project itself. */
export interface ObjectRow {
  readonly version: 1;
  readonly key: LocalKey;
  readonly project: ProjectId;
  /** The first id known here: half of the key. A project's own row has the project's. */
  readonly id: ObjectId;
  /** The platform's id, absent while only this device knows the object. */
  readonly realId?: ObjectId;
  readonly class: RowClass;
  readonly view: ObjectState;
  /** Last known from the platform; only while operations are pending, and absent for what it does not know. */
  readonly base?: ObjectState;
  /**
   * Folders that the object lies or lay in and that pending operations of the project have given other paths, in the order
   * of these; absent where there are none. The view shows what they make of its folder, a base does not.
   */
  readonly relocations?: readonly Relocation[];
  /** Operations of this object in the outbox, parked ones included. */
  readonly pending: number;
  readonly parked: number;
  /**
   * Its removal is in the outbox and not parked: the row stays, so that it can be given back, but no query, count,
   * listing or lookup by link sees it.
   */
  readonly removed?: true;
  /** Of a file: its content, which is on this device, whole. */
  readonly content?: ContentName;
  /** Of a file without it: its content is wanted here, and is being fetched from the platform. */
  readonly fetching?: Fetching;
  /** Of a file: its content is wanted on this device for good, and is not evicted. */
  readonly keepOffline?: true;
  /** Of a file: a close of ours may have reached the platform. What is gone then was not cleaned up unfinished. */
  readonly closeSent?: true;
  /** Of a file: the attaching of a content was given up, parts of which may be there: nobody can take them away (DO §7.3). */
  readonly partsLeft?: true;
  /** Of a file: the platform's one that it cleaned up unfinished, and that this one was made again for. */
  readonly replaces?: ObjectId;
  /** Projects into which it was cloned: what is called on it later must not travel with a clone that is still to be sent. */
  readonly clonedTo?: readonly ProjectId[];
  /** A close of ours was accepted, and the object has not been seen closed and compared since. */
  readonly unsettled?: true;
  /** In what the object that we closed is not what we knew: somebody changed it just before. */
  readonly closedWithForeignChange?: readonly ClosedField[];
}

/** The key property that rides in every create, by which it is found again (design §5). Reserved. */
export const keyProperty = ".holdfast-key";
