import {
  type Clock,
  failureOf,
  type FailureCode,
  fromLocalKey,
  type Logger,
  noteRights,
  type OutboxRow,
  type ParkedPolicies,
  policyFor,
  type PolicyStep,
  policyStep,
  type ProjectId,
  type Rights,
  type Store,
} from "@holdfast/core";
import type { Engine } from "@holdfast/sync";
import type { ChangeFeed } from "./change-feed.ts";
import { discardRows, retryRows } from "./outbox-decisions.ts";
import type { ParkedIndex } from "./parked-index.ts";
import { Throttle } from "./throttle.ts";

export interface PolicyPorts {
  readonly store: Store;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly feed: ChangeFeed;
  readonly parked: ParkedIndex;
  readonly engine: Pick<Engine, "status" | "status$" | "rightsIn">;
  readonly policies: ParkedPolicies;
}

/** One look for any number of commits. */
const lookEveryMs = 1_000;
/** How long a change of rights may go unseen while nothing reconnects. */
const rightsEveryMs = 5 * 60_000;

/**
 * Does with what is parked what the app has stated for its reason. Only beside the engine that sends: one device, one
 * voice, and only a sender knows what we are allowed. Everything is looked up in the store, so nothing is forgotten
 * with a tab.
 */
export class KeptPolicies {
  readonly #ports: PolicyPorts;
  readonly #throttle: Throttle;
  readonly #stop: () => void;
  #cancelTimer: () => void = () => {};

  constructor(ports: PolicyPorts) {
    this.#ports = ports;
    this.#throttle = new Throttle(ports.clock, lookEveryMs, () => this.#look());
    const stopFeed = ports.feed.subscribe(() => this.#throttle.call());
    const status = ports.engine.status$.subscribe(() => this.#throttle.call());
    this.#stop = () => {
      stopFeed();
      status.unsubscribe();
    };
    this.#throttle.call();
  }

  close(): void {
    this.#stop();
    this.#throttle.close();
    this.#cancelTimer();
  }

  async #look(): Promise<void> {
    const { engine, logger, parked } = this.#ports;
    if (!engine.status.leading) return;
    try {
      await parked.refresh();
      const chosen = parked.rows().filter((row) => !this.#mustWait(row));
      if (chosen.length === 0) return;
      // As they are: what is noted in a row changes no object, and so the index does not hear of it.
      const sequences = chosen.map(({ sequence }) => sequence);
      const rows = await this.#ports.store.get("outbox", sequences);
      await this.#decide(rows.filter((row) => row !== undefined));
    } catch (error) {
      // Looked at again with the next commit; what was done is done.
      if (failureOf(error)?.code !== "StorageClosed" && engine.status.leading) {
        logger.warn("The policies for parked changes could not be kept.", { error });
      }
    }
  }

  #mustWait({ parked }: OutboxRow): boolean {
    return parked === undefined || policyFor(parked.reason.code, this.#ports.policies) === "wait";
  }

  async #decide(rows: readonly OutboxRow[]): Promise<void> {
    const { clock, policies } = this.#ports;
    const rights = await this.#rightsOf(rows);
    const now = clock.now();
    const decided: Decided[] = rows.map((row) => {
      const known = rights.get(fromLocalKey(row.lane).project);
      const step = policyStep(row, {
        policies,
        now,
        ...(known === undefined ? {} : { rights: known }),
      });
      return { row, step };
    });
    this.#wakeAt(decided, now);
    await this.#act(decided);
  }

  /** Of each project in which something was refused for want of rights: asked since, and not too long ago. */
  async #rightsOf(rows: readonly OutboxRow[]): Promise<ReadonlyMap<ProjectId, Rights>> {
    const { engine, clock, policies } = this.#ports;
    const withinMs = new Map<ProjectId, number>();
    for (const { lane, parked } of rows) {
      if (parked === undefined) continue;
      if (policyFor(parked.reason.code, policies) !== "retryWhenAllowed") continue;
      const { project } = fromLocalKey(lane);
      const sinceMs = Math.max(0, clock.now() - parked.at);
      const allowedMs = parked.rights === undefined ? sinceMs : rightsEveryMs;
      withinMs.set(project, Math.min(allowedMs, withinMs.get(project) ?? Infinity));
    }
    const rights = new Map<ProjectId, Rights>();
    const { phase } = engine.status;
    if (phase !== "idle" && phase !== "replaying") return rights;
    await Promise.all(
      Array.from(withinMs, async ([project, ms]) => {
        const known = await engine.rightsIn(project, ms);
        if (known !== undefined) rights.set(project, known);
      }),
    );
    return rights;
  }

  #wakeAt(decided: readonly Decided[], now: number): void {
    const { clock } = this.#ports;
    const waits = decided.flatMap(({ step }) =>
      step.step === "wait" ? [step.until ?? now + rightsEveryMs] : [],
    );
    this.#cancelTimer();
    if (waits.length === 0) return;
    this.#cancelTimer = clock.timer(Math.max(0, Math.min(...waits) - now), () =>
      this.#throttle.call(),
    );
  }

  async #act(decided: readonly Decided[]): Promise<void> {
    const { store, logger } = this.#ports;
    const notes = new Map<ProjectId, { readonly rights: Rights; readonly rows: OutboxRow[] }>();
    const retries = new Map<FailureCode, OutboxRow[]>();
    const discards = new Map<FailureCode, OutboxRow[]>();
    for (const { row, step } of decided) {
      const code = row.parked?.reason.code as FailureCode;
      if (step.step === "noteRights") {
        const { project } = fromLocalKey(row.lane);
        const note = notes.get(project) ?? { rights: step.rights, rows: [] };
        notes.set(project, note);
        note.rows.push(row);
      }
      if (step.step === "retry") collect(retries, code, row);
      if (step.step === "discard") collect(discards, code, row);
    }
    for (const { rights, rows } of notes.values()) {
      await store.write(
        noteRights(
          rows.map(({ sequence }) => sequence),
          rights,
        ),
      );
    }
    for (const [reason, rows] of retries) await retryRows(this.#ports, rows, { reason });
    for (const [policy, rows] of discards) {
      const operations = await discardRows(this.#ports, rows, { policy });
      logger.warn("Changes were given up, as the app has stated.", { reason: policy, operations });
    }
  }
}

interface Decided {
  readonly row: OutboxRow;
  readonly step: PolicyStep;
}

function collect(into: Map<FailureCode, OutboxRow[]>, code: FailureCode, row: OutboxRow): void {
  const rows = into.get(code);
  if (rows === undefined) into.set(code, [row]);
  else rows.push(row);
}
