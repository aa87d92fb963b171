import { map, type Observable, ReplaySubject, share } from "rxjs";
import type { WatchValues } from "../wire.ts";
import type { Line } from "./line.ts";

/** One watch in the host however many subscribe here; late ones get the last value at once. */
export function watchValue<Name extends "status" | "pending" | "parked">(
  line: Line,
  of: Name,
): Observable<WatchValues[Name]> {
  return line.watch({ of }).pipe(
    map((push) => (push as { readonly value: unknown }).value as WatchValues[Name]),
    share({ connector: () => new ReplaySubject(1), resetOnRefCountZero: true }),
  );
}
