import {
  acknowledgeFound,
  baseOf,
  type Clock,
  fromLocalKey,
  isAsKnown,
  type LocalKey,
  type ObjectRow,
  type ObjectState,
  type OutboxRow,
  parkOperations,
  removalIn,
  type Rights,
  rebase,
  type Sequence,
} from "@holdfast/core";
import type { Bell } from "./bell.ts";
import type { CleanedFiles } from "./cleaned-files.ts";
import type { HiddenObjects } from "./hidden-objects.ts";
import type { DetailsConflicts } from "./details-conflicts.ts";
import type { Inquiry } from "./inquiry.ts";
import type { LaneBoard } from "./lane-board.ts";
import type { EngineLimits } from "./limits.ts";
import type { ProjectFacts, Projects } from "./projects.ts";
import type { HeldBack } from "./held-back.ts";
import { readLanes, readObjects } from "./read-rows.ts";
import { realIdsOf } from "./real-ids.ts";
import type { ServerClock } from "./server-clock.ts";
import type { Shades } from "./shades.ts";
import type { StoreReads } from "./store-reads.ts";
import { type LaneSurvey, type Parking, surveyLane } from "./survey-lane.ts";
import type { Term } from "./term.ts";

export interface SurveyorOptions {
  readonly term: Term;
  readonly store: StoreReads;
  readonly clock: Clock;
  readonly limits: EngineLimits;
  readonly board: LaneBoard;
  readonly bell: Bell;
  readonly projects: Projects;
  readonly inquiry: Inquiry;
  readonly conflicts: DetailsConflicts;
  readonly shades: Shades;
  readonly hidden: HiddenObjects;
  readonly held: HeldBack;
  readonly cleaned: CleanedFiles;
  readonly serverClock: ServerClock;
  readonly isOnline: () => boolean;
  /** What these facts and the token at hand allow. */
  readonly rightsBy: (facts: ProjectFacts) => Rights | undefined;
  /** Whether more lanes are still being read from the outbox. */
  readonly isLoading: () => boolean;
  /** So many operations were found done. */
  readonly onDone: (operations: number) => void;
}

/** Looks at the platform before anything of a lane is sent that may be older than the connection. */
export class Surveyor {
  readonly #options: SurveyorOptions;

  constructor(options: SurveyorOptions) {
    this.#options = options;
  }

  async run(signal: AbortSignal): Promise<void> {
    const { board, bell, limits } = this.#options;
    while (!signal.aborted) {
      await bell.rung(signal);
      while (this.#isWorthwhile()) await this.#survey(board.takeUnsurveyed(limits.objectsPerCall));
    }
  }

  /** A bulk describe costs the same for one object as for a thousand, so a page of lanes is waited for. */
  #isWorthwhile(): boolean {
    const { board, limits, isOnline, isLoading } = this.#options;
    if (!isOnline() || board.unsurveyed === 0) return false;
    return !isLoading() || board.unsurveyed >= limits.objectsPerCall;
  }

  async #survey(keys: readonly LocalKey[]): Promise<void> {
    const { store, board, held } = this.#options;
    const [objects, lanes] = await Promise.all([
      readObjects(store, keys, held.add),
      readLanes(store, keys, held.add),
    ]);
    await Promise.all(
      keys.map(async (key) => {
        const rows = lanes.get(key);
        const object = objects.get(key);
        if (rows === undefined || held.has(key) || !(await held.isWhole(object, { key, rows }))) {
          board.setIdle(key);
          return;
        }
        const isBelieved = await this.#surveyLane({ key, rows, object });
        if (board.stageOf(key) !== "surveying") return;
        if (isBelieved) board.setReady(key);
        else board.setUnsurveyed(key);
      }),
    );
  }

  /** @returns false where something of the object was confirmed since it was asked about. */
  async #surveyLane(lane: {
    readonly key: LocalKey;
    readonly rows: readonly OutboxRow[];
    readonly object: ObjectRow | undefined;
  }): Promise<boolean> {
    const { store, projects } = this.#options;
    // A request on its way says more than a look from outside; it is resolved first.
    const isUnsent = lane.rows.every((row) => row.request === undefined);
    if (!isUnsent || lane.rows.every((row) => row.parked !== undefined)) return true;
    const { project } = fromLocalKey(lane.key);
    const [facts, object] = await Promise.all([projects.factsOf(project), this.#look(lane.object)]);
    // Planned from its create on, it is looked at as what is not there yet.
    if (await this.#isMadeAgain(lane, object)) return true;
    const survey: LaneSurvey = {
      rows: lane.rows,
      project: facts,
      realIdOf: await realIdsOf(store, lane.rows),
      ...(object === undefined ? {} : { object }),
    };
    const base = lane.object === undefined ? undefined : baseOf(lane.object);
    const { done, parked } = surveyLane(survey);
    const parking = this.#parkingOf(parked, facts);
    if (done.length === 0) return await this.#rebase(lane, survey, parking);
    if (!(await this.#acknowledge(lane.key, survey, { done, base }))) return false;
    await this.#park(lane.key, parking);
    return true;
  }

  async #isMadeAgain(
    {
      object,
      rows,
    }: { readonly object: ObjectRow | undefined; readonly rows: readonly OutboxRow[] },
    seen: LaneSurvey["object"],
  ): Promise<boolean> {
    if (object?.class !== "file" || removalIn(rows) !== undefined) return false;
    const { cleaned } = this.#options;
    if (seen?.kind === "absent") {
      return seen.isElsewhere !== true && (await cleaned.makeAgain(object, "absent"));
    }
    const isAbandoned = seen?.described.state.state === "abandoned";
    return isAbandoned && (await cleaned.makeAgain(object, "abandoned"));
  }

  /**
   * What somebody else changed becomes the base; the pending operations are applied to it again (design §7), but for those that it
   * forbids, which park.
   * @returns false where what was described was not believed.
   */
  async #rebase(
    { key, object }: { readonly key: LocalKey; readonly object: ObjectRow | undefined },
    survey: LaneSurvey,
    parking: readonly Parking[],
  ): Promise<boolean> {
    const base = object?.base;
    const state = survey.object?.kind === "described" ? survey.object.described.state : undefined;
    if (base === undefined || state === undefined || isAsKnown(state, base, survey.realIdOf)) {
      await this.#park(key, parking);
      return true;
    }
    const { term, clock, serverClock, conflicts } = this.#options;
    const serverOffsetMs = serverClock.offsetMs();
    const details = await conflicts.answersFor(key, state);
    const rebased = await term.write(
      rebase({
        ...{ epoch: term.epoch, key, base, described: state, details, parking },
        at: clock.now(),
        ...(serverOffsetMs === undefined ? {} : { serverOffsetMs }),
      }),
    );
    return rebased.object !== undefined;
  }

  async #look(object: ObjectRow | undefined): Promise<LaneSurvey["object"]> {
    if (object?.realId === undefined) return undefined;
    const { inquiry, shades } = this.#options;
    const copy = { project: object.project, id: object.realId };
    const reply =
      object.class === "project"
        ? await inquiry.describeProject(object.project, 1)
        : await inquiry.describe(copy, 1);
    if (reply.kind !== "described") return reply.kind === "refused" ? undefined : reply;
    const state = await shades.believable(object, reply.described.state);
    return { ...reply, described: { ...reply.described, state } };
  }

  /**
   * @param base - of the object, when it was asked about.
   * @returns false where what was described was not believed.
   */
  async #acknowledge(
    lane: LocalKey,
    survey: LaneSurvey,
    { done, base }: { readonly done: readonly Sequence[]; readonly base: ObjectState | undefined },
  ): Promise<boolean> {
    const { term, clock, serverClock, shades, hidden, onDone } = this.#options;
    const asked = base === undefined ? {} : { base };
    const seen =
      survey.object?.kind === "described"
        ? { id: survey.object.described.id, described: survey.object.described.state }
        : { id: fromLocalKey(lane).id };
    const serverOffsetMs = serverClock.offsetMs();
    const offset = serverOffsetMs === undefined ? {} : { serverOffsetMs };
    const known = { epoch: term.epoch, at: clock.now(), shades: shades.numbersOf(lane) };
    const ack = { ...known, outcome: "found" as const, ...seen, ...offset, ...asked };
    const behind = survey.object?.kind === "absent" ? await hidden.behind(lane) : [];
    const { history } = await term.write(acknowledgeFound({ lane, operations: done, ack }));
    if (history.length === 0) return false;
    onDone(history.length);
    await hidden.letGo(behind);
    return true;
  }

  #parkingOf(
    parked: readonly Parking[],
    facts: ProjectFacts,
  ): readonly (Parking & { readonly rights?: Rights })[] {
    const rights = this.#options.rightsBy(facts);
    return parked.map((one) =>
      one.reason.code === "PermissionDenied" && rights !== undefined ? { ...one, rights } : one,
    );
  }

  async #park(lane: LocalKey, parking: readonly Parking[]): Promise<void> {
    const { term, clock } = this.#options;
    const { epoch } = term;
    const at = clock.now();
    for (const one of parking) await term.write(parkOperations({ epoch, lane, at, ...one }));
  }
}
