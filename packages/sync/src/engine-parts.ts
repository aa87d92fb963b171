import type { Clock, Locks, Logger, Random } from "@holdfast/core";
import type { BehaviorSubject, Observable } from "rxjs";
import type { ApiClient, Fetch } from "./api-client.ts";
import type { ConnectionHint } from "./hints.ts";
import type { OnDetailsConflict } from "./details-conflicts.ts";
import type { EngineContent } from "./engine-content.ts";
import type { Gate } from "./gate.ts";
import type { EngineLimits } from "./limits.ts";
import type { ServerClock } from "./server-clock.ts";
import type { AskForToken } from "./session.ts";
import type { StoreReads } from "./store-reads.ts";
import type { TransferBoard } from "./transfers.ts";

/** What one engine has and each of its terms uses. */
export interface EngineParts {
  readonly store: StoreReads;
  readonly clock: Clock;
  readonly random: Random;
  readonly logger: Logger;
  readonly limits: EngineLimits;
  readonly processId: string;
  readonly user: string;
  readonly token: AskForToken;
  readonly onDetailsConflict: OnDetailsConflict;
  readonly client: ApiClient;
  /** Of the storage too, which is another host than the API's. */
  readonly fetch: Fetch;
  readonly locks: Locks;
  readonly content: EngineContent | undefined;
  readonly gate: Gate;
  readonly serverClock: ServerClock;
  readonly transfers: TransferBoard;
  readonly paused$: BehaviorSubject<boolean>;
  readonly hints$: Observable<ConnectionHint>;
}
