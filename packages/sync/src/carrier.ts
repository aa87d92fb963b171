import {
  type Clock,
  type Expectation,
  expectationOf,
  type Failure,
  type JournalRow,
  judge,
  type Logger,
  type ObjectId,
  type Random,
  unreachable,
  type Verdict,
} from "@holdfast/core";
import type { Observable } from "rxjs";
import { filter } from "rxjs";
import type { Blocks } from "./blocks.ts";
import type { Connection } from "./connection.ts";
import type { ConnectionHint } from "./hints.ts";
import type { Dispatch, Dispatcher } from "./dispatcher.ts";
import type { Doubt, Doubts, Moment, Resolution } from "./doubts.ts";
import type { EngineLimits } from "./limits.ts";
import type { Ending, Outcome, Outcomes } from "./outcomes.ts";
import { waitMsAfter, waitUnlessResumed } from "./pace.ts";
import type { Removals } from "./removals.ts";
import { firstUnlessAborted } from "./until-aborted.ts";

export interface CarrierOptions {
  readonly signal: AbortSignal;
  readonly clock: Clock;
  readonly random: Random;
  readonly logger: Logger;
  readonly limits: EngineLimits;
  readonly hints$: Observable<ConnectionHint>;
  readonly connection: Pick<Connection, "answered" | "state" | "state$">;
  readonly dispatcher: Pick<Dispatcher, "send">;
  readonly removals: Pick<Removals, "send">;
  readonly blocks: Blocks;
  readonly doubts: Pick<Doubts, "isStale" | "now" | "resolve" | "seeCopy">;
  readonly outcomes: Pick<Outcomes, "record">;
}

export interface CarryOptions {
  /** Another sender may have sent it, or this one before it was replaced: its outcome is unknown. */
  readonly inherited: boolean;
  /** Told when it waits to leave together with others. */
  readonly gathered: () => void;
  /** Told in the moment an attempt leaves, and when it is over. */
  readonly left: () => void;
  readonly returned: () => void;
}

/** One journalled request on its way. */
interface Carry {
  readonly row: JournalRow;
  readonly expected: Expectation;
  readonly options: CarryOptions;
  /** Some attempt may have reached the platform, and nothing believable came back. */
  inDoubt: boolean;
  /** When it was last decided that sending again is right. */
  resolvedAt: Moment;
  attempts: number;
  serverErrors: number;
  /** How much the platform had answered when the first server error came. */
  answeredBefore: number;
}

/**
 * Carries one journalled request to its outcome: sends its bytes, and sends the same bytes again, or asks, until it
 * is known what became of them (design §5). What answers mean is decided by the rules in core; here it is done.
 */
export class Carrier {
  readonly #options: CarrierOptions;

  constructor(options: CarrierOptions) {
    this.#options = options;
  }

  async carry(row: JournalRow, options: CarryOptions): Promise<Outcome> {
    const carry: Carry = {
      row,
      expected: expectationOf(row),
      options,
      inDoubt: options.inherited,
      resolvedAt: this.#options.doubts.now(),
      attempts: 0,
      serverErrors: 0,
      answeredBefore: 0,
    };
    try {
      // Whether a nonce still counts is told by the platform's time, and that by the connection.
      if (options.inherited) await this.#connected();
      const asksFirst = options.inherited || row.asksFirst === true;
      let resolution: Resolution = asksFirst ? await this.#resolve(carry) : "sendAgain";
      while (resolution === "sendAgain") resolution = await this.#attempt(carry);
      return await this.#options.outcomes.record(row, resolution, carry.inDoubt);
    } finally {
      this.#options.blocks.givenUp(row);
    }
  }

  async #connected(): Promise<void> {
    const { connection, signal } = this.#options;
    if (connection.state.phase === "online") return;
    const online$ = connection.state$.pipe(filter(({ phase }) => phase === "online"));
    await firstUnlessAborted(online$, signal);
  }

  async #attempt(carry: Carry): Promise<Resolution> {
    const { signal, blocks } = this.#options;
    await blocks.passed(carry.row, signal);
    const verdict = await this.#send(carry);
    if (verdict !== "withdrawn") return await this.#act(carry, verdict);
    return this.#isStale(carry) ? await this.#resolve(carry) : "sendAgain";
  }

  async #send(carry: Carry): Promise<Verdict | "withdrawn"> {
    const { clock, dispatcher, removals, blocks, limits } = this.#options;
    const { row, expected, options } = carry;
    let hasLeft = false;
    const dispatch: Dispatch = {
      path: row.path,
      body: row.body,
      name: `${row.lane}:${row.number}`,
      judge: (answer) => judge(expected, answer, clock.now()),
      mayLeave: () => blocks.mayLeave(row) && !this.#isStale(carry),
      left: () => {
        // A removal that was refused in company leaves again.
        if (!hasLeft) options.left();
        hasLeft = true;
      },
      answered: (verdict) => this.#stopScope(carry, verdict),
    };
    try {
      if (expected.method !== "remove") return await dispatcher.send(dispatch);
      // What the platform fails on is found by ever smaller requests: the others shall not park with it.
      const company = Math.floor(limits.objectsPerCall / 8 ** carry.serverErrors);
      return await removals.send({
        ...dispatch,
        id: expected.id as ObjectId,
        company: Math.max(1, company),
        gathered: options.gathered,
      });
    } finally {
      if (hasLeft) options.returned();
    }
  }

  #stopScope({ row }: Carry, verdict: Verdict): void {
    const { blocks } = this.#options;
    if (verdict.verdict === "blocked") blocks.refused(row, verdict);
    else if (verdict.verdict !== "unknown" && verdict.verdict !== "retry") blocks.passedBy(row);
  }

  #isStale({ row, expected, inDoubt, resolvedAt }: Carry): boolean {
    return inDoubt && this.#options.doubts.isStale({ row, expected, resolvedAt });
  }

  /** The one place that says what follows from each verdict. */
  async #act(carry: Carry, verdict: Verdict): Promise<Resolution> {
    switch (verdict.verdict) {
      case "done": {
        const ending = effective(verdict);
        if (carry.expected.method !== "clone") return ending;
        return await this.#options.doubts.seeCopy(carry.row, ending);
      }
      case "unknown":
        return await this.#resolveUnknown(carry, verdict);
      case "retry":
        await this.#wait(carry, verdict);
        return "sendAgain";
      case "needsAuth":
        // The dispatcher waits for another token; nothing was wrong with the request.
        return "sendAgain";
      case "blocked":
        // The next attempt waits until its scope is open again.
        return "sendAgain";
      case "conflict":
        // The object is not in the state the request needs: perhaps because it is done.
        return await this.#settleRefusal(carry, { kind: "refused", reason: verdict.reason }, true);
      case "invalid":
        return await this.#settleRefusal(
          carry,
          { kind: "invalid", reason: verdict.reason },
          carry.inDoubt || carry.row.asksFirst === true,
        );
      case "refused":
        return await this.#settleRefusal(
          carry,
          { kind: "refused", reason: verdict.reason },
          carry.inDoubt,
        );
      default:
        return unreachable(verdict);
    }
  }

  async #settleRefusal(
    carry: Carry,
    refusal: NonNullable<Doubt["refusal"]>,
    askFirst: boolean,
  ): Promise<Resolution> {
    return askFirst ? await this.#resolve(carry, refusal) : refusal;
  }

  async #resolveUnknown(
    carry: Carry,
    verdict: Extract<Verdict, { verdict: "unknown" }>,
  ): Promise<Resolution> {
    const { connection, limits, logger } = this.#options;
    const { status } = verdict;
    carry.inDoubt = true;
    if (status !== undefined && status >= 500) {
      if (carry.serverErrors === 0) carry.answeredBefore = connection.answered;
      carry.serverErrors += 1;
      const othersSucceed = connection.answered > carry.answeredBefore;
      if (carry.serverErrors >= limits.serverErrorsUntilParked && othersSucceed) {
        logger.warn("A request fails again and again while others succeed: it is parked.", {
          path: carry.row.path,
          status,
        });
        const resolution = await this.#resolve(carry);
        return resolution === "sendAgain" ? brokenOff(carry, status) : resolution;
      }
    }
    await this.#wait(carry, verdict);
    return await this.#resolve(carry);
  }

  async #resolve(carry: Carry, refusal?: NonNullable<Doubt["refusal"]>): Promise<Resolution> {
    const { clock, doubts, blocks, signal } = this.#options;
    const { row, expected } = carry;
    for (;;) {
      const { wallAt, monotonicAt, serverAt } = doubts.now();
      const resolution = await doubts.resolve({
        row,
        expected,
        ...(refusal === undefined ? {} : { refusal }),
      });
      // By the other clocks of before: a sleep between the answer and its being heard makes it old.
      const tookMs = clock.monotonic() - monotonicAt;
      carry.resolvedAt = {
        wallAt: wallAt + tookMs,
        monotonicAt: monotonicAt + tookMs,
        ...(serverAt === undefined ? {} : { serverAt: serverAt + tookMs }),
      };
      if (resolution === "sendAgain" || resolution.kind !== "stopped") return resolution;
      blocks.refused(row, { scope: "project", reason: resolution.reason });
      await blocks.passed(row, signal);
    }
  }

  async #wait(carry: Carry, verdict: Verdict): Promise<void> {
    const { clock, random, limits, hints$, signal } = this.#options;
    carry.attempts += 1;
    const { row, expected } = carry;
    // Removals that failed together wait together, and go together again.
    const entity = expected.method === "remove" ? row.path : row.lane;
    const fraction = random.fraction(`backoff:${entity}:${expected.method}:${carry.attempts}`);
    const waitMs = waitMsAfter(verdict, { attempt: carry.attempts, fraction, limits });
    await waitUnlessResumed(waitMs, { clock, hints$, signal });
  }
}

function effective(
  verdict: Extract<Verdict, { verdict: "done" }>,
): Extract<Ending, { kind: "effective" }> {
  return {
    kind: "effective",
    outcome: "acked",
    id: verdict.id as ObjectId,
    ...(verdict.requestId === undefined ? {} : { requestId: verdict.requestId }),
  };
}

function brokenOff({ row, serverErrors }: Carry, status: number): Ending {
  const reason: Failure = {
    code: "InternalError",
    message: `The platform failed ${serverErrors} times (status ${status}) on ${row.path}. Retry later.`,
  };
  return { kind: "undecidable", reason };
}
