import type {
  Channel,
  Clock,
  Connectivity,
  ContentStore,
  Locks,
  Logger,
  NewMd5,
  ParkedPolicies,
  Random,
  Store,
} from "@holdfast/core";
import type { EngineLimits } from "@holdfast/sync";
import type { ReplayOptions } from "../options.ts";
import type { Push } from "../wire.ts";

/** What a store is opened with, whoever keeps it. */
export interface StoreRequest {
  /** Carries the host and the user. */
  readonly databaseName: string;
  readonly random: Random;
  readonly channel: Channel;
  readonly logger: Logger;
  /** `StorageClosed` where it is not there yet. Default false: it is made then. */
  readonly mustExist?: boolean;
}

/** What the contents of a store are opened with. */
export type ContentsRequest = Pick<StoreRequest, "databaseName" | "logger">;

/** Where stores are kept. */
export interface Storage {
  /** @throws HoldfastError `NewerVersion`, `StorageFailed`, `StorageQuota`, `StorageClosed`. */
  open(request: StoreRequest): Promise<Store>;
  /** Where the store of that name keeps the contents of its files. @throws HoldfastError `StorageFailed`. */
  openContents(request: ContentsRequest): Promise<ContentStore>;
  /** Names of the stores that begin so. */
  list(prefix: string): Promise<readonly string[]>;
  /**
   * Resolves once nothing of it is left, its contents included; other tabs have let go by then. With `keepUnsent` it stays where its outbox
   * holds anything, whenever that was written: the answer is how many operations it was kept for, else 0.
   */
  remove(databaseName: string, options: { readonly keepUnsent: boolean }): Promise<number>;
}

/** Everything a host needs that makes a run irreproducible (design §2). */
export interface HostPorts {
  readonly clock: Clock;
  readonly random: Random;
  readonly locks: Locks;
  readonly openChannel: (name: string) => Channel;
  readonly connectivity: Connectivity;
  /** `globalThis.fetch`, that of the embedded platform, or one with faults. */
  readonly fetch: (request: Request) => Promise<Response>;
  readonly storage: Storage;
  readonly logger: Logger;
  /** Default: by WebAssembly, which is loaded at its first use and so at a moment of its own. */
  readonly newMd5?: NewMd5;
}

/** Bounds of the engine that tests, simulations and benchmarks set. */
export interface HostLimits extends Partial<EngineLimits> {
  /** How long a part is cut when content is attached. Default: as the size of the content asks for. */
  readonly partBytes?: number;
}

/** Which store the host opens. */
export interface HostOptions {
  /** `https://…` without a trailing slash. */
  readonly url: string;
  /** What the platform is called in the names of database, lock and channels. */
  readonly host: string;
  readonly user: string;
  /** First part of all names. */
  readonly name: string;
  readonly replay: ReplayOptions;
  readonly paused: boolean;
  readonly visible: boolean;
  /** Default: what was refused for want of rights is tried again with others; the rest waits for a person. */
  readonly parked?: ParkedPolicies;
  /** `ask`: pushed as a question. Default `park`. */
  readonly onDetailsConflict?: "park" | "ours" | "theirs" | "ask";
  /** Default: the engine's own. */
  readonly limits?: HostLimits;
  /** Hears what the host says unasked. */
  readonly onPush: (push: Push) => void;
}
