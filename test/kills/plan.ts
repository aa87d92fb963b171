import type { Random } from "@holdfast/core";

/** It dies while the outbox is sent, at the n-th request that carries something, on one side of its effect. */
export interface ReplayPlan {
  readonly during: "replay";
  readonly objects: number;
  /** The objects are on the platform already, so that edits and closes are requests of their own. */
  readonly isMade: boolean;
  readonly atRequest: number;
  readonly side: "before" | "after";
  /** Of each request, so that acknowledgements come in between. */
  readonly latencyMs: number;
}

/** It dies while hundreds of objects are written. */
export interface BulkPlan {
  readonly during: "bulk";
  /** Objects of each `createMany`, all called at once. */
  readonly groups: readonly number[];
  /** Objects written one by one beside them. */
  readonly objects: number;
  readonly isSending: boolean;
  /** So long after so many receipts, or after the call. */
  readonly afterReceipts: number;
  readonly waitMs: number;
}

export type Plan = ReplayPlan | BulkPlan;

/** The same for the same seed, though no browser plays it twice in the same way. */
export function planOf(random: Random, kill: number): Plan {
  const draw = (what: string, from: number, to: number): number =>
    from + Math.floor(random.fraction(`kill:${kill}:${what}`) * (to - from + 1));
  const isDrawn = (what: string): boolean => draw(what, 0, 1) === 1;
  if (kill % 2 === 0) {
    const objects = draw("objects", 20, 60);
    const isMade = isDrawn("made");
    return {
      during: "replay",
      objects,
      isMade,
      atRequest: draw("request", 1, isMade ? 3 * objects : objects),
      side: isDrawn("side") ? "before" : "after",
      latencyMs: draw("latency", 0, 30),
    };
  }
  const groups = Array.from({ length: draw("groups", 1, 4) }, (_, at) =>
    draw(`group:${at}`, 20, 300),
  );
  const objects = draw("objects", 10, 60);
  const isAtOnce = isDrawn("at once");
  return {
    during: "bulk",
    groups,
    objects,
    isSending: isDrawn("sending"),
    afterReceipts: isAtOnce ? 0 : draw("receipts", 1, 4 * objects),
    waitMs: draw("wait", 0, isAtOnce ? 250 : 50),
  };
}

/** Whether what is left is sent before the next kill. */
export function isSentBetween(random: Random, kill: number): boolean {
  return random.fraction(`kill:${kill}:between`) < 0.6;
}
