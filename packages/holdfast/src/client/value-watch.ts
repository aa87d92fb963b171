import { Observable, type Subscriber, type Subscription } from "rxjs";
import type { WatchTarget, WatchValues } from "../wire.ts";
import type { Line } from "./line.ts";

/** What the host pushes for the target. */
export function watchTarget<Value>(line: Line, target: WatchTarget): Observable<Value> {
  return new Observable((subscriber) => {
    const subscription = line.watch(target).subscribe({
      next: (push) => {
        if (push.push === "value") subscriber.next(push.value as Value);
      },
      error: (error: unknown) => subscriber.error(error),
      complete: () => subscriber.complete(),
    });
    return () => subscription.unsubscribe();
  });
}

/** One watch in the host however many subscribe here; late ones get the last value at once. */
export function watchValue<Name extends "status" | "pending" | "parked" | "transfers">(
  line: Line,
  of: Name,
): Observable<WatchValues[Name]> {
  const subscribers = new Set<Subscriber<WatchValues[Name]>>();
  let watching: Subscription | undefined;
  let last: { readonly value: WatchValues[Name] } | undefined;
  return new Observable((subscriber) => {
    subscribers.add(subscriber);
    if (last !== undefined) subscriber.next(last.value);
    watching ??= watchTarget<WatchValues[Name]>(line, { of }).subscribe({
      next: (value) => {
        last = { value };
        for (const one of [...subscribers]) one.next(value);
      },
      error: (error: unknown) => {
        for (const one of [...subscribers]) one.error(error);
      },
      complete: () => {
        for (const one of [...subscribers]) one.complete();
      },
    });
    return () => {
      subscribers.delete(subscriber);
      if (subscribers.size > 0) return;
      watching?.unsubscribe();
      watching = undefined;
      last = undefined;
    };
  });
}
