/** A value that changes, as React's `useSyncExternalStore` wants it. */
export interface Source<Value> {
  readonly get: () => Value;
  /** The function returned ends it. */
  readonly subscribe: (listener: () => void) => () => void;
}

export interface MutableSource<Value> extends Source<Value> {
  readonly set: (value: Value) => void;
}

export function createSource<Value>(first: Value): MutableSource<Value> {
  const listeners = new Set<() => void>();
  let current = first;
  return {
    get: () => current,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    set(value) {
      if (Object.is(value, current)) return;
      current = value;
      for (const listener of listeners) listener();
    },
  };
}
