import type { Channel, ContentStore, Store } from "@holdfast/core";
import { type Engine, type EngineLimits, type OnDetailsConflict, openEngine } from "@holdfast/sync";
import { newMd5 as md5ByWasm } from "../md5.ts";
import type { HoldfastStatus } from "../holdfast.ts";
import { processName } from "./process-name.ts";
import type { ReplayOptions } from "../options.ts";
import type { HostOptions, HostPorts } from "./ports.ts";
import type { DetailsQuestions } from "./details-questions.ts";
import type { TokenQuestions } from "./token-questions.ts";

/** The engine's part of the status. */
export type EngineView = Pick<
  HoldfastStatus,
  "phase" | "sender" | "retryAt" | "failure" | "blocked"
>;

export interface HostEngineOptions {
  readonly ports: HostPorts;
  readonly options: Pick<
    HostOptions,
    "url" | "user" | "replay" | "paused" | "limits" | "onDetailsConflict"
  >;
  readonly store: Store;
  /** Where contents of files are kept. Default: none are sent or fetched. */
  readonly contents?: ContentStore;
  readonly questions: Pick<TokenQuestions, "ask">;
  /** Where there is no page to ask, what is in conflict parks. */
  readonly disputes?: Pick<DetailsQuestions, "ask">;
  readonly channel: Channel;
  /** The same for all engines of this store, and no others. */
  readonly name: string;
  /** Send only while no other engine of the store is there. Default false. */
  readonly yields?: boolean;
}

/**
 * How long the engine waits for the page before it lets another tab lead: longer than the page gives the app's own
 * `token()`, so that a hanging one counts as offline, and only a page that is frozen or gone as silent.
 */
const pageTimeoutMs = 12_000;

/** The engine of sync, wired to one page's host or to a service worker. */
export async function openHostEngine(parts: HostEngineOptions): Promise<Engine> {
  const {
    ports,
    options,
    store,
    contents,
    questions,
    disputes,
    channel,
    name,
    yields = false,
  } = parts;
  const { clock, random, locks, connectivity, logger, fetch, newMd5 = md5ByWasm } = ports;
  return await openEngine({
    store,
    api: { url: options.url, fetch },
    user: options.user,
    token: () => questions.ask(),
    onDetailsConflict: onConflict(options, disputes),
    clock,
    random,
    locks,
    channel,
    connectivity,
    logger,
    ...(contents === undefined ? {} : { content: { store: contents, newMd5 } }),
    limits: { ...limitsOf(options.replay), ...options.limits },
    processId: processName(ports),
    name,
    paused: options.paused,
    yields,
  });
}

export function viewOf({ status }: Pick<Engine, "status">): EngineView {
  const { phase, leading, retryAt, failure, blocked } = status;
  return {
    phase,
    sender: leading,
    blocked,
    ...(retryAt === undefined ? {} : { retryAt }),
    ...(failure === undefined ? {} : { failure }),
  };
}

function onConflict(
  { onDetailsConflict = "park" }: Pick<HostOptions, "onDetailsConflict">,
  disputes: HostEngineOptions["disputes"],
): OnDetailsConflict {
  if (onDetailsConflict !== "ask") return onDetailsConflict;
  return disputes === undefined ? "park" : (conflict) => disputes.ask(conflict);
}

function limitsOf({ requestsPerSecond, connections }: ReplayOptions): Partial<EngineLimits> {
  return {
    tokenTimeoutMs: pageTimeoutMs,
    ...(connections === undefined ? {} : { connections }),
    ...(requestsPerSecond === undefined
      ? {}
      : {
          requestsPerSecond:
            requestsPerSecond === "unlimited" ? Number.POSITIVE_INFINITY : requestsPerSecond,
        }),
  };
}
