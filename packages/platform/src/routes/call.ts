import type { EpochMs } from "@holdfast/core";
import type { FileRules } from "../files/file-rules.ts";
import type { Limits } from "../limits.ts";
import type { Before } from "../world/past.ts";
import type { TokenScope } from "../world/token-scope.ts";
import type { Changed, User, World } from "../world/world.ts";

/** One call as a route sees it: parsed, and by somebody who is known. */
export interface Call {
  readonly world: World;
  readonly limits: Limits;
  readonly user: User;
  /** Of the token, where that reaches less far than its user. */
  readonly scope: TokenScope | undefined;
  /** SHA-256 of the token in hex; empty where none was needed. */
  readonly tokenHash: string;
  readonly at: EpochMs;
  readonly requestId: string;
  /** As the documentation writes it: `/record-xxxx/close`. */
  readonly route: string;
  /** The id in the route: an object's or a container's; empty where the route has none. */
  readonly subject: string;
  /** Where the route takes one and the input has one. */
  readonly nonce: string | undefined;
  /** Property whose value the effect of a create is filed under. */
  readonly keyProperty: string;
  readonly headers: Headers;
  readonly files: FileRules;
  /** How far a search lags behind what there is. */
  readonly searchLagMs: number;
  /** As the caller calls this platform: URLs that are given out begin with it. */
  readonly origin: string;
}

/** By project, what a search of this call does not know yet, as it was. */
export function pastOf({ world, at, searchLagMs }: Call): ReadonlyMap<string, Before> {
  return world.past.asOf(at - searchLagMs);
}

/** When content that leaves for the archive in this call will be there. */
export function archivedAt({ at, files }: Call): EpochMs {
  return at + files.archivingMs;
}

/** Logs what a call changed; a call that changed nothing leaves no trace. */
export function recordEffect(
  call: Call,
  target: { readonly id: string; readonly project: string; readonly key?: string | undefined },
  changed: Changed,
): void {
  if (Object.keys(changed).length === 0) return;
  call.world.addEffect({
    at: call.at,
    requestId: call.requestId,
    user: call.user.id,
    route: call.route,
    id: target.id,
    project: target.project,
    ...(target.key === undefined ? {} : { key: target.key }),
    ...(call.nonce === undefined ? {} : { nonce: call.nonce }),
    changed,
  });
}
