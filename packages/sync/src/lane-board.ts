import type { LocalKey, OperationId, Predecessor, ProvisionalId } from "@holdfast/core";

/** What a lane can wait for: the real id of an object, or that something in another lane is over. */
export type Awaited = ProvisionalId | Predecessor;

/** Where a lane stands. A lane that has nothing to send is not on the board. */
export type LaneStage =
  /** The platform is to be looked at before anything of it is sent. */
  | { readonly at: "unsurveyed" }
  | { readonly at: "surveying" }
  /** Its next request can be planned. */
  | { readonly at: "ready" }
  | { readonly at: "planning" }
  /** A journalled request is on its way, or its outcome is being found out. */
  | { readonly at: "carrying" }
  /** For the real ids of objects that are not on the platform yet, or for operations it must not overtake. */
  | { readonly at: "waiting"; readonly waitsFor: readonly Awaited[] };

interface Lane {
  stage: LaneStage;
  /** Something was committed to it while it was being dealt with. */
  changed: boolean;
}

/**
 * The lanes that have something to send, in the order in which they were first heard of: keys only, never bodies,
 * so that ten thousand of them are small. Knows nothing of time, storage or the network.
 */
export class LaneBoard {
  readonly #lanes = new Map<LocalKey, Lane>();
  readonly #unsurveyed = new Set<LocalKey>();
  readonly #ready = new Set<LocalKey>();
  readonly #waitingFor = new Map<Awaited, Set<LocalKey>>();
  readonly #onChange: () => void;

  /** @param onChange - rings the loops: there may be something for them now, or nothing more to show as active. */
  constructor(onChange: () => void) {
    this.#onChange = onChange;
  }

  get size(): number {
    return this.#lanes.size;
  }

  get unsurveyed(): number {
    return this.#unsurveyed.size;
  }

  /** Lanes whose next request can be planned. */
  get ready(): number {
    return this.#ready.size;
  }

  /** Whether anything is being sent or can be, `isStopped` aside. */
  isActive(isStopped: (key: LocalKey) => boolean): boolean {
    for (const [key, { stage }] of this.#lanes) {
      if (stage.at !== "waiting" && !isStopped(key)) return true;
    }
    return false;
  }

  stageOf(key: LocalKey): LaneStage["at"] | undefined {
    return this.#lanes.get(key)?.stage.at;
  }

  /** Work was seen in the lane. `survey`: it may be older than this connection. */
  touch(key: LocalKey, { survey }: { readonly survey: boolean }): void {
    const lane = this.#lanes.get(key);
    switch (lane?.stage.at) {
      case undefined:
        this.#enter(key, survey ? { at: "unsurveyed" } : { at: "ready" });
        return;
      case "waiting":
        // What it waited for may have been discarded.
        this.#enter(key, { at: "ready" });
        return;
      case "surveying":
      case "planning":
      case "carrying":
        if (lane !== undefined) lane.changed = true;
        return;
      case "unsurveyed":
      case "ready":
        return;
    }
  }

  takeUnsurveyed(limit: number): readonly LocalKey[] {
    const keys = firstOf(this.#unsurveyed, limit, () => true);
    for (const key of keys) this.#enter(key, { at: "surveying" });
    return keys;
  }

  /** The first lanes that may go on; the others stay where they are. */
  takeReady(limit: number, mayGo: (key: LocalKey) => boolean): readonly LocalKey[] {
    const keys = firstOf(this.#ready, limit, mayGo);
    for (const key of keys) this.#enter(key, { at: "planning" });
    return keys;
  }

  /** What was seen of it was overtaken: it is to be looked at again. */
  setUnsurveyed(key: LocalKey): void {
    this.#enter(key, { at: "unsurveyed" });
  }

  setReady(key: LocalKey): void {
    this.#enter(key, { at: "ready" });
  }

  setCarrying(key: LocalKey): void {
    this.#enter(key, { at: "carrying" });
  }

  setWaiting(key: LocalKey, waitsFor: readonly Awaited[]): void {
    if (this.#takeChanged(key)) {
      this.#enter(key, { at: "ready" });
      return;
    }
    this.#enter(key, { at: "waiting", waitsFor });
    for (const id of waitsFor) {
      const lanes = this.#waitingFor.get(id) ?? new Set();
      this.#waitingFor.set(id, lanes.add(key));
    }
    this.#onChange();
  }

  /** Nothing more to send, unless something was committed in the meantime. */
  setIdle(key: LocalKey): void {
    if (this.#takeChanged(key)) {
      this.#enter(key, { at: "ready" });
      return;
    }
    this.#leave(key);
    this.#onChange();
  }

  /** The real id is known, or it is over: what waited for it goes on. */
  announce(awaited: Awaited): void {
    for (const key of this.#waitingFor.get(awaited) ?? []) this.#enter(key, { at: "ready" });
    this.#waitingFor.delete(awaited);
  }

  /** The operations that lanes wait for: few, since only those on folders are waited for one by one. */
  get awaitedOperations(): readonly OperationId[] {
    const awaited: readonly string[] = [...this.#waitingFor.keys()];
    return awaited.filter((one): one is OperationId => one.startsWith("operation-"));
  }

  /** After a reconnect: all that is not on its way is looked at again. */
  surveyAgain(): void {
    for (const [key, { stage }] of this.#lanes) {
      if (stage.at === "ready" || stage.at === "waiting") this.#enter(key, { at: "unsurveyed" });
    }
  }

  #takeChanged(key: LocalKey): boolean {
    const lane = this.#lanes.get(key);
    if (lane === undefined || !lane.changed) return false;
    lane.changed = false;
    return true;
  }

  #enter(key: LocalKey, stage: LaneStage): void {
    const changed = this.#lanes.get(key)?.changed ?? false;
    this.#leave(key);
    // A lane that is to be planned anew sees what was committed meanwhile by itself.
    this.#lanes.set(key, { stage, changed: stage.at === "ready" ? false : changed });
    if (stage.at === "unsurveyed") this.#unsurveyed.add(key);
    if (stage.at === "ready") this.#ready.add(key);
    if (stage.at === "unsurveyed" || stage.at === "ready") this.#onChange();
  }

  #leave(key: LocalKey): void {
    const lane = this.#lanes.get(key);
    if (lane?.stage.at === "waiting") {
      for (const id of lane.stage.waitsFor) {
        const lanes = this.#waitingFor.get(id);
        lanes?.delete(key);
        if (lanes?.size === 0) this.#waitingFor.delete(id);
      }
    }
    this.#lanes.delete(key);
    this.#unsurveyed.delete(key);
    this.#ready.delete(key);
  }
}

function firstOf(
  keys: Iterable<LocalKey>,
  limit: number,
  passes: (key: LocalKey) => boolean,
): readonly LocalKey[] {
  const first: LocalKey[] = [];
  for (const key of keys) {
    if (first.length >= limit) break;
    if (passes(key)) first.push(key);
  }
  return first;
}
