import type { Observable } from "rxjs";
import { createSource, type Source } from "./source.ts";

export interface ClosableSource<Value> extends Source<Value> {
  readonly close: () => void;
}

/** The latest value of an observable, for components. */
export function openObservableSource<Value, First>(
  observable: Observable<Value>,
  first: First,
  onError: (error: unknown) => void,
): ClosableSource<Value | First> {
  const source = createSource<Value | First>(first);
  const subscription = observable.subscribe({ next: source.set, error: onError });
  return {
    get: source.get,
    subscribe: source.subscribe,
    close: () => subscription.unsubscribe(),
  };
}
