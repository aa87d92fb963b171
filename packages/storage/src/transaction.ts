/** Resolves with the request's result. Awaiting it, and nothing else, keeps its transaction alive. */
export function resultOf<Result>(request: IDBRequest<Result>): Promise<Result> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error as DOMException);
  });
}

/** The results in order, of requests made all at once. */
export function resultsOf<Result>(requests: readonly IDBRequest<Result>[]): Promise<Result[]> {
  if (requests.length === 0) return Promise.resolve([]);
  return new Promise((resolve, reject) => {
    const results: Result[] = [];
    let open = requests.length;
    for (const [index, request] of requests.entries()) {
      request.onsuccess = () => {
        results[index] = request.result;
        open -= 1;
        if (open === 0) resolve(results);
      };
      request.onerror = () => reject(request.error as DOMException);
    }
  });
}

/** The last values of the range, greatest key first, at most so many. */
export function recordsDown<Value>(
  store: IDBObjectStore,
  range: IDBKeyRange | null,
  limit: number,
): Promise<Value[]> {
  return new Promise((resolve, reject) => {
    const values: Value[] = [];
    const request = store.openCursor(range, "prev");
    request.onsuccess = () => {
      const cursor = request.result;
      if (cursor !== null) values.push(cursor.value as Value);
      if (cursor === null || values.length === limit) resolve(values);
      else cursor.continue();
    };
    request.onerror = () => reject(request.error as DOMException);
  });
}

/** Resolves on `complete`, the only moment at which anything is saved. */
export function completionOf(transaction: IDBTransaction): Promise<void> {
  return new Promise((resolve, reject) => {
    transaction.oncomplete = () => resolve();
    transaction.onabort = () =>
      reject(transaction.error ?? new DOMException("The transaction was aborted.", "AbortError"));
  });
}
