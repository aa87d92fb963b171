import type { Fault } from "@holdfast/platform";
import type { Chance } from "./chance.ts";
import type { Disturbance, EditKind, FaultTarget, FolderEdit, UserCall } from "./history.ts";

/** Of how many objects a history is, and how often what happens in it. Weights need not sum up to anything. */
export interface Habits {
  readonly objects: number;
  readonly calls: Weights<Exclude<UserCall["act"], "create" | "attach">>;
  readonly edits: Weights<EditKind>;
  readonly folders: Weights<FolderEdit["kind"]>;
  readonly disturbances: Weights<Disturbance["act"]>;
  readonly faults: Weights<FaultName>;
  readonly targets: Weights<FaultTarget>;
  /** The share of disturbances among the steps. */
  readonly disturbed: number;
  /** The share of misfortunes among the steps. */
  readonly unfortunate: number;
  /** The share of calls that the platform refuses for what they say. */
  readonly poisoned: number;
  readonly pace: "swift" | "usual" | "slow";
}

export type Weights<Name extends string> = Readonly<Record<Name, number>>;

export type FaultName =
  | Exclude<Fault["kind"], "refuse" | "searchLag" | "staleUrl" | "slowTransfer">
  | "lateAndHanging"
  | "doubleLater"
  | "portal"
  | "garbageAfter"
  | "internalError"
  | "unavailable"
  | "blocked";

const usual: Habits = {
  objects: 8,
  calls: {
    edit: 46,
    close: 8,
    move: 4,
    remove: 2.5,
    clone: 3,
    folder: 5,
    removeTree: 0.7,
    project: 3,
    retry: 6,
    discard: 2.5,
    amend: 3,
    saveAsNew: 2,
    illegal: 2,
    read: 2,
    pause: 0.5,
    resume: 1.5,
    wake: 1,
  },
  edits: {
    setDetails: 18,
    rename: 14,
    setProperties: 16,
    addTags: 14,
    removeTags: 8,
    addTypes: 8,
    removeTypes: 5,
    setVisibility: 6,
  },
  folders: { newFolder: 4, renameFolder: 3, moveFolder: 2, removeFolder: 2 },
  disturbances: {
    fault: 40,
    network: 8,
    killAtCall: 10,
    killTab: 4,
    closeTab: 2,
    openTab: 9,
    freezeTab: 4,
    thawAll: 3,
    losePower: 2,
    sleep: 2,
    setClock: 3,
    storage: 3,
    level: 4,
    token: 3,
    foreign: 10,
  },
  faults: {
    cutBeforeEffect: 8,
    cutAfterEffect: 14,
    late: 10,
    lateAndHanging: 4,
    double: 6,
    doubleLater: 5,
    truncate: 5,
    garbage: 4,
    portal: 2,
    garbageAfter: 4,
    internalError: 4,
    unavailable: 4,
    throttle: 3,
    latency: 5,
    blocked: 1.5,
    skew: 1,
  },
  targets: { any: 3, create: 5, close: 4, edit: 5, project: 2, question: 3, session: 1 },
  disturbed: 0.27,
  unfortunate: 0.04,
  poisoned: 0.05,
  pace: "usual",
};

/**
 * Those of one history. Most have a few of everything; the others leave much of it out and do the rest often, since what does
 * harm may need things that get in each other's way, or a lot of one thing.
 */
export function drawHabits(chance: Chance): Habits {
  const objects = chance.pick([2, 3, 5, 8, 8, 12]);
  if (chance.isTrue(0.35)) return { ...usual, objects };
  return {
    objects,
    calls: { ...swarm(chance, usual.calls), edit: usual.calls.edit },
    edits: swarm(chance, usual.edits),
    folders: swarm(chance, usual.folders),
    disturbances: { ...swarm(chance, usual.disturbances), openTab: usual.disturbances.openTab },
    faults: swarm(chance, usual.faults),
    targets: swarm(chance, usual.targets),
    disturbed: chance.pick([0.15, 0.27, 0.27, 0.35]),
    unfortunate: chance.pick([0, 0.04, 0.08, 0.16]),
    poisoned: chance.pick([0, 0.05, 0.2]),
    pace: chance.pick(["swift", "usual", "usual", "slow"] as const),
  };
}

/** Some left out, some more often; never all of them left out. */
function swarm<Name extends string>(chance: Chance, weights: Weights<Name>): Weights<Name> {
  const entries = Object.entries(weights) as [Name, number][];
  const drawn = entries.map(
    ([name, weight]) => [name, weight * chance.pick([0, 0.5, 1, 1, 3])] as const,
  );
  const isEmpty = drawn.every(([, weight]) => weight === 0);
  return isEmpty ? weights : (Object.fromEntries(drawn) as Weights<Name>);
}
