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

/** Resolves on `complete`, the only moment at which anything is saved. */
export function completionOf(transaction: IDBTransaction): Promise<void> {
  return new Promise((resolve, reject) => {
    transaction.oncomplete = () => resolve();
    transaction.onabort = () =>
      reject(transaction.error ?? new DOMException("The transaction was aborted.", "AbortError"));
  });
}
