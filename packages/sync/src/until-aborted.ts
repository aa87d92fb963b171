import { Observable, type Subscription } from "rxjs";

/** The promise's own outcome, or a rejection with the signal's reason, whichever is first. */
export function untilAborted<Value>(promise: Promise<Value>, signal: AbortSignal): Promise<Value> {
  return new Promise((resolve, reject) => {
    const onAbort = (): void => reject(signal.reason as Error);
    if (signal.aborted) onAbort();
    else signal.addEventListener("abort", onAbort, { once: true });
    promise.then(resolve, reject).finally(() => signal.removeEventListener("abort", onAbort));
  });
}

/** The first value; rejects with the signal's reason, and always unsubscribes. The source must not end before. */
export function firstUnlessAborted<Value>(
  source: Observable<Value>,
  signal: AbortSignal,
): Promise<Value> {
  return new Promise((resolve, reject) => {
    if (signal.aborted) {
      reject(signal.reason as Error);
      return;
    }
    let subscription: Subscription | undefined;
    let isOver = false;
    const end = (): void => {
      isOver = true;
      subscription?.unsubscribe();
      signal.removeEventListener("abort", onAbort);
    };
    const onAbort = (): void => {
      end();
      reject(signal.reason as Error);
    };
    signal.addEventListener("abort", onAbort, { once: true });
    subscription = source.subscribe({
      next: (value) => {
        end();
        resolve(value);
      },
      error: (error: Error) => {
        end();
        reject(error);
      },
      complete: () => {
        end();
        reject(new Error("The stream ended before its first value."));
      },
    });
    if (isOver) subscription.unsubscribe();
  });
}
