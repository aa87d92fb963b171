import { type Failure, unreachable } from "@holdfast/core";
import type { EngineStatus } from "@holdfast/sync";

/** What the engine's status means for a replay that shall come to an end. */
export type Progress =
  | { readonly kind: "sending" }
  /** Nothing is sent just now, and that may pass. */
  | { readonly kind: "waiting" }
  /** As far as the sender knows nothing is left that it could send. */
  | { readonly kind: "sent" }
  /** Nothing more will be sent, for a person's reason or for one that time does not mend. */
  | { readonly kind: "ended"; readonly failure?: Failure };

export function progressOf({ phase, failure, blocked }: EngineStatus): Progress {
  switch (phase) {
    case "replaying":
      return { kind: "sending" };
    case "connecting":
    case "offline":
      return { kind: "waiting" };
    case "idle": {
      const [block] = blocked;
      return block === undefined ? { kind: "sent" } : { kind: "ended", failure: block.reason };
    }
    // A person's own word: who says `resume` is there to send.
    case "paused":
      return { kind: "ended" };
    case "needsAuth":
    case "stopped":
      return failure === undefined ? { kind: "ended" } : { kind: "ended", failure };
    default:
      return unreachable(phase);
  }
}
