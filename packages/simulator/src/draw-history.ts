import type { JsonObject } from "@holdfast/core";
import type { Fault } from "@holdfast/platform";
import { type Chance, chanceOf } from "./chance.ts";
import { withFiles } from "./draw-files.ts";
import type {
  Act,
  Disturbance,
  EditKind,
  FaultTarget,
  FolderEdit,
  ForeignEdit,
  History,
  ObjectNumber,
  Settings,
  Step,
  UserAct,
  UserCall,
} from "./history.ts";
import { limits, poison } from "./world.ts";

const second = 1_000;
const minute = 60 * second;

/** Draws a whole history: what a person does in some tabs, and everything that goes wrong meanwhile. */
export function drawHistory(seed: string): History {
  const chance = chanceOf(seed);
  const settings = drawSettings(chance);
  const draw = new HistoryDraw(chance);
  const steps: Step[] = [withWait(chance, { act: "openTab" })];
  const length = 42 + chance.whole(30);
  while (steps.length < length) {
    if (chance.isTrue(0.02)) steps.push(...draw.misfortune());
    else steps.push(withWait(chance, draw.next()));
  }
  return withFiles({ version: 1, seed, settings, steps });
}

/** A short one in one tab, in which nothing but the network goes wrong: for whoever adds something at every single place. */
export function drawShortHistory(seed: string): History {
  const chance = chanceOf(`short/${seed}`);
  const settings = drawSettings(chance);
  const draw = new HistoryDraw(chance);
  const steps: Step[] = [{ act: "openTab", waitMs: 50 }];
  const length = 6 + chance.whole(5);
  while (steps.length < length) {
    const act = chance.isTrue(0.25) ? draw.networkFault() : draw.userAct();
    steps.push({ ...act, waitMs: chance.isTrue(0.5) ? 0 : chance.whole(500) });
  }
  return { version: 1, seed: `short/${seed}`, settings, steps };
}

function drawSettings(chance: Chance): Settings {
  return {
    driftPpm: chance.isTrue(0.5) ? 0 : chance.whole(400) - 200,
    searchLagMs: chance.isTrue(0.5) ? 0 : chance.whole(8 * second),
    closingMs: chance.pick([0, 50, 3 * second, 12 * second]),
    lostBroadcasts: chance.pick([0, 0, 0.2, 0.8]),
    onDetailsConflict: chance.pick(["park", "park", "ours", "theirs"] as const),
  };
}

/** Many things are done in one go; now and then a person pauses, or goes home. */
function withWait(chance: Chance, act: Act): Step {
  const drawn = chance.fraction();
  const waitMs =
    drawn < 0.3
      ? 0
      : drawn < 0.6
        ? chance.whole(60)
        : drawn < 0.97
          ? Math.floor(chance.fraction() ** 3 * 10 * second)
          : chance.whole(3 * minute);
  return { ...act, waitMs };
}

/** Draws one step after the other; knows which objects the steps so far would have made. */
class HistoryDraw {
  readonly #chance: Chance;
  #objects: ObjectNumber[] = [];
  #step = 0;
  #isOnline = true;

  constructor(chance: Chance) {
    this.#chance = chance;
  }

  next(): Act {
    if (this.#objects.length === 0 || this.#chance.isTrue(0.73)) return this.userAct();
    this.#step += 1;
    return this.#disturbance();
  }

  userAct(): UserAct {
    this.#step += 1;
    return { tab: this.#chance.whole(12), ...this.#call() };
  }

  /** Several things that go wrong in a row, as seldom happens by chance: each needs the others to do any harm. */
  misfortune(): readonly Step[] {
    const chance = this.#chance;
    const [object] = this.#some();
    if (object === undefined) return [withWait(chance, this.userAct())];
    switch (chance.weighed({ lostCreate: 4, rights: 3, handover: 4, swiftRemoval: 2 })) {
      case "lostCreate":
        return this.#lostCreate();
      case "rights":
        return this.#rightsComeBack(object);
      case "handover":
        return this.#handover(object);
      case "swiftRemoval":
        return this.#swiftRemoval();
    }
  }

  /** A create whose answer is lost is taken up again when its nonce may be forgotten, by clocks that say something else. */
  #lostCreate(): readonly Step[] {
    const chance = this.#chance;
    const awayMs = Math.round((20 + 80 * chance.fraction()) * minute);
    this.#step += 1;
    return [
      { act: "fault", on: "create", fault: { kind: "cutAfterEffect" }, times: 1, waitMs: 0 },
      { ...this.#inSomeTab(this.#create()), waitMs: 20 + chance.whole(400) },
      { act: "network", isOnline: false, waitMs: chance.isTrue(0.1) ? awayMs : 0 },
      { act: "sleep", ms: awayMs, waitMs: 0 },
      ...(chance.isTrue(0.5) ? [{ act: "setClock", byMs: -awayMs, waitMs: 0 } as const] : []),
      ...(chance.isTrue(0.4) ? [{ act: "killTab", tab: 0, waitMs: 0 } as const] : []),
      { act: "network", isOnline: true, waitMs: chance.whole(5 * second) },
    ];
  }

  /** What was refused for want of rights is tried again when something newer is there. */
  #rightsComeBack(object: ObjectNumber): readonly Step[] {
    const chance = this.#chance;
    const edit = this.#edit();
    const input = edit.kind === "rename" ? { name: `S-${this.#step}'` } : edit.input;
    return [
      { act: "level", level: "VIEW", waitMs: 0 },
      { ...this.#inSomeTab({ act: "edit", object, ...edit }), waitMs: chance.whole(3 * second) },
      { act: "level", level: "ADMINISTER", waitMs: chance.whole(second) },
      {
        ...this.#inSomeTab({ act: "edit", object, ...edit, input }),
        waitMs: chance.whole(3 * second),
      },
      { ...this.#inSomeTab({ act: "retry", pick: "all" }), waitMs: chance.whole(second) },
    ];
  }

  /** The sender ends between sending and hearing, and somebody else changes the object before there is another. */
  #handover(object: ObjectNumber): readonly Step[] {
    const chance = this.#chance;
    const moment = chance.pick(["before", "after"] as const);
    return [
      { act: "openTab", waitMs: 50 },
      { ...this.#inSomeTab({ act: "edit", object, ...this.#edit() }), waitMs: 0 },
      { act: "killAtCall", tab: 0, calls: 1 + chance.whole(6), moment, waitMs: chance.whole(300) },
      { act: "foreign", object, edit: this.#foreignEdit(), waitMs: chance.whole(second) },
      {
        ...this.#inSomeTab({ act: "edit", object, ...this.#edit() }),
        waitMs: chance.whole(15 * second),
      },
    ];
  }

  /** Removed while its create is on its way. */
  #swiftRemoval(): readonly Step[] {
    const chance = this.#chance;
    this.#step += 1;
    const create = this.#create();
    const object = this.#objects.at(-1) ?? 0;
    const kind = chance.pick(["cutAfterEffect", "cutBeforeEffect", "truncate"] as const);
    return [
      { act: "fault", on: "create", fault: { kind }, times: 1, waitMs: 0 },
      { ...this.#inSomeTab(create), waitMs: chance.whole(60) },
      { ...this.#inSomeTab({ act: "remove", object }), waitMs: chance.whole(4 * second) },
    ];
  }

  #inSomeTab(call: UserCall): UserAct {
    return { tab: this.#chance.whole(12), ...call };
  }

  networkFault(): Disturbance {
    return { act: "fault", ...this.#fault() };
  }

  #call(): UserCall {
    const chance = this.#chance;
    const [object] = this.#some();
    if (object === undefined || (this.#objects.length < 8 && chance.isTrue(0.16))) {
      return this.#create();
    }
    const act = chance.weighed({
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
    });
    switch (act) {
      case "edit":
        return { act, object, ...this.#edit() };
      case "close":
      case "remove":
        return { act, object };
      case "move":
        return { act, object, folder: chance.pick(folders) };
      case "clone":
        return { act, object, makes: this.#made() };
      case "folder":
        return { act, edit: this.#folderEdit() };
      case "removeTree":
        return { act, folder: chance.pick(folders.slice(1)) };
      case "project":
        return { act, edit: this.#projectEdit() };
      case "retry":
        return { act, pick: chance.isTrue(0.5) ? "all" : chance.whole(20) };
      case "discard":
        return { act, pick: chance.whole(20) };
      case "amend":
        return { act, pick: chance.whole(20), value: this.#step };
      case "saveAsNew":
        return { act, pick: chance.whole(20), makes: this.#made() };
      case "illegal":
        return {
          act,
          object,
          call: chance.pick(["noSuchObject", "badName", "reservedProperty", "badDetails"] as const),
        };
      default:
        return { act };
    }
  }

  #made(): ObjectNumber {
    const number = this.#step;
    this.#objects = [...this.#objects, number];
    return number;
  }

  #some(): readonly (ObjectNumber | undefined)[] {
    return this.#objects.length === 0 ? [] : [this.#chance.pick(this.#objects)];
  }

  /** Another object to be mentioned, now and then. */
  #other<Name extends string>(
    name: Name,
    share: number,
  ): { readonly [Key in Name]?: ObjectNumber } {
    if (!this.#chance.isTrue(share)) return {};
    const [number] = this.#some();
    return (number === undefined ? {} : { [name]: number }) as {
      readonly [Key in Name]?: ObjectNumber;
    };
  }

  #create(): UserCall {
    const chance = this.#chance;
    const objectClass = chance.weighed({ record: 85, workflow: 9, file: 6 });
    const links = this.#other("links", 0.3);
    const mentions = this.#other("mentions", 0.06);
    const from = objectClass === "record" ? this.#other("from", 0.05) : {};
    const makes = this.#made();
    const isPoisoned = chance.isTrue(0.05);
    const input: JsonObject = {
      name: `S-${this.#step}`,
      ...(chance.isTrue(0.35) ? { folder: chance.pick(folders), parents: chance.isTrue(0.8) } : {}),
      ...(chance.isTrue(0.3) ? { tags: ["new"] } : {}),
      ...(chance.isTrue(0.1) || isPoisoned ? { types: [isPoisoned ? poison : "red"] } : {}),
      ...(chance.isTrue(0.2) || "mentions" in mentions ? { properties: { origin: "here" } } : {}),
      ...(chance.isTrue(0.15) ? { hidden: true } : {}),
      ...("from" in from ? {} : { details: { step: this.#step } }),
      ...(objectClass === "record" && chance.isTrue(0.1) ? { close: true } : {}),
    };
    return { act: "create", makes, class: objectClass, input, ...links, ...mentions, ...from };
  }

  #edit(): {
    readonly kind: EditKind;
    readonly input: JsonObject;
    readonly links?: ObjectNumber;
    readonly mentions?: ObjectNumber;
  } {
    const chance = this.#chance;
    const kind = chance.weighed<EditKind>({
      setDetails: 18,
      rename: 14,
      setProperties: 16,
      addTags: 14,
      removeTags: 8,
      addTypes: 8,
      removeTypes: 5,
      setVisibility: 6,
    });
    const color = chance.pick(["red", "green", "blue"]);
    const isPoisoned = chance.isTrue(0.05);
    switch (kind) {
      case "setDetails":
        return { kind, input: { details: { step: this.#step } }, ...this.#other("links", 0.35) };
      case "rename":
        return { kind, input: { name: isPoisoned ? poison : `S-${this.#step}` } };
      case "setProperties": {
        const value = chance.isTrue(0.3) ? null : isPoisoned ? poison : String(this.#step);
        return { kind, input: { properties: { [color]: value } }, ...this.#other("mentions", 0.1) };
      }
      case "addTags":
      case "removeTags":
        return {
          kind,
          input: {
            tags: isPoisoned ? [color, poison] : [color, "new"].slice(0, 1 + chance.whole(2)),
          },
        };
      case "addTypes":
      case "removeTypes":
        return { kind, input: { types: isPoisoned ? [poison] : [color] } };
      case "setVisibility":
        return { kind, input: { hidden: chance.isTrue(0.5) } };
      default:
        return kind satisfies never;
    }
  }

  #folderEdit(): FolderEdit {
    const chance = this.#chance;
    const kind = chance.weighed({ newFolder: 4, renameFolder: 3, moveFolder: 2, removeFolder: 2 });
    const folder = chance.pick(folders.slice(1));
    switch (kind) {
      case "newFolder":
        return { kind, folder: `${folder}/f${chance.whole(3)}`, parents: chance.isTrue(0.6) };
      case "renameFolder":
        return { kind, folder, name: chance.pick(["a", "b", "c", "d"]) };
      case "moveFolder":
        return { kind, folder, destination: chance.pick(folders) };
      case "removeFolder":
        return { kind, folder };
      default:
        return kind satisfies never;
    }
  }

  #projectEdit(): Extract<UserCall, { act: "project" }>["edit"] {
    const chance = this.#chance;
    const kind = chance.pick(["rename", "setProperties", "addTags", "removeTags"] as const);
    switch (kind) {
      case "rename":
        return { kind, name: chance.isTrue(0.1) ? poison : `P-${this.#step}` };
      case "setProperties":
        return { kind, properties: { red: chance.isTrue(0.3) ? null : String(this.#step) } };
      case "addTags":
      case "removeTags":
        return { kind, tags: [chance.pick(["red", "green"])] };
      default:
        return kind satisfies never;
    }
  }

  #disturbance(): Disturbance {
    const chance = this.#chance;
    const tab = chance.whole(12);
    const act = chance.weighed({
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
    });
    switch (act) {
      case "fault":
        return { act, ...this.#fault() };
      case "network":
        this.#isOnline = !this.#isOnline;
        return { act, isOnline: this.#isOnline };
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
        return { act, ms: Math.round(chance.fraction() ** 3 * 120 * minute) };
      case "setClock":
        return { act, byMs: Math.round((chance.fraction() - 0.5) * 120 * minute) };
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
        return { act, object: chance.pick(this.#objects), edit: this.#foreignEdit() };
      default:
        return act satisfies never;
    }
  }

  #foreignEdit(): ForeignEdit {
    const chance = this.#chance;
    const kind = chance.weighed({
      close: 3,
      remove: 1,
      addTags: 4,
      removeTags: 1,
      rename: 2,
      setDetails: 3,
    });
    switch (kind) {
      case "close":
      case "remove":
        return { kind };
      case "addTags":
        return { kind, tags: [`foreign-${this.#step}`] };
      case "removeTags":
        return { kind, tags: [chance.pick(["red", "new"])] };
      case "rename":
        return { kind, name: `F-${this.#step}` };
      case "setDetails":
        return { kind, details: { foreign: this.#step } };
      default:
        return kind satisfies never;
    }
  }

  #fault(): { readonly on: FaultTarget; readonly fault: Fault; readonly times: number } {
    const chance = this.#chance;
    const lateMs = limits.lateMs ?? 0;
    const fault = chance.weighed({
      cutBeforeEffect: 8,
      cutAfterEffect: 14,
      late: 10,
      lateAndHanging: 4,
      double: 6,
      doubleLater: 5,
      truncate: 5,
      garbage: 5,
      garbageAfter: 4,
      internalError: 4,
      unavailable: 4,
      throttle: 3,
      latency: 5,
      blocked: 1.5,
      skew: 1,
    });
    // An answered call that arrives once more, much later, is promised for only where doing it twice is doing it once.
    const on =
      fault === "doubleLater"
        ? chance.pick(["create", "close"] as const)
        : chance.weighed<FaultTarget>(faultTargets);
    const times = chance.isTrue(0.75) ? 1 : 1 + chance.whole(4);
    // Whoever is closed while nobody answers is still there: a call may land until then.
    const afterMs = Math.round(chance.fraction() * (lateMs - 2 * second));
    const faults: Readonly<Record<typeof fault, Fault>> = {
      cutBeforeEffect: { kind: "cutBeforeEffect" },
      cutAfterEffect: { kind: "cutAfterEffect" },
      late: { kind: "late", afterMs },
      lateAndHanging: { kind: "late", afterMs, caller: "hangs" },
      double: { kind: "double" },
      doubleLater: { kind: "double", afterMs },
      truncate: { kind: "truncate", silent: chance.isTrue(0.5) },
      garbage: { kind: "garbage", status: chance.pick([502, 403, 404]) },
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
    return { on, fault: faults[fault], times };
  }
}

const faultTargets: Readonly<Record<FaultTarget, number>> = {
  any: 3,
  create: 5,
  close: 4,
  edit: 5,
  project: 2,
  question: 3,
  session: 1,
};

const folders = ["/", "/a", "/b", "/a/c", "/d"];
