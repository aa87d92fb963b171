import type { Fault } from "@holdfast/platform";
import { type Chance, chanceOf } from "./chance.ts";
import type { Disturbance, History, ObjectNumber, Step, UserAct } from "./history.ts";
import { partBytes } from "./world.ts";

const second = 1_000;
const minute = 60 * second;

/** Their numbers are beyond those of what else is made. */
const firstFile = 10_000;

/**
 * In one history of three, files with content among everything else, and what can go wrong with that: drawn apart, so that the rest
 * is what it would be without.
 */
export function withFiles(history: History): History {
  const chance = chanceOf(`files/${history.seed}`);
  if (!chance.isTrue(1 / 3)) return history;
  const steps = [...history.steps];
  const isCleanedUp = chance.isTrue(0.2);
  const files = 1 + chance.whole(3);
  for (let file = firstFile; file < firstFile + files; file++) {
    // The first step is the first tab.
    let at = 1;
    for (const step of fileSteps(chance, file, isCleanedUp)) {
      at += chance.whole(Math.max(1, Math.min(12, steps.length - at)));
      steps.splice(at, 0, step);
      at += 1;
    }
  }
  const settings = {
    ...history.settings,
    region: chance.isTrue(0.75) ? ("azure" as const) : ("aws" as const),
    ...(isCleanedUp ? { abandonedAfterMs: (15 + chance.whole(30)) * minute } : {}),
  };
  return { ...history, settings, steps };
}

/** One file from its making to its close, or nearly. */
function fileSteps(chance: Chance, number: ObjectNumber, isCleanedUp: boolean): readonly Step[] {
  const waitMs = (): number => (chance.isTrue(0.5) ? chance.whole(100) : chance.whole(6 * second));
  const by = (act: Omit<UserAct, "tab">): Step =>
    ({ ...act, tab: chance.whole(12), waitMs: waitMs() }) as Step;
  const isGivenAtOnce = chance.isTrue(0.5);
  const create = by({
    ...{ act: "create", makes: number, class: "file" },
    input: { name: `F-${number}` },
    ...(isGivenAtOnce ? { bytes: drawBytes(chance) } : {}),
  } as Omit<UserAct, "tab">);
  const attach = by({ act: "attach", object: number, bytes: drawBytes(chance) } as Omit<
    UserAct,
    "tab"
  >);
  const steps: Step[] = [create];
  // Whoever attaches a second time is refused, unless the first was given up.
  if (!isGivenAtOnce || chance.isTrue(0.1)) steps.push(attach);
  const close = by({ act: "close", object: number } as Omit<UserAct, "tab">);
  if (chance.isTrue(0.85)) steps.splice(1 + chance.whole(steps.length), 0, close);
  const wrong = 1 + chance.whole(4);
  for (let count = 0; count < wrong; count++) {
    const disturbance = drawDisturbance(chance);
    steps.splice(chance.whole(steps.length + 1), 0, { ...disturbance, waitMs: chance.whole(300) });
  }
  if (isCleanedUp) {
    const ms = Math.round((10 + 90 * chance.fraction()) * minute);
    steps.splice(1 + chance.whole(steps.length), 0, { act: "sleep", ms, waitMs: waitMs() });
  }
  return steps;
}

/** Nothing, a part, several, and what is left over. */
function drawBytes(chance: Chance): number {
  if (chance.isTrue(0.1)) return 0;
  if (chance.isTrue(0.3)) return partBytes * (1 + chance.whole(4));
  return 1 + chance.whole(5 * partBytes);
}

function drawDisturbance(chance: Chance): Disturbance {
  const on = chance.pick(["upload", "part"] as const);
  const times = chance.isTrue(0.6) ? 1 : 1 + chance.whole(4);
  const afterMs = chance.whole(30 * second);
  const what = chance.weighed({ fault: 7, kill: 2, power: 0.5, freeze: 1 });
  switch (what) {
    case "kill": {
      const moment = chance.pick(["before", "after"] as const);
      return { act: "killAtCall", tab: chance.whole(12), calls: 1 + chance.whole(30), moment };
    }
    case "power":
      return { act: "losePower" };
    case "freeze":
      return { act: "freezeTab", tab: chance.whole(12) };
    case "fault": {
      const fault = chance.pick<Fault>([
        { kind: "cutBeforeEffect" },
        { kind: "cutAfterEffect" },
        { kind: "late", afterMs },
        { kind: "late", afterMs, caller: "hangs" },
        { kind: "double", afterMs: 0 },
        { kind: "double", afterMs },
        { kind: "truncate" },
        { kind: "garbage", status: 502 },
        { kind: "garbage", afterEffect: true },
        { kind: "throttle", status: 503, retryAfterS: 2 },
        { kind: "latency", ms: afterMs },
        ...(on === "part" ? ([{ kind: "staleUrl" }, { kind: "slowTransfer" }] as const) : []),
      ]);
      return { act: "fault", on, fault, times };
    }
    default:
      return what satisfies never;
  }
}
