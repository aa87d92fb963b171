import type {
  CreatableClass,
  DetailsAnswer,
  DetailsConflict,
  Failure,
  FindQuery,
  LocalKey,
  ObjectId,
  OperationId,
  ObjectDescription,
  ProjectDescription,
  ParkedPolicies,
  Transfer,
  Transfers,
} from "@holdfast/core";
import type { CreationInput } from "./creation.ts";
import type { Difference } from "./difference.ts";
import type { EndOptions, HoldfastStatus } from "./holdfast.ts";
import type { CloneDestination } from "./object-handle.ts";
import type { ObjectEdit } from "./objects.ts";
import type { HistoryEntry, OperationReport } from "./operations.ts";
import type { ReplayOptions } from "./options.ts";
import type {
  OperationChange,
  OutboxEntry,
  OutboxPage,
  OutboxSelection,
  ParkedPage,
} from "./outbox.ts";
import type { FolderEdit, Subfolders } from "./folders.ts";
import type { ProjectEdit } from "./projects.ts";

/** Raised when a message changes its shape. Page and worker of different releases refuse each other. */
export const wireVersion = 4;

/** No message carries more rows: longer ones would be felt in the page as a long task. */
export const maxRows = 500;

/** The first message, with which the page names the store. The ports travel beside it. */
export interface Opening {
  readonly wire: number;
  /** `https://…` without a trailing slash; of an embedded platform, one that no network answers. */
  readonly url: string;
  /** What the platform is called in the names of database, lock and channels. */
  readonly host: string;
  readonly user: string;
  readonly name: string;
  readonly replay: ReplayOptions;
  readonly paused: boolean;
  readonly visible: boolean;
  readonly parked: ParkedPolicies;
  readonly onDetailsConflict: "park" | "ours" | "theirs" | "ask";
}

/** What may be called: the message's fields and the value it is answered with. All plain data. */
export interface Calls {
  readonly create: {
    /** `content`: of a file, the number under which it was written. */
    readonly input: {
      readonly class: CreatableClass;
      readonly input: CreationInput;
      readonly content?: number;
    };
    readonly output: Created;
  };
  /** Adds to a batch that `commit` writes in one transaction and `drop` forgets. */
  readonly stage: {
    readonly input: {
      readonly batch: number;
      readonly class: CreatableClass;
      readonly inputs: readonly CreationInput[];
      /** One for each input where any has content; `null` where it has none. */
      readonly contents?: readonly (number | null)[];
    };
    readonly output: null;
  };
  readonly commit: { readonly input: { readonly batch: number }; readonly output: Page<Created> };
  readonly drop: { readonly input: { readonly batch: number }; readonly output: null };
  readonly edit: { readonly input: { readonly edit: ObjectEdit }; readonly output: Edited };
  /** Begins new content under a number that the page gives it, for a file that could have it as things stand now. */
  readonly beginContent: {
    readonly input: {
      readonly content: number;
      readonly for: ContentTarget;
      /** In bytes, where it is known before. */
      readonly size?: number;
    };
    readonly output: null;
  };
  /** Answered with how many bytes are kept by then. A Blob crosses by reference, bytes are copied. */
  readonly appendContent: {
    readonly input: { readonly content: number; readonly data: Blob | Uint8Array };
    readonly output: number;
  };
  /** All of it has come: it is made durable. */
  readonly endContent: { readonly input: { readonly content: number }; readonly output: null };
  readonly dropContent: { readonly input: { readonly content: number }; readonly output: null };
  readonly attach: {
    readonly input: { readonly object: string; readonly content: number };
    readonly output: Edited;
  };
  /** What is known here of the project itself. */
  readonly project: {
    readonly input: { readonly project: string };
    readonly output: ProjectDescription | null;
  };
  /** Marks the content of a file as wanted here; `wait` until `content` says when it has come. */
  readonly wantContent: {
    readonly input: { readonly object: string; readonly keepOffline?: boolean };
    readonly output: { readonly key: LocalKey; readonly isHere: boolean };
  };
  /** All of it; with `from` what is here by now from that byte on, some of it or, behind its end, nothing. */
  readonly readContent: {
    readonly input: { readonly object: LocalKey; readonly from?: number };
    readonly output: Blob;
  };
  readonly editProject: {
    readonly input: { readonly project: string; readonly edit: ProjectEdit };
    readonly output: Edited;
  };
  readonly listFolder: {
    readonly input: {
      readonly project: string;
      readonly folder: string;
      readonly includeHidden: boolean;
    };
    readonly output: Subfolders & { readonly objects: Page<ObjectDescription> };
  };
  readonly removeFolderTree: {
    readonly input: { readonly project: string; readonly folder: string };
    readonly output: Edited & { readonly operations: Page<OperationId> };
  };
  readonly editFolder: {
    readonly input: { readonly project: string; readonly edit: FolderEdit };
    readonly output: Edited;
  };
  readonly clone: {
    readonly input: { readonly object: string; readonly destination: CloneDestination };
    readonly output: Created;
  };
  readonly get: {
    readonly input: { readonly object: string; readonly project?: string };
    readonly output: ObjectDescription | null;
  };
  readonly find: {
    readonly input: { readonly query: FindQuery };
    readonly output: Page<ObjectDescription>;
  };
  readonly count: { readonly input: { readonly query: FindQuery }; readonly output: number };
  /** The next rows of an answer longer than one message. */
  readonly more: {
    readonly input: { readonly cursor: number };
    readonly output: Page<unknown>;
  };
  /** Pushes `rows` or `value` under this number from now on. */
  readonly watch: {
    readonly input: { readonly watch: number; readonly target: WatchTarget };
    readonly output: null;
  };
  readonly unwatch: { readonly input: { readonly watch: number }; readonly output: null };
  /** Pushes `reached` under this number once. */
  readonly wait: {
    readonly input: { readonly wait: number; readonly for: WaitTarget };
    readonly output: null;
  };
  readonly unwait: { readonly input: { readonly wait: number }; readonly output: null };
  readonly outboxList: {
    readonly input: { readonly after?: string; readonly limit: number };
    readonly output: readonly OutboxEntry[];
  };
  readonly retry: {
    readonly input: { readonly selection: OutboxSelection };
    readonly output: number;
  };
  readonly discardPreview: {
    readonly input: { readonly selection: OutboxSelection };
    readonly output: {
      readonly operations: Page<OutboxEntry>;
      readonly parks: Page<OutboxEntry>;
      readonly objects: Page<LocalKey>;
    };
  };
  readonly discard: {
    readonly input: { readonly selection: OutboxSelection };
    readonly output: number;
  };
  readonly editOperation: {
    readonly input: { readonly operation: string; readonly change: OperationChange };
    readonly output: Edited;
  };
  readonly saveAsNew: {
    readonly input: { readonly operation: string };
    readonly output: Created;
  };
  readonly operation: {
    readonly input: { readonly id: string };
    readonly output: OperationReport | null;
  };
  readonly historyList: {
    readonly input: {
      readonly after?: string;
      readonly limit: number;
      readonly newestFirst: boolean;
    };
    readonly output: readonly HistoryEntry[];
  };
  readonly pause: { readonly input: object; readonly output: null };
  readonly resume: { readonly input: object; readonly output: null };
  readonly wake: { readonly input: object; readonly output: null };
  readonly signOut: { readonly input: EndOptions; readonly output: null };
  readonly wipe: { readonly input: EndOptions; readonly output: null };
  /** The answer to the question of that number. */
  readonly token: {
    readonly input: { readonly question: number; readonly token?: string };
    readonly output: null;
  };
  /** The same about details that both sides changed. */
  readonly decideDetails: {
    readonly input: { readonly question: number; readonly answer: DetailsAnswer };
    readonly output: null;
  };
  /** The page became visible or thawed: a hint to look whether other tabs have written. */
  readonly visible: { readonly input: { readonly visible: boolean }; readonly output: null };
}

export type CallKind = keyof Calls;
export type Message<Kind extends CallKind = CallKind> = {
  [Name in Kind]: { readonly kind: Name } & Calls[Name]["input"];
}[Kind];
export type Output<Kind extends CallKind> = Calls[Kind]["output"];

export type Result<Value = unknown> = { readonly value: Value } | { readonly failure: Failure };

/** What new content is for. */
export type ContentTarget =
  | { readonly input: CreationInput }
  /** A file that is there. */
  | { readonly object: string };

/** The first rows of an answer; `cursor` where `more` has the next ones. */
export interface Page<Row> {
  readonly rows: readonly Row[];
  readonly cursor?: number;
}

export interface Created {
  readonly key: LocalKey;
  readonly id: ObjectId;
  readonly operation: OperationId;
}

export interface Edited {
  readonly key: LocalKey;
  readonly operation: OperationId;
}

/** What a host says of itself; who sends without a page is arranged in the page. */
export type HostStatus = Omit<HoldfastStatus, "background">;

/** What can be watched, with the value pushed for it. */
export interface WatchValues {
  readonly count: number;
  readonly status: HostStatus;
  readonly pending: OutboxPage;
  readonly parked: ParkedPage;
  readonly project: ProjectDescription | null;
  readonly folder: Subfolders;
  readonly transfers: Transfers;
  readonly transfer: Transfer | null;
}

export type WatchTarget =
  | { readonly of: "rows" | "count"; readonly query: FindQuery }
  | { readonly of: "project"; readonly project: string }
  | { readonly of: "folder"; readonly project: string; readonly folder: string }
  | { readonly of: "transfer"; readonly object: LocalKey }
  | { readonly of: "status" | "pending" | "parked" | "transfers" };

export type WaitTarget =
  | { readonly until: "acked"; readonly operation: OperationId; readonly object: LocalKey }
  /** Every operation of the object made so far. */
  | { readonly until: "allAcked"; readonly object: LocalKey }
  /** The object is on this device: the platform is asked for one that is not. */
  | { readonly until: "known"; readonly object: LocalKey }
  /** It is on this device, whole. */
  | { readonly until: "content"; readonly object: LocalKey; readonly behind?: number }
  | { readonly until: "settled"; readonly object: LocalKey; readonly operation?: OperationId };

/** What the worker says unasked. */
export type Push =
  /** Its first word. */
  | { readonly push: "hello"; readonly wire: number }
  /** `more` where the difference goes on in the next message. */
  | {
      readonly push: "rows";
      readonly watch: number;
      readonly difference: Difference;
      readonly more: boolean;
    }
  | {
      readonly push: "value";
      readonly watch: number;
      readonly value: WatchValues[keyof WatchValues];
    }
  | { readonly push: "watchFailed"; readonly watch: number; readonly failure: Failure }
  | {
      readonly push: "reached";
      readonly waits: readonly {
        readonly wait: number;
        readonly id?: ObjectId;
        readonly failure?: Failure;
      }[];
    }
  | { readonly push: "token"; readonly question: number }
  | {
      readonly push: "detailsConflict";
      readonly question: number;
      readonly conflict: DetailsConflict & { readonly object: LocalKey };
    }
  /** For the app's logger. `data` is JSON. */
  | {
      readonly push: "log";
      readonly level: "warn" | "error";
      readonly message: string;
      readonly data?: string;
    }
  /** The store is closed and will answer nothing more. */
  | { readonly push: "over"; readonly failure: Failure };

/** Rows that a message counts for in a batch: those it carries, or those that its answer may. */
export function rowsOf(message: Message): number {
  switch (message.kind) {
    case "stage":
      return Math.max(1, message.inputs.length);
    case "find":
      return rowsUpTo((message.query as FindQuery | null)?.limit);
    case "outboxList":
    case "historyList":
      return rowsUpTo(message.limit);
    case "commit":
    case "more":
    case "listFolder":
    case "removeFolderTree":
    case "discardPreview":
      return maxRows;
    default:
      return 1;
  }
}

/** Whatever an app has passed: what is no limit is refused where it is parsed. */
function rowsUpTo(limit: unknown): number {
  return typeof limit === "number" && limit >= 1 && limit <= maxRows ? limit : maxRows;
}
