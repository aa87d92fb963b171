import type { Fault } from "@holdfast/platform";
import type { Chance } from "./chance.ts";
import type { FaultName } from "./habits.ts";
import type { Disturbance, FaultTarget, ForeignEdit, ObjectNumber } from "./history.ts";
import { folders, minute, second, type Story } from "./story.ts";
import { limits } from "./world.ts";

const lateMs = limits.lateMs ?? 0;

/** Something that goes wrong, or that somebody else does. */
export function drawDisturbance(story: Story): Disturbance {
  const { chance, habits } = story;
  story.step += 1;
  const tab = chance.whole(12);
  const act = chance.weighed(habits.disturbances);
  switch (act) {
    case "fault":
      return drawFault(story);
    case "network":
      story.isOnline = !story.isOnline;
      return { act, isOnline: story.isOnline };
    case "killAtCall":
      return {
        act,
        tab,
        calls: 1 + chance.whole(40),
        moment: chance.pick(["before", "after"] as const),
      };
    case "killTab":
    case "closeTab":
    case "freezeTab":
      return { act, tab };
    case "openTab":
    case "thawAll":
    case "losePower":
      return { act };
    case "sleep":
      return { act, ms: drawAwayMs(chance) };
    case "setClock":
      return { act, byMs: chance.pick([-1, 1]) * drawAwayMs(chance) };
    case "storage":
      return {
        act,
        tab,
        fault: chance.pick(["abort", "quota", "lost"] as const),
        writes: 1 + chance.whole(3),
      };
    case "level":
      return {
        act,
        level: chance.pick([
          "NONE",
          "VIEW",
          "UPLOAD",
          "CONTRIBUTE",
          "ADMINISTER",
          "ADMINISTER",
        ] as const),
      };
    case "token":
      return {
        act,
        becomes: chance.pick(["revoked", "renewed", "renewed", "foreign", "silent"] as const),
      };
    case "foreign":
      return { act, object: story.some() as ObjectNumber, edit: drawForeignEdit(story) };
    default:
      return act satisfies never;
  }
}

/** A while: any, or about as long as something lasts that has an end. */
export function drawAwayMs(chance: Chance): number {
  const around = (ms: number): number => Math.round(ms * (0.9 + 0.3 * chance.fraction()));
  const leaseMs = 10 * second;
  const nonceWindowMs = 40 * minute;
  const nonceLifetimeMs = 60 * minute;
  return chance.isTrue(0.4)
    ? Math.round(chance.fraction() ** 3 * 120 * minute)
    : around(chance.pick([leaseMs, lateMs, nonceWindowMs, nonceLifetimeMs]));
}

export function drawForeignEdit({ chance, step }: Story): ForeignEdit {
  const kind = chance.weighed({
    close: 3,
    remove: 1,
    addTags: 4,
    removeTags: 1,
    rename: 2,
    setDetails: 3,
    move: 1,
  });
  switch (kind) {
    case "close":
    case "remove":
      return { kind };
    case "addTags":
      return { kind, tags: [`foreign-${step}`] };
    case "removeTags":
      return { kind, tags: [chance.pick(["red", "new"])] };
    case "rename":
      return { kind, name: `F-${step}` };
    case "setDetails":
      return { kind, details: { foreign: step } };
    case "move":
      return { kind, folder: chance.pick(folders) };
    default:
      return kind satisfies never;
  }
}

/** The next calls that match meet it. */
export function drawFault({ chance, habits }: Story): Extract<Disturbance, { act: "fault" }> {
  const name = chance.weighed(habits.faults);
  // An answered call that arrives once more, much later, is promised for only where doing it twice is doing it once.
  const on =
    name === "doubleLater"
      ? chance.pick(["create", "close"] as const)
      : chance.weighed<FaultTarget>(habits.targets);
  const times = chance.isTrue(0.75) ? 1 : 1 + chance.whole(4);
  return { act: "fault", on, fault: toFault(chance, name), times };
}

export function toFault(chance: Chance, name: FaultName): Fault {
  // Whoever is closed while nobody answers is still there: a call may land until then.
  const afterMs = Math.round(chance.fraction() * (lateMs - 2 * second));
  const faults: Readonly<Record<FaultName, Fault>> = {
    cutBeforeEffect: { kind: "cutBeforeEffect" },
    cutAfterEffect: { kind: "cutAfterEffect" },
    late: { kind: "late", afterMs },
    lateAndHanging: { kind: "late", afterMs, caller: "hangs" },
    double: { kind: "double" },
    doubleLater: { kind: "double", afterMs },
    truncate: { kind: "truncate", silent: chance.isTrue(0.5) },
    garbage: { kind: "garbage", status: chance.pick([502, 403, 404]) },
    // Of a hotel: whatever is asked for, its own page comes back.
    portal: { kind: "garbage", status: 200 },
    garbageAfter: { kind: "garbage", afterEffect: true },
    internalError: { kind: "refuse", error: "InternalError" },
    unavailable: {
      kind: "throttle",
      status: 503,
      retryAfterS: 1 + chance.whole(10),
      asDate: chance.isTrue(0.3),
    },
    throttle: { kind: "throttle", status: 429 },
    latency: { kind: "latency", ms: chance.whole(20 * second) },
    blocked: { kind: "refuse", error: "SpendingLimitExceeded" },
    skew: { kind: "skew", ms: 30 * minute },
  };
  return faults[name];
}
