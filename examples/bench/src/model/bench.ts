import type { Holdfast, HoldfastStatus, OutboxPage, ParkedPage } from "holdfast";
import type { Host } from "./host.ts";
import type { HistoryTail } from "./history-tail.ts";
import type { Notices } from "./notices.ts";
import type { Progress } from "./progress.ts";
import type { Samples } from "./sample-source.ts";
import type { GivenToken } from "./token-holder.ts";
import type { Source } from "./source.ts";

/** All that the page shows, and the store behind it. */
export interface Bench {
  readonly holdfast: Holdfast;
  readonly host: Host;
  readonly samples: Source<Samples>;
  readonly status: Source<HoldfastStatus>;
  readonly pending: Source<OutboxPage>;
  readonly parked: Source<ParkedPage>;
  /** Keys of the samples for which a request is on its way. */
  readonly sending: Source<ReadonlySet<string>>;
  readonly progress: Source<Progress | undefined>;
  readonly history: HistoryTail;
  readonly tabs: Source<number>;
  /** Whether this tab has a token at all; a platform of its own always has. */
  readonly hasToken: Source<boolean>;
  /** Goes on with another token; a platform of its own needs none. */
  readonly giveToken: (given: GivenToken) => Promise<void>;
  readonly notices: Notices;
  readonly close: () => Promise<void>;
}
