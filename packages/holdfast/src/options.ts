import type { Logger, ParkedPolicies } from "@holdfast/core";
import type { DecideDetails } from "./details-conflict.ts";

/**
 * Where the platform answers: an address such as `https://api.dnanexus.com`, or a port on which the embedded
 * reference platform listens. `host` names the platform in the names of the database, the lock and the channel,
 * for apps with more than one embedded platform; default `platform.holdfast.invalid` (design §3).
 */
export type Api = string | MessagePort | { readonly port: MessagePort; readonly host?: string };

/** How the engine sends. Every number has a default that suits the real platform. */
export interface ReplayOptions {
  /** Requests a second, shared by all tabs; `"unlimited"` for a platform of one's own. Default 150. */
  readonly requestsPerSecond?: number | "unlimited";
  /** Requests at one time, 1 to 32. Default 6. */
  readonly connections?: number;
}

export interface StoreOptions {
  readonly api: Api;
  /** `user-…`. A store belongs to one user; a token of somebody else is never used (design §5, identity). */
  readonly user: string;
  /**
   * Asked when a token is needed, one question at a time, never for one that is at hand. The answer is neither
   * stored nor logged. A call that rejects, or hangs for 10 s, counts as being offline.
   */
  readonly token: () => string | Promise<string>;
  /** First part of the database's name, for apps with several stores. Letters, digits, `-`, `_`. Default `holdfast`. */
  readonly name?: string;
  readonly replay?: ReplayOptions;
  /**
   * What becomes of what is parked for a reason, without a person: `{ InvalidState: "discard" }`. Default: what was
   * refused with `PermissionDenied` is tried again with a new token or a higher level in its project
   * (`"retryWhenAllowed"`), everything else waits. The policies of the tab that sends are the ones that are kept.
   */
  readonly parked?: ParkedPolicies;
  /**
   * Who decides where details were changed here and elsewhere at the same paths; other paths are merged. Default
   * `"park"`: a person. The tab that sends asks its own function.
   */
  readonly onDetailsConflict?: "park" | "ours" | "theirs" | DecideDetails;
  /** Hears warnings and errors of storage and engine. Default: nobody does. */
  readonly logger?: Logger;
  /** Start without sending, until `resume()`. Default false. */
  readonly paused?: boolean;
  /** Ends the opening, not the store. */
  readonly signal?: AbortSignal;
}

export interface HoldfastOptions extends StoreOptions {
  /**
   * The worker that hosts storage and engine, of its own for this call, or what makes it:
   * `() => new Worker(new URL("holdfast/worker", import.meta.url), { type: "module" })`. Default: the package's
   * own file beside the main entry, which every bundler finds but the dev servers of Vite 6 and 7.
   */
  readonly worker?: Worker | (() => Worker);
  /** How long the worker may take to say its first word. Default 10,000. */
  readonly handshakeMs?: number;
}
