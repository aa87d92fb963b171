declare global {
  /** How many transactions of this worker are open; a debugger asks before it stops the worker. */
  var openTransactions: number;
}

/** Counts from now on. */
export function countOpenTransactions(): void {
  globalThis.openTransactions = 0;
  const begin = Reflect.get(IDBDatabase.prototype, "transaction");
  IDBDatabase.prototype.transaction = function (...given) {
    const transaction = begin.apply(this, given);
    globalThis.openTransactions += 1;
    const ended = (): void => {
      globalThis.openTransactions -= 1;
    };
    transaction.addEventListener("complete", ended);
    transaction.addEventListener("abort", ended);
    return transaction;
  };
}
