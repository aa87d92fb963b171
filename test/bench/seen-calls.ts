import type { SeenCall } from "./watched-platform.ts";

/** What reached the platform during one replay. */
export interface Requests {
  /** All but CORS preflights. */
  readonly sent: number;
  readonly preflights: number;
  /** `sent`, by what was called, the most frequent first: `/record-xxxx/close`. */
  readonly calls: Readonly<Record<string, number>>;
}

export function requestsOf(seen: readonly SeenCall[]): Requests {
  const calls = new Map<string, number>();
  for (const { path } of seen.filter(isCall)) {
    const name = nameOf(path);
    calls.set(name, (calls.get(name) ?? 0) + 1);
  }
  const sent = seen.filter(isCall).length;
  return {
    sent,
    preflights: seen.length - sent,
    calls: Object.fromEntries([...calls].sort(([, left], [, right]) => right - left)),
  };
}

/** The most calls that arrived within any second. */
export function mostInOneSecond(seen: readonly SeenCall[]): number {
  const starts = seen
    .filter(isCall)
    .map(({ fromMs }) => fromMs)
    .sort((left, right) => left - right);
  let most = 0;
  let first = 0;
  for (const [last, at] of starts.entries()) {
    while (at - (starts[first] ?? at) >= 1_000) first += 1;
    most = Math.max(most, last - first + 1);
  }
  return most;
}

/** The most calls that the platform was busy with at one time. */
export function mostAtOnce(seen: readonly SeenCall[]): number {
  const edges = seen
    .filter(isCall)
    .flatMap(({ fromMs, toMs }) => [
      { at: fromMs, step: 1 },
      { at: toMs, step: -1 },
    ])
    .sort((left, right) => left.at - right.at || left.step - right.step);
  let most = 0;
  let now = 0;
  for (const { step } of edges) {
    now += step;
    most = Math.max(most, now);
  }
  return most;
}

/** From the last answer of the survey before it to the first call that carries an operation. */
export function surveyToFirstMs(seen: readonly SeenCall[]): number {
  const calls = seen.filter(isCall).toSorted((left, right) => left.fromMs - right.fromMs);
  const first = calls.findIndex(({ path }) => carriesOperations(path));
  if (first < 0) throw new Error("nothing that carries an operation was sent");
  const surveyedAt = Math.max(...calls.slice(0, first).map(({ toMs }) => toMs));
  return (calls[first]?.fromMs ?? Number.NaN) - surveyedAt;
}

function carriesOperations(path: string): boolean {
  return path.endsWith("/new") || path.endsWith("/close");
}

function isCall({ method }: SeenCall): boolean {
  return method !== "OPTIONS";
}

function nameOf(path: string): string {
  return path.replace(/^\/([a-z]+)-[0-9A-Za-z]{24}/, "/$1-xxxx");
}
