declare global {
  /** How many transactions of this worker are open; a debugger asks before it stops the worker. */
  var openTransactions: number;
}

/** Counts from now on. */
export function countOpenTransactions(): void {
  globalThis.openTransactions = 0;
  Object.defineProperty(IDBDatabase.prototype, "transaction", {
    value: new Proxy(Reflect.get(IDBDatabase.prototype, "transaction"), {
      apply(begin, database, given) {
        const transaction = Reflect.apply(begin, database, given) as IDBTransaction;
        globalThis.openTransactions += 1;
        const ended = (): void => {
          globalThis.openTransactions -= 1;
        };
        transaction.addEventListener("complete", ended);
        transaction.addEventListener("abort", ended);
        return transaction;
      },
    }),
  });
}
