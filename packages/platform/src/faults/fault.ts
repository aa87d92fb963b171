import type { Json, PlatformErrorType } from "@holdfast/core";
import { storageRoute } from "../storage/storage-path.ts";

/** Something that goes wrong with one call. */
export type Fault =
  /** The call takes so long, half of it before the effect and half after. With `maxMs` drawn between the two. */
  | { readonly kind: "latency"; readonly ms: number; readonly maxMs?: number }
  /** Refused before anything is looked at. `status` where it shall not be the type's own. */
  | {
      readonly kind: "refuse";
      readonly error: PlatformErrorType;
      readonly message?: string;
      readonly details?: Json;
      readonly status?: number;
    }
  /** The connection breaks before the call arrives. */
  | { readonly kind: "cutBeforeEffect" }
  /** The connection breaks after the call took effect, before its answer. */
  | { readonly kind: "cutAfterEffect" }
  /**
   * The call arrives `afterMs` late, when nobody waits for it any more. Until then the caller hangs, unless it
   * aborts; with `caller: "cut"` its connection breaks at once. Default "cut".
   */
  | { readonly kind: "late"; readonly afterMs: number; readonly caller?: "cut" | "hangs" }
  /** The call arrives twice, the second time `afterMs` after the first; the answer is the first one's. Default 0. */
  | { readonly kind: "double"; readonly afterMs?: number }
  /**
   * The body of the answer breaks off. Its connection breaks with it, as a length that is not reached does; with
   * `silent` the body just ends and no length is given.
   */
  | { readonly kind: "truncate"; readonly silent?: boolean }
  /** Turned away before anything is looked at; with Retry-After in seconds or, where `asDate`, as a date. */
  | {
      readonly kind: "throttle";
      readonly status?: 429 | 503;
      readonly retryAfterS?: number;
      readonly asDate?: boolean;
    }
  /** Somebody in between answers, in HTML. The call never arrived; with `afterEffect` it did. Default 502. */
  | { readonly kind: "garbage"; readonly status?: number; readonly afterEffect?: boolean }
  /** The clock of the answer's `Date` goes wrong by so much: forward, or back where it is negative. */
  | { readonly kind: "skew"; readonly ms: number }
  /**
   * A search answers from what there was so long ago. What it may hide is kept from the moment on at which the fault
   * is asked for, until the faults are cleared: ask before the changes. Hits no other call.
   */
  | { readonly kind: "searchLag"; readonly ms: number }
  /** A PUT or GET of content finds its URL expired: 403 in XML. Hits no call of the API. */
  | { readonly kind: "staleUrl" }
  /** A PUT or GET of content took too long for the storage: 400 in XML. Hits no call of the API. */
  | { readonly kind: "slowTransfer" };

export type FaultKind = Fault["kind"];

/** A fault by its kind alone, with what its kind needs at least. */
export type FaultName = FaultKind;

/** Whether a fault is one that can hit what goes to a path: some are known to the storage only. */
export function canHit({ kind }: Fault, path: string): boolean {
  if (kind === "searchLag") return searchPaths.has(path);
  return (kind !== "staleUrl" && kind !== "slowTransfer") || storageRoute(path) !== undefined;
}

/** What answers from the index of the search [assumed]. */
const searchPaths: ReadonlySet<string> = new Set([
  "/system/findDataObjects",
  "/system/resolveDataObjects",
]);

/** How a fault is given: by name, with the defaults below, or in full. */
export function toFault(fault: Fault | FaultName): Fault {
  return typeof fault === "string" ? defaults[fault] : fault;
}

const defaults: { readonly [Kind in FaultKind]: Fault & { readonly kind: Kind } } = {
  latency: { kind: "latency", ms: 100 },
  refuse: { kind: "refuse", error: "InternalError" },
  cutBeforeEffect: { kind: "cutBeforeEffect" },
  cutAfterEffect: { kind: "cutAfterEffect" },
  late: { kind: "late", afterMs: 60_000 },
  double: { kind: "double" },
  truncate: { kind: "truncate" },
  throttle: { kind: "throttle", status: 503, retryAfterS: 2 },
  garbage: { kind: "garbage" },
  skew: { kind: "skew", ms: 3_600_000 },
  searchLag: { kind: "searchLag", ms: 5000 },
  staleUrl: { kind: "staleUrl" },
  slowTransfer: { kind: "slowTransfer" },
};

/** Every kind there is. */
export const faultKinds: readonly FaultKind[] = Object.keys(defaults) as FaultKind[];
