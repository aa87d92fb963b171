import type {
  HistoryRow,
  ObjectRow,
  ObjectState,
  Operation,
  OperationId,
  OutboxRow,
} from "@holdfast/core";
import type { Effect } from "@holdfast/platform";
import { adoptUnheard } from "./adopt-unheard.ts";
import { CommittedRows } from "./committed-rows.ts";
import { Denials } from "./denials.ts";
import type { Digest } from "./digest.ts";
import type { SentRequest } from "./network.ts";
import type { Judge } from "./player.ts";
import { isDone, type Promises, type Subject } from "./promises.ts";
import { asksAboutObjects, isJournalled, isRead } from "./request-kinds.ts";
import type { Push } from "./tab.ts";
import type { Invariant, Violation } from "./violation.ts";
import type { Commit } from "./watched-store.ts";
import { user, type Witness, type World } from "./world.ts";

const leaseMs = 10_000;

/** Requests of one kind and body in an hour of virtual time: more is a loop. */
const requestsAnHour = 1_500;

/**
 * Watches everything that is committed, sent and said while a history is played, and says which promise was broken first. Of the
 * code that it judges it knows the shapes of rows and messages, and no rule.
 */
export class Oracle implements Witness, Judge {
  readonly rows: CommittedRows = new CommittedRows();
  readonly violations: Violation[] = [];
  /** By which every tab has led last, and when that was committed by the monotonic clock. */
  readonly #leases = new Map<
    number,
    { readonly epoch: number; readonly until: number; readonly at: number }
  >();
  readonly #leads = new Map<number, number>();
  readonly #relaxed = new Set<number>();
  readonly #stored = new Set<OperationId>();
  /** Every row that was ever new in the outbox. */
  readonly #made: OutboxRow[] = [];
  /** The sequences of all that a request has ever carried. */
  readonly #carried = new Set<number>();
  readonly #tokens = new Map<number, Set<string>>();
  readonly #createdBy = new Map<string, Set<string>>();
  readonly #digest: Digest | undefined;
  readonly #denials = new Denials();
  readonly #everParked = new Set<number>();
  /** In which epoch each tab has last asked about objects or projects. */
  readonly #asked = new Map<number, number>();
  #effects = 0;
  #storageFails = false;
  #requests = 0;
  #world: World | undefined;

  /** @param digest - takes in all that is seen, in order. */
  constructor(digest?: Digest) {
    this.#digest = digest;
  }

  watch(world: World): void {
    this.#world = world;
  }

  get requests(): number {
    return this.#requests;
  }

  fail(invariant: Invariant, message: string): void {
    this.violations.push({ invariant, message, at: this.#at() });
  }

  realIdOf({ key }: Subject): string | undefined {
    const row = key === undefined ? undefined : this.rows.objects.get(key);
    return row?.realId;
  }

  onCommit(tab: number, commit: Commit): void {
    this.#digest?.add(
      `commit ${tab} ${commit.durability} ${commit.fence}`,
      commit.puts,
      commit.deletes,
    );
    this.#checkFence(tab, commit);
    this.#checkNothingLost(commit);
    this.#checkRemoved(commit);
    this.#checkCloses(commit);
    this.#checkForward(commit);
    this.#noteDurability(commit);
    for (const { table, row } of commit.puts) {
      const isNew = table === "outbox" && !this.rows.outbox.has(row.sequence);
      // What brings back a value is nobody's call.
      if (isNew && row.restores !== true) this.#made.push(row);
      if (table === "journal") for (const sequence of row.operations) this.#carried.add(sequence);
    }
    for (const { table, row } of commit.puts) {
      if (table !== "outbox" || row.parked === undefined) continue;
      this.#denials.parked(row);
      this.#everParked.add(row.sequence);
    }
    this.rows.apply(commit);
    for (const put of commit.puts) {
      if (put.table !== "meta" || put.row.name !== "lease") continue;
      const { epoch, untilAt } = put.row;
      const at = this.#deviceMonotonic();
      this.#leases.set(tab, { epoch, until: untilAt, at });
      if (!this.#leads.has(epoch)) this.#leads.set(epoch, at);
    }
  }

  onRequest(request: SentRequest): void {
    this.#requests += 1;
    this.#digest?.add(`request ${request.tab} ${request.path}`, this.#at());
    this.#checkLease(request);
    this.#checkToken(request);
    if (request.method !== "POST") return;
    if (isRead(request.path)) {
      if (asksAboutObjects(request.path)) {
        this.#asked.set(request.tab, this.#leases.get(request.tab)?.epoch ?? 0);
      }
      return;
    }
    this.#checkAsked(request);
    // Journalled before its first byte leaves, and for good.
    const journalled = [...this.rows.journal.values()].filter(({ path }) => path === request.path);
    const isRelaxed = journalled.some(({ number }) => this.#relaxed.has(number));
    void request.body.then((body) => {
      if (!isJournalled(request.path, body, journalled)) {
        this.fail(8, `tab ${request.tab} sent ${request.path} ${body}, which no journal row holds`);
      } else if (isRelaxed) {
        this.fail(7, `${request.path} left before its journal row was strictly committed`);
      }
      if (/-hold[0-9BFGJKPQVXYZbfgjkpqvxyz]{20}/.test(body)) {
        this.fail(2, `${request.path} left with a provisional id: ${body}`);
      }
    });
  }

  onAnswer(request: SentRequest, response: Response | undefined): void {
    this.#digest?.add(`answer ${request.tab} ${request.path} ${response?.status}`, this.#at());
    if (response !== undefined) this.#denials.hear(request.path, response);
    if (request.path !== "/system/whoami" || response?.status !== 200) return;
    const isOurs = request.token?.startsWith("token-of-ada") === true;
    const known = this.#tokens.get(request.tab) ?? new Set();
    if (isOurs && request.token !== undefined) known.add(request.token);
    this.#tokens.set(request.tab, known);
  }

  onPush(tab: number, push: Push): void {
    if (push.push === "log" && push.level === "error" && !this.#isTolerated(push)) {
      this.fail(10, `tab ${tab} met what it must not: ${push.message} ${push.data ?? ""}`);
    }
    if (JSON.stringify(push).includes("token-of-")) {
      this.fail(9, `a token was pushed: ${JSON.stringify(push)}`);
    }
  }

  expectStorageErrors(): void {
    this.#storageFails = true;
  }

  #isTolerated({ message, data = "" }: Extract<Push, { push: "log" }>): boolean {
    const isOfStorage = /HoldfastError|database|[Tt]ransaction|Storage/.test(`${message} ${data}`);
    return this.#storageFails && isOfStorage;
  }

  onStored(operation: OperationId): void {
    this.#stored.add(operation);
    const row = this.#rowOf(operation);
    if (row === undefined) {
      this.fail(7, `${operation} is said to be stored, and is in no row`);
    } else if (this.#relaxed.has(row.sequence)) {
      this.fail(7, `${operation} is said to be stored, and may be lost with the power`);
    }
  }

  async onPowerLost(): Promise<void> {
    const store = await this.#world?.openStore();
    if (store === undefined) return;
    await this.rows.reload(store);
    await store.close();
    this.#relaxed.clear();
    for (const operation of this.#stored) {
      if (this.#rowOf(operation) === undefined) {
        this.fail(7, `${operation} was stored, and is gone with the power`);
      }
    }
  }

  /** What has happened on the platform since it was last looked at. */
  checkEffects(): void {
    const [unheard] = this.#denials.unheard();
    if (unheard !== undefined) {
      this.fail(6, `${unheard} is parked for want of rights, and the platform has denied nothing`);
    }
    const effects = this.#world?.platform.effects ?? [];
    for (const effect of effects.slice(this.#effects)) this.#checkEffect(effect);
    this.#effects = effects.length;
  }

  #checkEffect({ route, key, id, changed, user: by, requestId }: Effect): void {
    if (route.endsWith("/new") && key !== undefined && by === user) {
      const caused = this.#createdBy.get(key) ?? new Set();
      caused.add(id);
      this.#createdBy.set(key, caused);
      if (caused.size > 1) {
        this.fail(2, `the create with key ${key} made ${[...caused].join(" and ")} (${requestId})`);
      }
    }
    if (route.endsWith("/removeFolder") && by === user && !id.startsWith("project-")) {
      this.fail(1, `${route} took ${id} along, whose removal nobody asked for (${requestId})`);
    }
    const isFixed = ["types", "details", "hidden"].some((field) => field in changed);
    const isRemoved = /\/remove(Objects|Folder)$/.test(route);
    if (isFixed && this.#closed.has(id) && !isRemoved) {
      this.fail(3, `${route} changed ${Object.keys(changed).join(", ")} of ${id} after its close`);
    }
    if (changed["state"]?.[1] === "closed") this.#closed.add(id);
  }

  readonly #closed = new Set<string>();

  /** See `adoptUnheard`. */
  adoptUnheard(promises: Promises): void {
    const stored = this.#made.filter(({ id }) => this.#rowOf(id) !== undefined);
    adoptUnheard(promises, stored);
  }

  /** The objects that a create with this key has made. */
  causedBy(key: string): readonly string[] {
    return [...(this.#createdBy.get(key) ?? [])];
  }

  /** What was called in that lane, in order, as far as it is done; undefined where anybody could have changed the order. */
  doneInOrder(lane: string): readonly Operation[] | undefined {
    const rows = this.#made.filter((row) => row.lane === lane);
    const isClear = rows.every(
      ({ id, sequence }) => !this.#everParked.has(sequence) && !this.mayHaveLanded(id),
    );
    return isClear
      ? rows.filter(({ id }) => isDone(this.outcomeOf(id))).map(({ operation }) => operation)
      : undefined;
  }

  /** What was called of an object, or is left of a call, and is not done. */
  undoneIn(lane: string): readonly OutboxRow[] {
    return this.#made.filter((row) => row.lane === lane && !isDone(this.outcomeOf(row.id)));
  }

  /** The sequence of the last removal of it that is done, also of one that the removal of a folder has made; else 0. */
  removedAt(key: string): number {
    const done = [...this.rows.history.values()].filter(
      (row) => row.lane === key && row.kind === "remove" && isDone(row.outcome),
    );
    return Math.max(0, ...done.map(({ sequence }) => sequence));
  }

  /** It was sent once, and is not confirmed: it may have landed, or land still. */
  mayHaveLanded(operation: OperationId): boolean {
    const isCarried = this.#carried.has(Number(operation.split("-")[1]));
    return isCarried && !isDone(this.outcomeOf(operation));
  }

  outcomeOf(operation: OperationId): HistoryRow["outcome"] | undefined {
    const row = this.#rowOf(operation);
    return row !== undefined && "outcome" in row ? row.outcome : undefined;
  }

  #rowOf(operation: OperationId): OutboxRow | HistoryRow | undefined {
    const sequence = Number(operation.split("-")[1]);
    const rows = [this.rows.outbox.get(sequence), this.rows.history.get(sequence)];
    return rows.find((row) => row?.id === operation);
  }

  #checkFence(tab: number, { fence, puts, deletes }: Commit): void {
    const epoch = this.rows.lease?.epoch ?? 0;
    if (fence !== undefined && fence !== epoch) {
      this.fail(8, `tab ${tab} wrote under epoch ${fence}, and ${epoch} leads`);
    }
    const isSenders =
      puts.some((put) => put.table === "journal" && !this.rows.journal.has(put.row.number)) ||
      puts.some(
        // A second clone into the same project is done at once.
        ({ table, row }) => table === "history" && isDone(row.outcome) && row.kind !== "clone",
      );
    if (isSenders && fence === undefined && deletes.length + puts.length > 0) {
      this.fail(8, `tab ${tab} settled or journalled something under no epoch`);
    }
  }

  #checkNothingLost({ puts, deletes }: Commit): void {
    for (const one of deletes) {
      if (one.table !== "outbox") continue;
      const isKept = puts.some(
        ({ table, row }) => (table === "history" || table === "outbox") && row.sequence === one.key,
      );
      const row = this.rows.outbox.get(one.key);
      if (!isKept && row !== undefined && row.restores !== true) {
        this.fail(1, `${row.id} (${row.operation.kind}) left the outbox and is nowhere else`);
      }
    }
  }

  /** What ends with its object ends because that is gone: a removal of it is done. */
  #checkRemoved({ puts }: Commit): void {
    const ended = puts.flatMap(({ table, row }) => (table === "history" ? [row] : []));
    for (const { id, lane, kind, outcome } of ended) {
      if (outcome !== "removed") continue;
      const isRemoval = (row: HistoryRow): boolean =>
        row.lane === lane && row.kind === "remove" && isDone(row.outcome);
      if (![...ended, ...this.rows.history.values()].some(isRemoval)) {
        this.fail(1, `${id} (${kind}) ended as removed, and no removal of ${lane} is done`);
      }
    }
  }

  /** Once closed, what is parked for a fixed field could never come any more. */
  #checkCloses({ puts }: Commit): void {
    for (const put of puts) {
      if (put.table !== "journal" || this.rows.journal.has(put.row.number)) continue;
      const { path, lane, body } = put.row;
      const closes = path.endsWith("/close") || (path.endsWith("/new") && closedAtOnce.test(body));
      if (!closes) continue;
      const parked = this.rows
        .laneOf(lane)
        .find((row) => row.parked !== undefined && fixedEdits.has(row.operation.kind));
      if (parked !== undefined) {
        this.fail(1, `${path} is to leave over ${parked.id} (${parked.operation.kind}), parked`);
      }
    }
  }

  #checkForward({ puts }: Commit): void {
    for (const put of puts) {
      if (put.table !== "objects") continue;
      const before = this.rows.objects.get(put.row.key);
      if (before?.realId === undefined || before.realId !== put.row.realId) continue;
      const [was, is] = [knownState(before), knownState(put.row)];
      if (was !== undefined && is !== undefined && rank(is) < rank(was)) {
        this.fail(4, `${put.row.key} was known ${was.state}, and is ${is.state} now`);
      }
      if (rank(put.row.view) < rank(before.view) && !this.#goesBack(put.row.key, puts)) {
        this.fail(4, `${put.row.key} showed ${before.view.state}, and shows ${put.row.view.state}`);
      }
    }
  }

  /** A view may go back by a park or a discard, and says so. */
  #goesBack(key: string, puts: Commit["puts"]): boolean {
    return puts.some(({ table, row }) => {
      if (table === "outbox") return row.lane === key;
      return table === "history" && row.lane === key && row.outcome !== "acked";
    });
  }

  #noteDurability({ durability, puts }: Commit): void {
    for (const { table, row } of durability === "strict" ? [] : puts) {
      if (table !== "history" || row.policy !== undefined) continue;
      if (row.outcome === "discarded" || row.outcome === "savedAsNew") {
        this.fail(7, `${row.id} was given up, and is there again once the power is lost`);
      }
    }
    if (durability === "strict") {
      // A strict commit takes along what was committed before it.
      this.#relaxed.clear();
      return;
    }
    for (const { table, row } of puts) {
      if (table === "outbox" && !this.rows.outbox.has(row.sequence))
        this.#relaxed.add(row.sequence);
      if (table === "journal" && !this.rows.journal.has(row.number)) this.#relaxed.add(row.number);
    }
  }

  /** An edit that an earlier sender may have sent is not sent again by one that has asked nothing (design §5). */
  #checkAsked({ tab, path, body }: SentRequest): void {
    // Creates have their nonces; what is closed, removed or copied twice is so once.
    if (/\/(new|close|removeObjects|clone)$/.test(path)) return;
    const epoch = this.#leases.get(tab)?.epoch ?? 0;
    if (this.#asked.get(tab) === epoch) return;
    const rows = [...this.rows.journal.values()].filter((row) => row.path === path && !row.shade);
    void body.then((text) => {
      const same = rows.filter((row) => row.body === text);
      if (same.length > 0 && same.every((row) => row.epoch < epoch)) {
        this.fail(
          2,
          `tab ${tab} sent ${path} again, which it had inherited, and had asked nothing`,
        );
      }
    });
  }

  #checkLease({ tab, path }: SentRequest): void {
    const lease = this.#leases.get(tab);
    const now = this.#world?.device.now() ?? 0;
    const monotonic = this.#deviceMonotonic();
    if (lease === undefined || lease.until <= now || monotonic - lease.at >= leaseMs) {
      this.fail(8, `tab ${tab} sent ${path} without a lease, or after it had lapsed`);
      return;
    }
    const epoch = this.rows.lease?.epoch ?? 0;
    const ledSince = this.#leads.get(epoch) ?? monotonic;
    if (epoch !== lease.epoch && monotonic - ledSince > leaseMs) {
      this.fail(8, `tab ${tab} sent ${path} under epoch ${lease.epoch}, and ${epoch} leads`);
    }
  }

  #checkToken({ tab, method, path, token }: SentRequest): void {
    if (method !== "POST" && token !== undefined) {
      this.fail(9, `tab ${tab} sent a token along with content to ${path}`);
    }
    if (path === "/system/whoami" || token === undefined) return;
    if (!token.startsWith("token-of-ada")) {
      this.fail(9, `tab ${tab} sent ${path} as somebody else`);
    } else if (this.#tokens.get(tab)?.has(token) !== true) {
      this.fail(9, `tab ${tab} sent ${path} with a token before it was told whose it is`);
    }
  }

  /** No row of the device holds a token. */
  checkSecrets(): void {
    const { objects, outbox, journal, history } = this.rows;
    for (const table of [objects, outbox, journal, history]) {
      if (JSON.stringify([...table.values()]).includes("token-of-")) {
        this.fail(9, "a row holds a token");
      }
    }
    if (JSON.stringify(this.#world?.platform.snapshot()).includes("token-of-")) {
      this.fail(9, "a world file holds a token");
    }
  }

  /** Waits, rows and requests are bounded. */
  checkBounds(): void {
    const hours = Math.max(1, this.#at() / 3_600_000);
    if (this.#requests / hours > requestsAnHour) {
      this.fail(10, `${this.#requests} requests left in ${hours.toFixed(1)} hours`);
    }
  }

  #at(): number {
    return this.#world?.clock.monotonic() ?? 0;
  }

  #deviceMonotonic(): number {
    return this.#world?.device.monotonic() ?? 0;
  }
}

const fixedEdits: ReadonlySet<string> = new Set([
  "addTypes",
  "removeTypes",
  "setDetails",
  "setVisibility",
]);

const closedAtOnce = /"close":true/;

/** What is known from the platform: the base, or the view where nothing of ours is pending. */
function knownState(row: ObjectRow): ObjectState | undefined {
  return row.base ?? (row.pending === 0 ? row.view : undefined);
}

function rank({ state }: ObjectState): number {
  return { open: 0, closing: 1, closed: 2, abandoned: 2 }[state];
}
