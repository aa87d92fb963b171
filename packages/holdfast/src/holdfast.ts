import type { EpochMs, Failure, ProjectId, StorageStatus } from "@holdfast/core";
import type { Observable } from "rxjs";
import type { BackgroundLink, BackgroundStatus } from "./background.ts";
import type { Folders } from "./folders.ts";
import type { Objects } from "./objects.ts";
import type { History, Operations } from "./operations.ts";
import type { DamagedWork, Outbox } from "./outbox.ts";
import type { Projects } from "./projects.ts";
import type { Files } from "./files.ts";
import type { Records } from "./records.ts";
import type { Workflows } from "./workflows.ts";

/** What the engine is doing, in whichever tab it does it. */
export type Phase =
  /** The platform cannot be reached; `retryAt` of the status says when it is tried next. */
  | "offline"
  | "connecting"
  | "replaying"
  /** Everything is sent but what is parked or blocked. */
  | "idle"
  | "paused"
  /** The token was refused, or belongs to somebody else: a new one is asked for with `resume()`. */
  | "needsAuth"
  /** This worker's engine met something it must not guess at; `failure` says what. */
  | "stopped";

export interface HoldfastStatus {
  readonly phase: Phase;
  /** Whether this tab is the one that sends. */
  readonly sender: boolean;
  readonly retryAt?: EpochMs;
  /** Why the phase is what it is, where something went wrong. */
  readonly failure?: Failure;
  /** Scopes that one refusal has stopped: the account's spending limit, an expired org. */
  readonly blocked: readonly {
    readonly scope: "account" | ProjectId;
    readonly reason: Failure;
    /** When one request tries it again; `resume()` tries at once. */
    readonly retryAt: EpochMs;
  }[];
  readonly storage: StorageStatus;
  /** Whether work goes on with every tab closed, as this tab has arranged it with `registerBackground`. */
  readonly background: BackgroundStatus;
  readonly counts: {
    /** Not confirmed and not parked; those being sent included. */
    readonly waiting: number;
    readonly sending: number;
    readonly parked: number;
    /** In the history: confirmed or given up, since the store was made. */
    readonly ended: number;
  };
  /** Changes whose rows this release cannot read. They are kept, and what else is to be done to their objects waits. */
  readonly damaged: readonly DamagedWork[];
  /** Of the oldest operation that is neither confirmed nor parked. */
  readonly oldestUnsentAgeMs?: number;
}

export interface EndOptions {
  /** Also when changes are not on the platform yet; they are lost then. Default false. */
  readonly force?: boolean;
}

/** A local-first store for data objects; see {@link openHoldfast}. */
export interface Holdfast extends AsyncDisposable {
  readonly records: Records;
  readonly files: Files;
  readonly workflows: Workflows;
  readonly objects: Objects;
  readonly projects: Projects;
  readonly folders: Folders;
  readonly outbox: Outbox;
  readonly operations: Operations;
  readonly history: History;
  /** For `registerBackground` of `holdfast/background`. */
  readonly background: BackgroundLink;
  /** Now and after every change, at most a few times a second. Completes when the store is closed. */
  readonly status$: Observable<HoldfastStatus>;
  /** Nothing is sent, in any tab, until `resume()`. Writing goes on. Requests under way are finished. */
  pause(): Promise<void>;
  /** Sends again, and asks for a token again after `needsAuth`. */
  resume(): Promise<void>;
  /** Tries now what waits for the network: for a person's "try again", or an app that knows that it is back. */
  wake(): Promise<void>;
  /**
   * Forgets the token and removes every trace of this user: the database, in all tabs. The store is closed then.
   * @throws HoldfastError `UnsentWork` while changes are not on the platform and `force` is not set. Where another
   *   tab made one at that very moment, nothing is removed, but the store is closed already: open it again.
   */
  signOut(options?: EndOptions): Promise<void>;
  /** `signOut` for all users and platforms of this `name` on this device. */
  wipe(options?: EndOptions): Promise<void>;
  /** Ends the worker. Waits for what was called before to be stored. Idempotent; afterwards all rejects `StorageClosed`. */
  close(): Promise<void>;
}
