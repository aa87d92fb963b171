import {
  type Answer,
  type ContentStore,
  type Failure,
  failureOf,
  HoldfastError,
  fromLocalKey,
  isProvisionalId,
  keepDescribed,
  type JournalRow,
  type LocalKey,
  type NewMd5,
  type ProjectId,
  type Rights,
  unreachable,
} from "@holdfast/core";
import { distinctUntilChanged, filter, map, merge, type Observable, Subject } from "rxjs";
import type { ApiCall } from "./api-client.ts";
import { Bell } from "./bell.ts";
import { Blocks } from "./blocks.ts";
import { Carrier } from "./carrier.ts";
import { Closings } from "./closings.ts";
import { Connection } from "./connection.ts";
import { DetailsConflicts } from "./details-conflicts.ts";
import { Dispatcher } from "./dispatcher.ts";
import { Downloads } from "./downloads.ts";
import { Doubts } from "./doubts.ts";
import type { EngineParts } from "./engine-parts.ts";
import { Expander } from "./expander.ts";
import { FolderGate } from "./folder-gate.ts";
import { CleanedFiles } from "./cleaned-files.ts";
import { CloneOrder } from "./clone-order.ts";
import { HeldBack } from "./held-back.ts";
import { HiddenObjects, isRemoval, sourceOfClone } from "./hidden-objects.ts";
import { type Copy, Inquiry } from "./inquiry.ts";
import { Intake } from "./intake.ts";
import { Journaller } from "./journaller.ts";
import { LaneBoard } from "./lane-board.ts";
import { Ledger } from "./ledger.ts";
import { type Outcome, Outcomes } from "./outcomes.ts";
import { PartSender } from "./part-sender.ts";
import { PartsCheck } from "./parts-check.ts";
import { Projects } from "./projects.ts";
import { Reader } from "./reader.ts";
import { Removals } from "./removals.ts";
import { rightsBy, rightsIn } from "./rights.ts";
import { Session } from "./session.ts";
import { Settler } from "./settler.ts";
import { Shades } from "./shades.ts";
import type { EngineStatus } from "./status.ts";
import { StorageClient } from "./storage-client.ts";
import { Surveyor } from "./surveyor.ts";
import { TaskGroup } from "./task-group.ts";
import type { Term } from "./term.ts";
import { untilAborted } from "./until-aborted.ts";
import { ParametersOfProjects } from "./upload-parameters.ts";
import { Uploads } from "./uploads.ts";

export interface ReplayOptions extends EngineParts {
  readonly term: Term;
  /** Something was met that must not be guessed at, by this engine or any other of its release. */
  readonly stop: (failure: Failure) => void;
}

/**
 * One term's replay of the outbox: loads what is to be sent, surveys, plans and journals ahead, carries each
 * request to its outcome, until the term ends.
 *
 * The way of one operation: `Intake` hears of it and puts its lane on the `LaneBoard` → `Surveyor`, where it is
 * older than the connection → `Journaller` plans the lane and journals its next request → `Carrier` sends it through
 * the `Dispatcher`, and resolves its `Doubts` by an `Inquiry` → `Outcomes` writes what became of it → the lane is
 * ready for its next request, and what waited for a new object's id goes on.
 */
export class Replay {
  readonly #options: ReplayOptions;
  readonly #change = new Subject<void>();
  /** Something that the status shows may have changed. */
  readonly change$: Observable<void> = this.#change.asObservable();
  readonly #tasks: TaskGroup;
  readonly #surveyBell = new Bell();
  readonly #journalBell = new Bell();
  readonly #ledger = new Ledger();
  readonly #board: LaneBoard;
  readonly #blocks: Blocks;
  readonly #connection: Connection;
  readonly #projects: Projects;
  readonly #inquiry: Inquiry;
  readonly #hidden: HiddenObjects;
  readonly #held: HeldBack;
  readonly #settler: Settler;
  readonly #shades: Shades;
  readonly #closings: Closings;
  readonly #uploads: Uploads | undefined;
  readonly #intake: Intake;
  readonly #surveyor: Surveyor;
  readonly #journaller: Journaller;
  readonly #carrier: Carrier;
  readonly #downloads: Downloads | undefined;
  /** Lanes of the requests being carried, by journal number. */
  readonly #carried = new Map<number, LocalKey>();
  /** Lanes of the requests that were journalled ahead and have not left yet, by journal number. */
  readonly #unsent = new Map<number, LocalKey>();
  #sending = 0;
  #acked = 0;

  constructor(options: ReplayOptions) {
    const { term, clock, random, limits, store, logger, gate, paused$, serverClock } = options;
    const { signal } = term;
    this.#options = options;
    this.#tasks = new TaskGroup((error) => this.#fail(error));
    this.#board = new LaneBoard(() => this.#ring());
    this.#blocks = new Blocks({ clock, random, limits });
    const post = (call: ApiCall): Promise<Answer> => this.#probe(call);
    this.#connection = new Connection({
      clock,
      random,
      limits,
      paused$,
      hints$: options.hints$,
      session: new Session({
        post,
        clock,
        user: options.user,
        ask: options.token,
        limits,
      }),
      greet: (token) => this.#readServerClock(token),
      onOverload: () => gate.startSlowly(),
      resign: () => term.end("resigned"),
    });
    const dispatcher = new Dispatcher({
      term,
      gate,
      paused$,
      client: options.client,
      storage: new StorageClient({ ...limits, clock, fetch: options.fetch }),
      clock,
      connection: this.#connection,
      limits,
    });
    const { hints$ } = options;
    const reader = new Reader({ dispatcher, clock, random, limits, hints$, signal });
    this.#downloads =
      options.content === undefined
        ? undefined
        : new Downloads({
            ...options,
            contents: options.content.store,
            house: {
              store: {
                contents: (asked) => store.contents(asked),
                get: (table, keys, asked) => store.get(table, keys, asked),
                write: (write) => term.write(write),
              },
              contents: options.content.store,
              locks: options.locks,
            },
            newMd5: options.content.newMd5,
            reader,
            dispatcher,
            signal,
          });
    this.#projects = new Projects(reader, clock);
    this.#inquiry = new Inquiry({
      reader,
      clock,
      random,
      limits,
      signal,
      projects: this.#projects,
      user: options.user,
    });
    this.#held = new HeldBack({
      term,
      logger,
      onHeld: (lane) => {
        // What is done to a folder does not wait for it any more.
        this.#board.announce(lane);
        this.#change.next();
      },
    });
    const held = this.#held;
    const parameters = new ParametersOfProjects(reader, limits);
    const parts = new PartSender({
      contents: options.content?.store ?? noContents,
      newMd5: options.content?.newMd5 ?? noMd5,
      reader,
      dispatcher,
      inquiry: this.#inquiry,
      blocks: this.#blocks,
      connection: this.#connection,
      clock,
      random,
      limits,
      hints$,
      signal,
    });
    const cleaned = new CleanedFiles({ term, store, clock, random, logger, serverClock });
    const partsCheck = new PartsCheck({
      term,
      store,
      clock,
      random,
      logger,
      limits,
      inquiry: this.#inquiry,
      parameters,
      parts,
      cleaned,
      held,
    });
    const { onDetailsConflict: onConflict } = options;
    const conflicts = new DetailsConflicts({ store, logger, onConflict });
    this.#shades = new Shades({
      term,
      store,
      clock,
      random,
      logger,
      limits,
      serverClock,
      inquiry: this.#inquiry,
      isOnline: () => this.#isOnline(),
    });
    this.#hidden = new HiddenObjects({ term, store, clock, inquiry: this.#inquiry });
    this.#closings = new Closings({
      term,
      store,
      clock,
      random,
      logger,
      limits,
      serverClock,
      inquiry: this.#inquiry,
      isOnline: () => this.#isOnline(),
      isQuiet: () => this.#isQuiet(),
    });
    this.#settler = new Settler({
      term,
      clock,
      withinMs: limits.settleWithinMs,
      limit: Math.max(1, limits.journalAhead / 2),
      isUrgent: () => this.#sending === 0 || this.#countUnsent() < limits.connections,
    });
    this.#carrier = new Carrier({
      signal,
      clock,
      random,
      logger,
      limits,
      hints$,
      dispatcher,
      removals: new Removals({
        dispatcher,
        clock,
        withinMs: limits.askWithinMs,
        growMs: limits.gatherMs,
        isGrowing: () => this.#board.ready > 0,
        signal,
      }),
      connection: this.#connection,
      blocks: this.#blocks,
      doubts: new Doubts({
        store,
        clock,
        serverClock,
        inquiry: this.#inquiry,
        shades: this.#shades,
        processId: options.processId,
        closesAgain: (lane) => partsCheck.refused(lane),
        searchLagMs: limits.searchLagMs,
        signal,
      }),
      outcomes: new Outcomes({
        epoch: term.epoch,
        clock,
        random,
        serverClock,
        settler: this.#settler,
        shades: this.#shades,
        conflicts,
        closings: this.#closings,
      }),
    });
    this.#uploads =
      options.content === undefined
        ? undefined
        : new Uploads({
            term,
            store,
            clock,
            logger,
            limits,
            serverClock,
            settler: this.#settler,
            inquiry: this.#inquiry,
            contents: options.content.store,
            newMd5: options.content.newMd5,
            parameters,
            parts,
            cleaned,
            held,
            tasks: this.#tasks,
            transfers: options.transfers,
            onDone: (operations) => this.#count(operations),
            onChange: () => this.#ring(),
          });
    const folders = new FolderGate({
      store,
      board: this.#board,
      scanRows: limits.scanRows,
      held,
    });
    this.#intake = new Intake({
      store,
      clock,
      limits,
      board: this.#board,
      ledger: this.#ledger,
      isOnline: () => this.#isOnline(),
      inherit: (row) => this.#carry(row, { inherited: true }),
      recall: (row) => {
        if (row.shade === undefined) this.#closings.watch(row);
        else this.#shades.recall(row);
      },
      doubt: (row) => {
        if (row.nonce === undefined) this.#shades.recall(row);
      },
      held,
      onObject: (key, row) => {
        this.#downloads?.hear(key, row);
        this.#uploads?.hear(key);
      },
      onMissed: () => this.#downloads?.reload(),
      onProjectLane: () => this.#tasks.run(() => folders.release()),
      onChange: () => this.#ring(),
    });
    this.#surveyor = new Surveyor({
      term,
      store,
      clock,
      limits,
      serverClock,
      board: this.#board,
      bell: this.#surveyBell,
      projects: this.#projects,
      inquiry: this.#inquiry,
      shades: this.#shades,
      hidden: this.#hidden,
      held,
      cleaned,
      conflicts,
      isOnline: () => this.#isOnline(),
      rightsBy: (facts) => rightsBy(facts, this.#connection.state),
      isLoading: () => this.#intake.isLoading,
      onDone: (operations) => this.#count(operations),
    });
    const expander = new Expander({ term, store, clock, inquiry: this.#inquiry });
    this.#journaller = new Journaller({
      order: new CloneOrder(store, this.#hidden),
      term,
      store,
      clock,
      logger,
      limits,
      serverClock,
      processId: options.processId,
      board: this.#board,
      bell: this.#journalBell,
      folders,
      held,
      unsent: () => this.#countUnsent(),
      open: () => this.#countUnblocked(this.#carried),
      mayPlan: () => this.#isOnline() && !paused$.value,
      isBlocked: (lane) => this.#blocks.isBlocked(lane),
      looksFirst: (lane) => this.#shades.looksFirst(lane),
      look: (lane) =>
        this.#tasks.run(async () => {
          await this.#shades.look(lane);
          this.#board.setReady(lane);
        }),
      takeSeenParts: (lane) => partsCheck.takeSeen(lane),
      lookAtParts: (lane) =>
        this.#tasks.run(async () => {
          await partsCheck.look(lane);
          this.#board.setReady(lane);
        }),
      tellUploads: (lane, rows) => this.#uploads?.tell(lane, rows),
      expand: (lane, create) =>
        this.#tasks.run(async () => {
          await expander.expand(lane, create);
          this.#board.setReady(lane);
        }),
      carry: (row, carryOptions) => this.#carry(row, carryOptions),
    });
  }

  /** Until the term ends; nothing is sent or written for it afterwards. */
  async run(): Promise<void> {
    const { term, paused$ } = this.#options;
    const { signal } = term;
    const reconnects = this.#connection.state$
      .pipe(
        map((state) => (state.phase === "online" ? state.number : 0)),
        filter((number) => number > 0),
        distinctUntilChanged(),
      )
      .subscribe((number) => this.#onConnected(number));
    const rings = merge(this.#connection.state$, paused$, this.#blocks.blocks$).subscribe(() => {
      this.#ring();
      this.#closings.wake();
    });
    try {
      this.#tasks.run(() => this.#connection.run(signal));
      this.#tasks.run(() => this.#intake.run(signal));
      this.#tasks.run(() => this.#surveyor.run(signal));
      this.#tasks.run(() => this.#journaller.run(signal));
      this.#tasks.run(() => this.#shades.run(signal));
      this.#tasks.run(() => this.#closings.run(signal));
      this.#tasks.run(async () => await this.#downloads?.run());
      await untilAborted(new Promise<never>(() => undefined), signal).catch(() => undefined);
      this.#settler.flush();
      this.#inquiry.drop(signal.reason);
      await this.#tasks.ended();
    } finally {
      reconnects.unsubscribe();
      rings.unsubscribe();
      this.#blocks.clear();
      this.#change.complete();
    }
  }

  /** A person says that blocked scopes may be open again. */
  unblock(): void {
    this.#blocks.tryNow();
  }

  /** What we are allowed there, asked no longer ago than that; undefined while nothing can be asked. */
  rightsIn(project: ProjectId, withinMs: number): Promise<Rights | undefined> {
    return rightsIn(project, this.#connection, { projects: this.#projects, withinMs });
  }

  /** Puts an object that this device does not know on it, as the platform describes it. @returns why not. */
  async fetchObject(copy: Copy): Promise<Failure | undefined> {
    const { store, term } = this.#options;
    const [alias] = await store.aliasesOf([copy.id]);
    // Made here: it is known by another key.
    if (alias?.project === copy.project) return undefined;
    const reply = await this.#inquiry.describe(copy);
    if (reply.kind === "absent") {
      const message = `There is no ${copy.id} in ${copy.project}.`;
      return { code: "ResourceNotFound", message, object: copy.id };
    }
    if (reply.kind === "refused") return reply.failure;
    await term.write(keepDescribed(reply.described, term.epoch));
    return undefined;
  }

  status(): Omit<EngineStatus, "leading"> {
    const { clock, paused$ } = this.#options;
    const { oldestAt } = this.#intake;
    const heldBack = this.#held.lanes;
    const pending = Math.max(0, this.#ledger.pending - this.#ledger.parked);
    return {
      ...this.#phase(paused$.value),
      blocked: this.#blocks.all,
      counts: {
        pending,
        sending: this.#sending,
        parked: this.#ledger.parked,
        acked: this.#acked,
      },
      ...(heldBack.length === 0 ? {} : { heldBack }),
      ...(pending > 0 && oldestAt !== undefined
        ? { oldestUnsentAgeMs: Math.max(0, clock.now() - oldestAt) }
        : {}),
    };
  }

  #phase(paused: boolean): Pick<EngineStatus, "phase" | "retryAt" | "failure"> {
    if (paused) return { phase: "paused" };
    const { state } = this.#connection;
    switch (state.phase) {
      case "connecting":
        return { phase: "connecting" };
      case "offline":
        return { phase: "offline", retryAt: state.retryAt, failure: state.failure };
      case "needsAuth":
        return { phase: "needsAuth", failure: state.failure };
      case "online": {
        const isActive =
          this.#intake.isLoading ||
          this.#uploads?.isActive === true ||
          this.#board.isActive((lane) => this.#blocks.isBlocked(lane));
        return { phase: isActive ? "replaying" : "idle" };
      }
      default:
        return unreachable(state);
    }
  }

  #carry(row: JournalRow, { inherited }: { readonly inherited: boolean }): void {
    this.#board.setCarrying(row.lane);
    if (this.#carried.has(row.number)) return;
    this.#carried.set(row.number, row.lane);
    if (!inherited) this.#unsent.set(row.number, row.lane);
    this.#tasks.run(async () => {
      try {
        const source = isRemoval(row) ? row.lane : sourceOfClone(row);
        const behind = source === undefined ? [] : await this.#hidden.behind(source);
        const outcome = await this.#carrier.carry(row, {
          inherited,
          gathered: () => {
            this.#unsent.delete(row.number);
            this.#ring();
          },
          left: () => {
            this.#unsent.delete(row.number);
            this.#sending += row.operations.length;
            this.#ring();
          },
          returned: () => {
            this.#sending -= row.operations.length;
          },
        });
        this.#finish(row, outcome);
        if (outcome.kind === "acknowledged" && behind.length > 0) {
          const { project } = fromLocalKey(row.lane);
          this.#tasks.run(() =>
            isRemoval(row) ? this.#hidden.letGo(behind) : this.#hidden.show(behind, project),
          );
        }
      } finally {
        this.#unsent.delete(row.number);
        this.#carried.delete(row.number);
        this.#ring();
      }
    });
  }

  #finish(row: JournalRow, outcome: Outcome): void {
    if (outcome.kind === "returned") {
      this.#board.setReady(row.lane);
      return;
    }
    const { object, history } = outcome.acknowledged;
    this.#count(history.length);
    if (object !== undefined && isProvisionalId(object.id)) this.#board.announce(object.id);
    if (object === undefined || object.pending > object.parked) this.#board.setReady(row.lane);
    else this.#board.setIdle(row.lane);
  }

  #count(operations: number): void {
    this.#acked += operations;
    this.#change.next();
  }

  #onConnected(number: number): void {
    this.#projects.forget();
    if (number > 1) {
      this.#board.surveyAgain();
      this.#downloads?.tryAgain();
    }
    this.#keepServerClock();
  }

  /** Those of a blocked scope wait for something else than a connection, and hold no other lane up. */
  #countUnsent(): number {
    return this.#countUnblocked(this.#unsent);
  }

  #countUnblocked(requests: ReadonlyMap<number, LocalKey>): number {
    if (this.#blocks.all.length === 0) return requests.size;
    return [...requests.values()].filter((lane) => !this.#blocks.isBlocked(lane)).length;
  }

  /** Nothing is being looked at, planned or sent; what waits for others or is blocked aside. */
  #isQuiet(): boolean {
    if (this.#intake.isLoading) return false;
    // Most often true, and told without a walk over the board.
    if (this.#carried.size > 0 && this.#blocks.all.length === 0) return false;
    return !this.#board.isActive((lane) => this.#blocks.isBlocked(lane));
  }

  #isOnline(): boolean {
    return this.#connection.state.phase === "online";
  }

  #ring(): void {
    if (this.#board.unsurveyed > 0) this.#surveyBell.ring();
    this.#journalBell.ring();
    this.#closings.ring();
    this.#change.next();
  }

  /** `whoami` and the clock leave while there is no connection yet, and under the lease like everything else. */
  async #probe(call: ApiCall): Promise<Answer> {
    const { term, client } = this.#options;
    if (!term.mayAct()) await term.renew();
    if (!term.mayAct()) return { kind: "none", cause: "aborted", sent: false };
    return await client.post({ ...call, signal: term.signal });
  }

  async #readServerClock(token: string): Promise<Answer> {
    const { clock, serverClock } = this.#options;
    const askedMonotonic = clock.monotonic();
    const answer = await this.#probe({ path: "/system/comeBackLater", body: "{}", token });
    serverClock.learn(answer, askedMonotonic);
    return answer;
  }

  #keepServerClock(): void {
    const { term, serverClock } = this.#options;
    this.#tasks.run(async () => {
      if (serverClock.serverAt() !== undefined) await term.write(serverClock.keep());
    });
  }

  #fail(error: unknown): void {
    const { term, logger, stop } = this.#options;
    if (term.signal.aborted) return;
    const failure = failureOf(error);
    if (failure?.code === "NewerVersion") {
      stop(failure);
      return;
    }
    logger.error("Replay broke off, and begins again with the next term.", { error });
    term.end("broken");
  }
}

/** Of an engine without contents: it sends no part that has bytes. */
const noContents: Pick<ContentStore, "read"> = {
  read: () => Promise.reject(new HoldfastError(noContent)),
};

const noMd5: NewMd5 = () => Promise.reject(new HoldfastError(noContent));

const noContent: Failure = {
  code: "StorageFailed",
  message: "This process was opened without a place for the contents of files.",
};
