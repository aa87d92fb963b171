import type { JsonObject, LocalKey, OutboxRow } from "@holdfast/core";
import { laneOf, requestsCarried } from "../lanes.ts";
import { project, type ReplayTab, type ReplayWorld, user } from "../replay-world.ts";
import type { Claim } from "./claim.ts";

export type Cut = "cutBeforeEffect" | "cutAfterEffect";

export const hour = 3_600_000;
export const minute = 60_000;

/** Few heartbeats, or an hour would be thousands of them. */
export const limits = { heartbeatMs: 60_000, leaseMs: 200_000 };

type TabOptions = NonNullable<Parameters<ReplayWorld["openTab"]>[0]>;

/** A day of one device on which one request of a history is cut, and with it perhaps the process that sent it. */
export class Day {
  readonly world: ReplayWorld;
  readonly cut: Cut;
  readonly restarts: boolean;
  readonly claims: Claim[] = [];
  #options: TabOptions = {};
  #tab: ReplayTab | undefined;

  constructor(world: ReplayWorld, { cut, restarts }: { cut: Cut; restarts: boolean }) {
    this.world = world;
    this.cut = cut;
    this.restarts = restarts;
  }

  get tab(): ReplayTab {
    if (this.#tab === undefined) throw new Error("a tab is open");
    return this.#tab;
  }

  /** Whether the request that was cut had its effect. */
  get hadEffect(): boolean {
    return this.cut === "cutAfterEffect";
  }

  /** A tab, and its connection; later ones of the day are opened with the same options. */
  async open(options: TabOptions = {}): Promise<void> {
    this.#options = { limits, ...options };
    this.#tab = await this.world.openTab(this.#options);
    await this.world.run(1_000);
  }

  /**
   * Cuts the next request of the route, which `call` brings about, and lets the process end with it where this day is
   * one on which it does.
   */
  async cutIn<Result>(route: string | RegExp, call: () => Promise<Result>): Promise<Result> {
    const fault = this.world.platform.faults.next(route, this.cut);
    const result = await call();
    await this.until(() => fault.hits > 0);
    await this.between();
    return result;
  }

  async until(isSo: () => boolean): Promise<void> {
    for (let waits = 0; !isSo(); waits++) {
      if (waits > 20_000) throw new Error("what was waited for does not come");
      await this.world.run(10);
    }
  }

  /** Where an engine has more to do than its clock knows of, virtual time can outrun it. */
  async untilParked(key: LocalKey): Promise<void> {
    for (
      let waits = 0;
      !(await this.lane(key)).some(({ parked }) => parked !== undefined);
      waits++
    ) {
      if (waits > 1_000) throw new Error("what was to be parked is not");
      await this.world.run(100);
    }
    await this.world.run(5_000);
  }

  /** The names that objects were given on the platform, in order. */
  namesThere(): readonly unknown[] {
    return this.world.platform.effects.flatMap(({ changed }) => changed["name"]?.slice(1) ?? []);
  }

  /** Where the process ends, if this day is one on which it does. */
  async between(): Promise<void> {
    if (!this.restarts) return;
    this.tab.process.kill();
    this.#tab = await this.world.openTab(this.#options);
  }

  /** A record that is on the platform. */
  async withRecord(input: object = {}): Promise<{ readonly key: LocalKey; readonly id: string }> {
    const { key, createKey } = await this.world.create({ name: "S-1", ...input });
    await this.world.drain();
    return { key, id: this.world.causedBy(createKey)[0] ?? "" };
  }

  /** Somebody else does it, in another way than by this device. */
  async act(path: string, input: object = {}): Promise<JsonObject> {
    return (await this.world.platform.control.act(user, path, input as JsonObject)) as JsonObject;
  }

  async setLevel(level: "VIEW" | "UPLOAD" | "CONTRIBUTE" | "ADMINISTER"): Promise<void> {
    // Nobody may be the last who administers it.
    if (level !== "ADMINISTER") await this.#withBob();
    await this.world.platform.control.setLevel(project, user, level);
  }

  async view(key: LocalKey): Promise<object | null> {
    return (await this.world.app.get("objects", [key]))[0]?.view ?? null;
  }

  lane(key: LocalKey): Promise<readonly OutboxRow[]> {
    return laneOf(this.world, key);
  }

  claim(what: string, seen: unknown, expected: unknown): void {
    this.claims.push({ what, seen, expected });
  }

  /** What is parked, as `kind code`, and what waits. */
  async claimLeft(expected: readonly string[] = []): Promise<void> {
    const rows = await this.world.outbox();
    const left = rows.map(({ operation, parked }) => {
      return `${operation.kind} ${parked?.reason.code ?? "waits"}`;
    });
    this.claim("what is left in the outbox", left, expected);
  }

  /** What holds at the end of every day on which nothing stays in doubt. */
  async claimEnd(left: readonly string[] = []): Promise<void> {
    await this.claimLeft(left);
    this.claim("requests in doubt", await requestsCarried(this.world), []);
    this.claim("errors", this.world.errors, []);
    this.claimOnce();
  }

  /** No create has made two objects. */
  claimOnce(): void {
    const keys = this.world.platform.effects.flatMap(({ route, key }) =>
      route.endsWith("/new") && key !== undefined ? [key] : [],
    );
    this.claim("creates with the key of another", keys.length - new Set(keys).size, 0);
  }

  /** The object here and on the platform. */
  async claimObject(key: LocalKey, expected: JsonObject): Promise<void> {
    const [row] = await this.world.app.get("objects", [key]);
    const described = await this.world.describe(row?.realId ?? "", row?.project);
    this.claim("object on the platform", described, expected);
    const { details, ...fields } = expected;
    this.claim("object here", row?.view, fields);
    if (details !== undefined) {
      this.claim("details here", JSON.parse(row?.view.details ?? "null"), details);
    }
  }

  async #withBob(): Promise<void> {
    await this.world.platform.control.addUser({ name: "bob" }).catch(() => undefined);
    await this.world.platform.control.setLevel(project, "user-bob", "ADMINISTER");
  }
}

/** A history that a decision page names: it breaks a simpler way, or broke ours once. */
export interface History {
  /** The number of the page. */
  readonly page: string;
  /** What happens in it, and what must come of it. */
  readonly name: string;
  readonly play: (day: Day) => Promise<void>;
}
