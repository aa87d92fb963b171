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
  /** Grows while more is done meanwhile, and never shrinks before the end. */
  readonly total: number;
  /** Operations a second over the last seconds; undefined until there is something to measure. */
  readonly perSecond: number | undefined;
  readonly isFinished: boolean;
  readonly tookMs: number;
}

/** What has to be remembered between readings. */
export interface ProgressMemory {
  /** `ended` when the outbox was last empty: what has ended since belongs to the next run. */
  readonly baseline: number;
  readonly run: Run | undefined;
  /** The readings of the last seconds, oldest first; the last one is the newest of all. */
  readonly recent: readonly OutboxReading[];
}

interface Run {
  readonly startedAt: number;
  readonly baseline: number;
  readonly total: number;
  /** What the last reading alone would give. */
  readonly lastSum: number;
  readonly finishedAt: number | undefined;
}

const rateWindowMs = 4_000;
const shortestRateMs = 500;
const lateMs = 2_000;

/** The memory with one more reading. The first reading of a page may come in the middle of a run. */
export function remember(
  memory: ProgressMemory | undefined,
  reading: OutboxReading,
): ProgressMemory {
  const { baseline, run, recent } = memory ?? {
    baseline: reading.ended,
    run: undefined,
    recent: [],
  };
  const isEmpty = reading.waiting === 0;
  const sending = recent.filter(
    ({ at, isSending }) => isSending && at >= reading.at - rateWindowMs,
  );
  return {
    baseline: isEmpty ? reading.ended : baseline,
    run: nextRun(baseline, run, reading),
    recent: isEmpty || !reading.isSending ? [reading] : [...sending, reading],
  };
}

export function progressOf({ run, recent }: ProgressMemory): Progress | undefined {
  const last = recent.at(-1);
  if (run === undefined || last === undefined) return undefined;
  const { total, baseline, finishedAt, startedAt } = run;
  const isFinished = finishedAt !== undefined;
  return {
    done: isFinished ? total : Math.min(total, Math.max(0, last.ended - baseline)),
    total,
    perSecond: last.isSending && !isFinished ? rateOf(recent) : undefined,
    isFinished,
    tookMs: (finishedAt ?? last.at) - startedAt,
  };
}

/** A run begins when sending begins, ends with an empty outbox, and is shown until the next one. */
function nextRun(baseline: number, run: Run | undefined, reading: OutboxReading): Run | undefined {
  const { at, isSending, waiting, ended } = reading;
  if (waiting === 0) {
    // The counts are not of one instant: the last confirmations may show after the outbox is empty.
    const finishedAt = run?.finishedAt ?? at;
    if (run === undefined || at - finishedAt > lateMs) return run;
    return { ...run, total: ended - run.baseline, finishedAt };
  }
  if (run !== undefined && run.finishedAt === undefined) {
    // For the same reason one reading alone does not make the total grow.
    const lastSum = ended - run.baseline + waiting;
    return { ...run, lastSum, total: Math.max(run.total, Math.min(lastSum, run.lastSum)) };
  }
  const total = ended - baseline + waiting;
  return isSending
    ? { startedAt: at, baseline, total, lastSum: total, finishedAt: undefined }
    : run;
}

function rateOf(recent: readonly OutboxReading[]): number | undefined {
  const first = recent[0];
  const last = recent.at(-1);
  if (first === undefined || last === undefined) return undefined;
  const spanMs = last.at - first.at;
  return spanMs < shortestRateMs ? undefined : ((last.ended - first.ended) * 1_000) / spanMs;
}
