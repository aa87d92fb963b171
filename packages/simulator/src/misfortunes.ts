import type { Fault } from "@holdfast/platform";
import { drawForeignEdit, toFault } from "./draw-disturbance.ts";
import { drawChangeOfMind, drawCreate, drawEdit, drawUserAct } from "./draw-call.ts";
import type { FaultName } from "./habits.ts";
import type { Disturbance, FaultTarget, ObjectNumber, Step, UserCall } from "./history.ts";
import { folders, minute, second, type Story } from "./story.ts";
import { limits, poison } from "./world.ts";

/**
 * Several things in a row that chance seldom brings in that order, each of which needs the others to do any harm: a request meets
 * something, and what is decided on its outcome meets the next.
 */
export function drawMisfortune(story: Story): readonly Step[] {
  const { chance } = story;
  const object = story.some();
  if (object === undefined) return [story.withWait(drawUserAct(story))];
  const draw = chance.pick(misfortunes);
  return [...(chance.isTrue(0.75) ? calm(story) : []), ...draw(story, object)];
}

type Misfortune = (story: Story, object: ObjectNumber) => readonly Step[];

/** Nothing else is in the way: what was wrong before is over. */
function calm(story: Story): readonly Step[] {
  story.isOnline = true;
  return [
    { act: "network", isOnline: true, waitMs: 0 },
    { act: "level", level: "ADMINISTER", waitMs: 0 },
    { act: "token", becomes: "renewed", waitMs: 0 },
    { ...story.inSomeTab({ act: "resume" }), waitMs: story.chance.whole(3 * second) },
  ];
}

/** A create whose answer is lost is taken up again by clocks that say something else, or when its nonce may be forgotten. */
const lostCreate: Misfortune = (story) => {
  const { chance } = story;
  return [
    ...lost(story),
    ...newObject(story),
    ...(chance.isTrue(0.4) ? [...lost(story), ...newObject(story)] : []),
    ...chance.pick([clockIsSet, longAway, longAway])(story),
  ];
};

/** The next create has its effect, and nobody hears of it; what is sent after it may not even get there. */
function lost(story: Story): readonly Step[] {
  const { chance } = story;
  const kind = chance.pick(["cutAfterEffect", "cutAfterEffect", "late", "truncate"] as const);
  const times = 1 + chance.whole(4);
  return [
    ...fault(story, "create", kind),
    { act: "fault", on: "create", fault: { kind: "cutBeforeEffect" }, times, waitMs: 0 },
  ];
}

/** Made, and perhaps finished at once: then all of it leaves in one call. */
function newObject(story: Story): readonly Step[] {
  const { chance } = story;
  story.step += 1;
  const create = drawCreate(story);
  const isWhole = create.class === "record" && chance.isTrue(0.4);
  const input = isWhole ? { ...create.input, close: true } : create.input;
  return [{ ...story.inSomeTab({ ...create, input }), waitMs: 30 + chance.whole(300) }];
}

function clockIsSet({ chance }: Story): readonly Step[] {
  const byMs = chance.pick([-1, -1, 1]) * Math.round(90 * chance.fraction() * minute);
  return [{ act: "setClock", byMs, waitMs: chance.whole(20 * second) }];
}

/** The tab may end meanwhile, and the clock be set back to when it began, before anybody looks at it again or after. */
function longAway(story: Story): readonly Step[] {
  const { chance } = story;
  const awayMs = Math.round((35 + 60 * chance.fraction()) * minute);
  const isSet = chance.pick(["never", "before", "after"] as const);
  const setBack = { act: "setClock", byMs: -awayMs, waitMs: 0 } as const;
  return [
    { act: "network", isOnline: false, waitMs: chance.isTrue(0.1) ? awayMs : 0 },
    ...(isSet === "before" ? [setBack] : []),
    { act: "sleep", ms: awayMs, waitMs: 0 },
    ...(isSet === "after" ? [setBack] : []),
    ...(chance.isTrue(0.3) ? [{ act: "killTab", tab: 0, waitMs: 0 } as const] : []),
    ...online(story),
  ];
}

/** What was refused for want of rights is tried again when something newer is there. */
const rightsComeBack: Misfortune = (story, object) => {
  const { chance } = story;
  const [older, newer] = drawChangeOfMind(story);
  return [
    { act: "level", level: "VIEW", waitMs: 0 },
    ...edit(story, object, { ...older, waitMs: chance.whole(3 * second) }),
    { act: "level", level: "ADMINISTER", waitMs: chance.whole(second) },
    ...edit(story, object, { ...newer, waitMs: chance.whole(3 * second) }),
    ...retryAll(story),
  ];
};

/** A refused create has a twin on its way, which is taken once rights are back; meanwhile the create is changed. */
const refusedTwin: Misfortune = (story) => {
  const { chance } = story;
  story.step += 1;
  const afterMs = second + chance.whole(3 * second);
  const create = drawCreate(story);
  return [
    { act: "fault", on: "create", fault: { kind: "double", afterMs }, times: 1, waitMs: 0 },
    { act: "level", level: "VIEW", waitMs: 0 },
    { ...story.inSomeTab(create), waitMs: 100 + chance.whole(500) },
    { act: "level", level: "ADMINISTER", waitMs: afterMs },
    ...amend(story, create.makes),
    ...retryAll(story),
    ...retryAll(story),
  ];
};

/** An edit lands when a later one of the same field is done. */
const lateLanding: Misfortune = (story, object) => {
  const { chance } = story;
  const [older, newer] = drawChangeOfMind(story);
  return [
    ...fault(story, "edit", chance.pick(["late", "late", "lateAndHanging"] as const)),
    ...edit(story, object, { ...older, waitMs: second + chance.whole(8 * second) }),
    ...edit(story, object, { ...newer, waitMs: second + chance.whole(30 * second) }),
  ];
};

/** Whoever looks at an object hears of it when it has changed meanwhile: as late as it may be looked at because of what was lost. */
const slowLook: Misfortune = (story, object) => {
  const { chance } = story;
  const untilLook = (limits.lateMs ?? 0) - chance.whole(4 * second);
  const more = Array.from({ length: 6 }, () => {
    story.step += 1;
    return edit(story, object, {
      ...drawEdit(story),
      waitMs: second + chance.whole(3 * second),
    });
  });
  return [
    ...fault(story, "edit", chance.pick(["cutAfterEffect", "late", "truncate"] as const)),
    ...edit(story, object, { ...drawEdit(story), waitMs: untilLook }),
    {
      act: "fault",
      on: "question",
      fault: { kind: "latency", ms: 6 * second + chance.whole(8 * second) },
      times: 2,
      waitMs: 0,
    },
    ...more.flat(),
  ];
};

/** What is on the platform is taken back and set again while nothing can be sent. */
const changeOfMind: Misfortune = (story, object) => {
  const { chance } = story;
  const [first, later] = drawChangeOfMind(story);
  return [
    ...edit(story, object, { ...first, waitMs: second + chance.whole(2 * second) }),
    { act: "network", isOnline: false, waitMs: 0 },
    ...edit(story, object, { ...later, waitMs: chance.whole(second) }),
    ...edit(story, object, { ...first, waitMs: chance.whole(second) }),
    ...online(story),
  ];
};

/** So is a folder. */
const folderAgain: Misfortune = (story) => {
  const { chance } = story;
  const folder = `${chance.pick(folders.slice(1))}/f${chance.whole(3)}`;
  const make: UserCall = { act: "folder", edit: { kind: "newFolder", folder, parents: true } };
  const remove: UserCall = { act: "folder", edit: { kind: "removeFolder", folder } };
  return [
    { ...story.inSomeTab(make), waitMs: second + chance.whole(2 * second) },
    { act: "network", isOnline: false, waitMs: 0 },
    { ...story.inSomeTab(remove), waitMs: chance.whole(second) },
    { ...story.inSomeTab(make), waitMs: chance.whole(second) },
    ...online(story),
  ];
};

/** Somebody puts something into a folder that is to be removed. */
const contestedFolder: Misfortune = (story, object) => {
  const { chance } = story;
  const folder = chance.pick(folders.slice(1));
  const isWhole = chance.isTrue(0.5);
  const removal: UserCall = isWhole
    ? { act: "removeTree", folder }
    : { act: "folder", edit: { kind: "removeFolder", folder } };
  return [
    { act: "network", isOnline: false, waitMs: 0 },
    { ...story.inSomeTab(removal), waitMs: chance.whole(second) },
    { act: "foreign", object, edit: { kind: "move", folder }, waitMs: chance.whole(second) },
    ...online(story),
  ];
};

/** The sender ends between sending and hearing, and somebody else changes the object before there is another. */
const handover: Misfortune = (story, object) => {
  const { chance } = story;
  const moment = chance.pick(["before", "after"] as const);
  const [older, newer] = drawChangeOfMind(story);
  return [
    { act: "openTab", waitMs: 50 },
    ...edit(story, object, { ...older, waitMs: 0 }),
    { act: "killAtCall", tab: 0, calls: 1 + chance.whole(6), moment, waitMs: chance.whole(300) },
    { act: "foreign", object, edit: drawForeignEdit(story), waitMs: chance.whole(second) },
    ...edit(story, object, { ...newer, waitMs: chance.whole(15 * second) }),
  ];
};

/** Removed while its create is on its way. */
const swiftRemoval: Misfortune = (story) => {
  const { chance } = story;
  story.step += 1;
  const create = drawCreate(story);
  const kind = chance.pick(["latency", "cutAfterEffect", "cutBeforeEffect", "truncate"] as const);
  const removal: UserCall = { act: "remove", object: create.makes };
  return [
    ...fault(story, "create", kind),
    { ...story.inSomeTab(create), waitMs: 30 + chance.whole(300) },
    { ...story.inSomeTab(removal), waitMs: chance.whole(4 * second) },
  ];
};

/** Closed while something that the close would make impossible is refused. */
const barredClose: Misfortune = (story, object) => {
  const { chance } = story;
  const kind = chance.pick(["addTypes", "removeTypes"] as const);
  return [
    ...edit(story, object, { kind, input: { types: [poison] }, waitMs: chance.whole(3 * second) }),
    { ...story.inSomeTab({ act: "close", object }), waitMs: chance.whole(3 * second) },
  ];
};

/** Two objects that are to mention each other, of which the first is lost on its way. */
const lostCircle: Misfortune = (story) => {
  const { chance } = story;
  story.step += 1;
  const first = drawCreate(story);
  story.step += 1;
  const later = { ...drawCreate(story), links: first.makes };
  story.step += 1;
  const closing: UserCall = {
    act: "amend",
    pick: 0,
    object: first.makes,
    value: story.step,
    links: later.makes,
  };
  return [
    { act: "network", isOnline: false, waitMs: 0 },
    { ...story.inSomeTab(first), waitMs: chance.whole(500) },
    { ...story.inSomeTab(later), waitMs: chance.whole(500) },
    { ...story.inSomeTab(closing), waitMs: chance.whole(500) },
    ...lost(story),
    ...online(story),
    ...chance.pick([clockIsSet, longAway])(story),
  ];
};

const misfortunes: readonly Misfortune[] = [
  lostCreate,
  lostCreate,
  rightsComeBack,
  refusedTwin,
  lateLanding,
  slowLook,
  changeOfMind,
  folderAgain,
  contestedFolder,
  handover,
  swiftRemoval,
  barredClose,
  lostCircle,
];

function fault({ chance }: Story, on: FaultTarget, name: FaultName): readonly [Step] {
  const drawn: Fault = toFault(chance, name);
  return [{ act: "fault", on, fault: drawn, times: 1, waitMs: 0 } satisfies Disturbance & Step];
}

function edit(
  story: Story,
  object: ObjectNumber,
  { waitMs, ...drawn }: ReturnType<typeof drawEdit> & { readonly waitMs: number },
): readonly [Step] {
  return [{ ...story.inSomeTab({ act: "edit", object, ...drawn }), waitMs }];
}

function amend(story: Story, object: ObjectNumber): readonly [Step] {
  story.step += 1;
  const call: UserCall = { act: "amend", pick: 0, object, value: story.step };
  return [{ ...story.inSomeTab(call), waitMs: story.chance.whole(500) }];
}

function retryAll(story: Story): readonly [Step] {
  return [
    {
      ...story.inSomeTab({ act: "retry", pick: "all" }),
      waitMs: story.chance.whole(2 * second),
    },
  ];
}

function online(story: Story): readonly [Step] {
  story.isOnline = true;
  return [{ act: "network", isOnline: true, waitMs: story.chance.whole(5 * second) }];
}
