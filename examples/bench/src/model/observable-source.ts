import type { Observable } from "rxjs";
import { createSource, type Source } from "./source.ts";

export interface ClosableSource<Value> extends Source<Value> {
  readonly close: () => void;
}

/** The latest value of an observable, for components. */
export function openObservableSource<Value>(
  observable: Observable<Value>,
  first: Value,
  onError: (error: unknown) => void,
): ClosableSource<Value> {
  const source = createSource<Value>(first);
  const subscription = observable.subscribe({ next: source.set, error: onError });
  return {
    get: source.get,
    subscribe: source.subscribe,
    close: () => subscription.unsubscribe(),
  };
}
