import type { HoldfastStatus } from "holdfast";
import type { ReactElement } from "react";
import { duration, number, plural } from "../model/format.ts";
import type { Progress } from "../model/progress.ts";
import { phaseTone, phaseWords } from "../model/words.ts";
import { Icon } from "./icon.tsx";

export interface OutboxSummaryProps {
  readonly status: HoldfastStatus;
  /** False in a tab that nobody has given one: then waiting does not help. */
  readonly hasToken: boolean;
  readonly progress: Progress | undefined;
  /** Device time, for the countdown to the next try. */
  readonly now: number;
  readonly onPause: () => void;
  readonly onResume: () => void;
  readonly onGiveToken: () => void;
}

/** One look says where things stand. Its lines are always there, so that nothing below them moves. */
export function OutboxSummary(props: OutboxSummaryProps): ReactElement {
  const { status, progress, now, hasToken } = props;
  const { title, explanation } = phaseWords(status);
  const isRunning = progress !== undefined && !progress.isFinished;
  const isDone = status.counts.waiting === 0 && status.counts.parked === 0;
  return (
    <section className="summary" data-tone={phaseTone(status)}>
      <div className="summary-line">
        <span className="phase">{title}</span>
        <MainButton {...props} />
      </div>
      <p className="summary-count">{countWords(status, progress)}</p>
      <progress
        aria-label="Changes confirmed"
        max={isRunning ? Math.max(1, progress.total) : 1}
        value={isRunning ? progress.done : isDone ? 1 : 0}
      />
      <p className="summary-note">
        {hasToken ? (noteWords(status, progress, now) ?? explanation) : noTokenWords}
      </p>
    </section>
  );
}

const noTokenWords = "This tab has no token yet. Changes are kept on this device until it has.";

function MainButton(props: OutboxSummaryProps): ReactElement | null {
  const { status, hasToken } = props;
  if (!hasToken || status.phase === "needsAuth") {
    return (
      <button type="button" className="button small primary" onClick={props.onGiveToken}>
        Give a token…
      </button>
    );
  }
  switch (status.phase) {
    case "paused":
      return (
        <button type="button" className="button small" onClick={props.onResume}>
          <Icon name="play" />
          Resume
        </button>
      );
    case "offline":
      return (
        <button type="button" className="button small quiet" onClick={props.onResume}>
          <Icon name="retry" />
          Try now
        </button>
      );
    case "stopped":
      return null;
    default:
      return (
        <button type="button" className="button small quiet" onClick={props.onPause}>
          <Icon name="pause" />
          Pause
        </button>
      );
  }
}

function countWords({ counts }: HoldfastStatus, progress: Progress | undefined): string {
  if (progress !== undefined && !progress.isFinished) {
    return `${number(progress.done)} of ${number(progress.total)} confirmed`;
  }
  if (counts.waiting > 0) {
    return counts.waiting === 1 ? "1 change waits" : `${number(counts.waiting)} changes wait`;
  }
  return counts.parked > 0 ? `${plural(counts.parked, "change")} parked` : "Nothing waits";
}

function noteWords(
  status: HoldfastStatus,
  progress: Progress | undefined,
  now: number,
): string | undefined {
  const { phase, retryAt, counts, oldestUnsentAgeMs } = status;
  if (phase === "offline" && counts.waiting > 0) {
    const oldest =
      oldestUnsentAgeMs === undefined ? "" : `The oldest is ${duration(oldestUnsentAgeMs)} old. `;
    const inMs = retryAt === undefined ? 0 : retryAt - now;
    return inMs < 1_000
      ? `${oldest}Kept on this device.`
      : `${oldest}Next try in ${duration(inMs)}.`;
  }
  if (progress === undefined || phase === "needsAuth" || phase === "stopped") return undefined;
  if (progress.isFinished) {
    return counts.waiting === 0 && counts.parked === 0 && progress.done > 1
      ? `${plural(progress.done, "change")} confirmed in ${duration(progress.tookMs)}.`
      : undefined;
  }
  if (phase !== "replaying" || progress.perSecond === undefined || progress.perSecond <= 0) {
    return undefined;
  }
  const left = ((progress.total - progress.done) * 1_000) / progress.perSecond;
  return `${number(Math.max(1, Math.round(progress.perSecond)))} a second, about ${duration(left)} to go`;
}
