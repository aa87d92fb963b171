// histories
export { drawHistory, drawShortHistory } from "./draw-history.ts";
export type { History, Settings, Step } from "./history.ts";
// playing and judging them
export { type Outcome, playHistory } from "./play-history.ts";
export type { Played } from "./player.ts";
export type { Tally } from "./check-end.ts";
export { type DeviceStorage, memoryStorage } from "./world.ts";
export { nextTurn } from "./next-turn.ts";
export { describeViolation, type Invariant, invariants, type Violation } from "./violation.ts";
// looking for failures
export {
  emptyReport,
  type Failure,
  search,
  type SearchOptions,
  type SearchReport,
} from "./search.ts";
export { type CrashPoints, everyCrashPoint } from "./crash-points.ts";
export { shrink } from "./shrink.ts";
