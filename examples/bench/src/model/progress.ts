/** What the status says of the outbox at one moment. */
export interface OutboxReading {
  /** By the monotonic clock, milliseconds. */
  readonly at: number;
  readonly isSending: boolean;
  /** Not confirmed and not parked. */
  readonly waiting: number;
  /** Confirmed or given up since the store was made: only its rise means something. */
  readonly ended: number;
}

/** A replay from its first confirmation to an empty outbox. */
export interface Progress {
  readonly done: number;
  readonly total: number;
  /** Operations a second over the last seconds; undefined until there is something to measure. */
  readonly perSecond: number | undefined;
  readonly isFinished: boolean;
  readonly tookMs: number;
}

/** What has to be remembered between readings. */
export interface ProgressMemory {
  readonly startedAt: number;
  readonly startedEnded: number;
  readonly isFinished: boolean;
  readonly finishedAt: number | undefined;
  readonly recent: readonly OutboxReading[];
  readonly last: OutboxReading;
}

const rateWindowMs = 4_000;

/** The next memory; undefined while nothing has been sent since the page was opened. */
export function remember(
  memory: ProgressMemory | undefined,
  reading: OutboxReading,
): ProgressMemory | undefined {
  const isIdle = reading.waiting === 0;
  if (memory === undefined || memory.isFinished) {
    return isIdle || !reading.isSending ? memory : started(memory, reading);
  }
  const from = reading.at - rateWindowMs;
  return {
    ...memory,
    recent: [...memory.recent.filter((earlier) => earlier.at >= from), reading],
    last: reading,
    isFinished: isIdle,
    finishedAt: isIdle ? reading.at : undefined,
  };
}

export function progressOf(memory: ProgressMemory | undefined): Progress | undefined {
  if (memory === undefined) return undefined;
  const { startedAt, startedEnded, last, isFinished, finishedAt, recent } = memory;
  const done = Math.max(0, last.ended - startedEnded);
  return {
    done,
    total: done + last.waiting,
    perSecond: last.isSending ? rateOf(recent) : undefined,
    isFinished,
    tookMs: (finishedAt ?? last.at) - startedAt,
  };
}

/** What was confirmed between the last reading of the run before and this one belongs to this one. */
function started(before: ProgressMemory | undefined, reading: OutboxReading): ProgressMemory {
  return {
    startedAt: reading.at,
    startedEnded: before?.last.ended ?? reading.ended,
    isFinished: false,
    finishedAt: undefined,
    recent: [reading],
    last: reading,
  };
}

function rateOf(recent: readonly OutboxReading[]): number | undefined {
  const first = recent[0];
  const last = recent.at(-1);
  if (first === undefined || last === undefined || last.at - first.at < 500) return undefined;
  return ((last.ended - first.ended) * 1_000) / (last.at - first.at);
}
