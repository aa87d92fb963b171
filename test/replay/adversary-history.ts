import {
  type Discarded,
  discard,
  failureOf,
  type JsonObject,
  keyProperty,
  type LocalKey,
  type OperationId,
  type ProvisionalId,
  retryParked,
} from "@holdfast/core";
import { laneOf, SleepyClock } from "./adversary-device.ts";
import { project, type ReplayTab, type ReplayWorld, user } from "./replay-world.ts";

/** One call of a person that resolved. */
export interface Asked {
  readonly operation: OperationId;
  readonly kind: string;
  readonly input: JsonObject;
}

/** What a person asked of one object, in order. */
export interface Intent {
  readonly key: LocalKey;
  readonly id: ProvisionalId;
  readonly createKey: string;
  readonly asked: Asked[];
  /** Somebody else's. */
  readonly foreign: { readonly tags: Set<string>; closed: boolean };
  /** A person gave up what may have happened: then nobody can say how it looks. */
  gaveUpInDoubt: boolean;
}

export interface AdversaryOptions {
  /** Takes back whatever was not committed strictly. All processes are dead. */
  readonly losePower?: () => void;
}

const edits = [
  "addTypes",
  "removeTypes",
  "setDetails",
  "setVisibility",
  "rename",
  "setProperties",
  "addTags",
  "removeTags",
  "close",
] as const;

const minute = 60_000;
/** Shorter than the promise, so that it passes often and its end is waited for. */
const lateMs = 3 * minute;
const eve = "user-eve";

/**
 * A short history on a few objects that link to each other, in a world where everything goes wrong: the network in
 * all its ways, processes killed at any call, frozen and replaced, a machine that sleeps and a clock that is set, a
 * search that lags, refusals, rights that come and go, other people's edits, and a person who retries and gives up.
 */
export class AdversaryHistory {
  readonly intents: Intent[] = [];
  readonly #world: ReplayWorld;
  readonly #clock: SleepyClock;
  #tabs: ReplayTab[] = [];
  #step = 0;
  #searchLagMs = 0;
  #isHostile = true;
  readonly #options: AdversaryOptions;

  constructor(world: ReplayWorld, options: AdversaryOptions = {}) {
    this.#world = world;
    this.#options = options;
    this.#clock = new SleepyClock(world.clock);
    world.wrapFetch = (fetch) => async (request) =>
      (await this.#intercept(request)) ?? (await fetch(request));
  }

  async play(steps: number): Promise<void> {
    this.#setFaults();
    const { control } = this.#world.platform;
    await control.addUser({ id: eve });
    await control.setLevel(project, eve, "ADMINISTER");
    this.#searchLagMs = this.#draw("lag") < 0.5 ? 0 : this.#draw("lagMs") * 10 * minute;
    this.#tabs.push(await this.#openTab());
    for (this.#step = 1; this.#step <= steps; this.#step++) {
      await this.#playStep();
      await this.#world.run(Math.floor(this.#draw("pause") ** 3 * 8_000));
    }
  }

  /** Nothing goes wrong any more, and whatever can be retried is. @returns whoever leads in the end. */
  async settle(): Promise<readonly ReplayTab[]> {
    const world = this.#world;
    this.#isHostile = false;
    this.#searchLagMs = 0;
    world.isOnline = true;
    world.platform.faults.clear();
    await world.platform.control.setLevel(project, user, "ADMINISTER");
    this.#tabs = this.#tabs.filter(({ process }) => !process.isDead);
    for (const { process } of this.#tabs) process.thaw();
    this.#tabs.push(await this.#openTab());
    for (const { engine } of this.#tabs) engine.wake();
    await world.drain(20 * minute);
    // What was given up has landed or will not, and has been looked at.
    await world.run(lateMs + minute);
    for (const { key } of this.intents) await this.#retryAll(key);
    await world.drain(20 * minute);
    await world.run(lateMs + minute);
    return this.#tabs.filter(({ process }) => !process.isDead);
  }

  #openTab(): Promise<ReplayTab> {
    return this.#world.openTab({ clock: this.#clock, limits: { lateMs } });
  }

  async #playStep(): Promise<void> {
    const chance = this.#draw("what");
    if (chance < 0.2 || this.intents.length === 0) await this.#create();
    else if (chance < 0.6) await this.#edit();
    else if (chance < 0.68) await this.#editElsewhere();
    else if (chance < 0.76) await this.#decide();
    else await this.#disturb();
  }

  async #create(): Promise<void> {
    const created = await this.#unlessRefused(() =>
      this.#world.create({
        name: `S-${this.#step}`,
        tags: this.#draw("tagged") < 0.3 ? ["new"] : [],
        details: this.#details(),
        close: this.#draw("closed") < 0.1,
        ...(this.#draw("poisoned") < 0.06 ? { types: ["poison"] } : {}),
      }),
    );
    if (created === undefined) return;
    const { key, id, createKey } = created;
    const foreign = { tags: new Set<string>(), closed: false };
    const intent: Intent = { key, id, createKey, asked: [], foreign, gaveUpInDoubt: false };
    this.intents.push(intent);
    const [row] = await laneOf(this.#world, key);
    if (row?.operation.kind !== "create") throw new Error("a create is the first of its lane");
    const input = row.operation.input as unknown as JsonObject;
    intent.asked.push({ operation: row.id, kind: "create", input });
  }

  /** Of itself, of another object made here, or of none. */
  #details(): JsonObject {
    const other = this.#pick(this.intents, "link");
    const link = this.#draw("linked") < 0.35 && other !== undefined ? other.id : undefined;
    return { step: this.#step, ...(link === undefined ? {} : { of: { $dnanexus_link: link } }) };
  }

  async #edit(): Promise<void> {
    const intent = this.#pick(this.intents, "object");
    const kind = this.#pick(edits, "kind");
    if (intent === undefined || kind === undefined) return;
    const item = this.#pick(["red", "green", "blue"], "item") as string;
    const poisoned = this.#draw("poisoned") < 0.08;
    const value = this.#draw("unset") < 0.3 ? null : this.#draw("self") < 0.1 ? intent.id : item;
    const input: JsonObject = {
      addTypes: { types: poisoned ? ["poison"] : [item] },
      removeTypes: { types: [item] },
      setDetails: { details: poisoned ? { step: this.#step, poison: 1 } : this.#details() },
      setVisibility: { hidden: this.#draw("hidden") < 0.5 },
      rename: { name: `S-${this.#step}` },
      setProperties: { properties: { [item]: value } },
      addTags: { tags: poisoned ? [item, "poison"] : [item] },
      removeTags: { tags: [item, "new"] },
      close: {},
    }[kind];
    const edited = await this.#unlessRefused(async () => {
      await this.#world.edit(intent.key, kind, input);
      return true;
    });
    if (edited === undefined) return;
    const row = (await laneOf(this.#world, intent.key)).at(-1);
    if (row === undefined) throw new Error("what was edited is in the outbox");
    intent.asked.push({ operation: row.id, kind, input });
  }

  /** Undefined for an edit of what is closed, or a mention of what was discarded. */
  async #unlessRefused<Result>(call: () => Promise<Result>): Promise<Result | undefined> {
    try {
      return await call();
    } catch (error) {
      const code = failureOf(error)?.code;
      if (code !== "InvalidState" && code !== "ResourceNotFound") throw error;
      return undefined;
    }
  }

  async #editElsewhere(): Promise<void> {
    const intent = this.#pick(this.intents, "foreign");
    const id = intent && this.#world.causedBy(intent.createKey)[0];
    if (intent === undefined || id === undefined) return;
    const { control } = this.#world.platform;
    if (this.#draw("close") < 0.3) {
      await control.act(eve, `/${id}/close`, {});
      intent.foreign.closed = true;
    } else {
      const tag = `foreign-${this.#step}`;
      await control.act(eve, `/${id}/addTags`, { project, tags: [tag] });
      intent.foreign.tags.add(tag);
    }
  }

  /** A person looks at what is parked. */
  async #decide(): Promise<void> {
    const intent = this.#pick(this.intents, "decided");
    if (intent === undefined) return;
    if (this.#draw("decision") < 0.6) await this.#retryAll(intent.key, this.#draw("half") < 0.5);
    else await this.#discardOne(intent);
  }

  async #retryAll(lane: LocalKey, onlyFirst = false): Promise<void> {
    const parked = (await laneOf(this.#world, lane)).filter((row) => row.parked !== undefined);
    const operations = parked.slice(0, onlyFirst ? 1 : parked.length).map((row) => row.sequence);
    if (operations.length === 0) return;
    await this.#world.app.write(retryParked({ lane, operations, at: this.#world.clock.now() }));
  }

  async #discardOne(intent: Intent): Promise<Discarded | undefined> {
    const row = this.#pick(await laneOf(this.#world, intent.key), "discarded");
    if (row === undefined) return undefined;
    const dependants = this.intents.map(({ key }) => key).filter(() => this.#draw("seen") < 0.5);
    const at = this.#world.clock.now();
    try {
      const discarded = await this.#world.app.write(
        discard({ lane: intent.key, operation: row.id, at, dependants }),
      );
      // Of a refused create, too, a copy may still be under way.
      if (row.request !== undefined || row.refused === true) intent.gaveUpInDoubt = true;
      return discarded;
    } catch (error) {
      if (failureOf(error)?.code !== "InvalidState") throw error;
      return undefined;
    }
  }

  async #disturb(): Promise<void> {
    const world = this.#world;
    this.#tabs = this.#tabs.filter(({ process }) => !process.isDead);
    const tab = this.#pick(this.#tabs, "tab");
    const chance = this.#draw("disturb");
    if (chance < 0.2) world.isOnline = !world.isOnline;
    else if (chance < 0.5 && tab !== undefined) {
      const calls = 1 + Math.floor(this.#draw("calls") * 30);
      tab.process.killAtCall(calls, this.#draw("moment") < 0.5 ? "before" : "after");
    } else if (chance < 0.6 && tab !== undefined) tab.process.freeze();
    else if (chance < 0.68) for (const { process } of this.#tabs) process.thaw();
    else if (chance < 0.74)
      world.clock.jumpWall(Math.round((this.#draw("jump") - 0.5) * 120 * minute));
    else if (chance < 0.8) await this.#sleep();
    else if (chance < 0.86) await this.#changeLevel();
    else if (chance < 0.96 && this.#tabs.length < 3) {
      this.#tabs.push(await this.#openTab());
    } else if (chance < 0.98) this.#losePower();
    else await world.run(Math.round(70 * minute * this.#draw("long")));
  }

  #losePower(): void {
    for (const { process } of this.#tabs) process.kill();
    this.#options.losePower?.();
  }

  /** All processes stand still, and with them the monotonic clock. */
  async #sleep(): Promise<void> {
    for (const { process } of this.#tabs) process.freeze();
    const sleepMs = Math.round(180 * minute * this.#draw("sleep"));
    await this.#world.run(sleepMs);
    this.#clock.slept(sleepMs);
    for (const { process } of this.#tabs) process.thaw();
  }

  async #changeLevel(): Promise<void> {
    const level = this.#pick(["VIEW", "UPLOAD", "ADMINISTER"] as const, "level") ?? "VIEW";
    await this.#world.platform.control.setLevel(project, user, level);
  }

  #setFaults(): void {
    const on = /record/;
    this.#world.platform.faults.rates([
      { rate: 0.08, fault: "cutBeforeEffect", on },
      { rate: 0.1, fault: "cutAfterEffect", on },
      { rate: 0.04, fault: "truncate" },
      { rate: 0.02, fault: { kind: "truncate", silent: true } },
      { rate: 0.04, fault: { kind: "garbage", afterEffect: true }, on },
      { rate: 0.02, fault: { kind: "garbage", status: 403 } },
      { rate: 0.03, fault: { kind: "refuse", error: "InternalError" } },
      { rate: 0.03, fault: { kind: "throttle", retryAfterS: 3 } },
      { rate: 0.02, fault: { kind: "throttle", status: 429 } },
      { rate: 0.05, fault: "double", on: "/record/new" },
      { rate: 0.05, fault: { kind: "double", afterMs: 40_000 }, on: "/record/new" },
      { rate: 0.03, fault: { kind: "double" }, on: "close" },
      { rate: 0.05, fault: { kind: "late", afterMs: 8 * minute }, on: "/record/new" },
      { rate: 0.03, fault: { kind: "late", afterMs: 200_000, caller: "hangs" }, on: "/record/new" },
      { rate: 0.03, fault: { kind: "late", afterMs: 8 * minute }, on: "close" },
      { rate: 0.5, fault: { kind: "latency", ms: 5, maxMs: 900 } },
      { rate: 0.1, fault: { kind: "late", afterMs: 2 * minute }, on },
    ]);
  }

  async #intercept(request: Request): Promise<Response | undefined> {
    const body = await request.clone().text();
    if (body.includes('"poison"') && !request.url.includes("/system/")) {
      const error = { type: "InvalidInput", message: "The platform takes no poison." };
      return Response.json({ error }, { status: 422 });
    }
    if (request.url.endsWith("/system/findDataObjects")) return await this.#searchLate(request);
    if (request.url.endsWith("/system/describeDataObjects")) return await this.#describe(request);
    return undefined;
  }

  /** What was made just now is not in the index yet. */
  async #searchLate(request: Request): Promise<Response | undefined> {
    if (this.#searchLagMs === 0) return undefined;
    const { platform, clock } = this.#world;
    const response = await platform.fetch(request);
    const answer = (await response.json().catch(() => undefined)) as JsonObject | undefined;
    if (!Array.isArray(answer?.["results"])) return new Response("", { status: 502 });
    const creates = platform.effects.filter(({ route }) => route === "/record/new");
    const madeAt = new Map<unknown, number>(creates.map(({ id, at }) => [id, at]));
    const nowAt = platformNow(this.#world) ?? clock.now();
    const results = (answer["results"] as JsonObject[]).filter(
      ({ id }) => (madeAt.get(id) ?? 0) + this.#searchLagMs <= nowAt,
    );
    return Response.json({ ...answer, results });
  }

  /** One of many could not be described just now. */
  async #describe(request: Request): Promise<Response | undefined> {
    if (!this.#isHostile || this.#draw(`blind:${this.#world.platform.requests.length}`) > 0.05) {
      return undefined;
    }
    const response = await this.#world.platform.fetch(request);
    const answer = (await response.json().catch(() => undefined)) as JsonObject | undefined;
    if (!Array.isArray(answer?.["results"])) return new Response("", { status: 502 });
    const error = { type: "InternalError", message: "Try again." };
    const [, ...others] = answer["results"] as JsonObject[];
    return Response.json({ results: [{ error, statusCode: 500 }, ...others] });
  }

  #pick<Item>(items: readonly Item[], what: string): Item | undefined {
    return items[Math.floor(this.#draw(what) * items.length)];
  }

  #draw(what: string): number {
    return this.#world.random.fraction(`adversary:${this.#step}:${what}`);
  }
}

function platformNow({ platform }: ReplayWorld): number | undefined {
  return platform.requests.at(-1)?.at;
}

/** Without the reserved key. */
export function propertiesOf(described: JsonObject): JsonObject {
  const { [keyProperty]: _, ...others } = described["properties"] as JsonObject;
  return others;
}
