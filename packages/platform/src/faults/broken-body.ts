const parts = new WeakMap<Response, Uint8Array<ArrayBuffer>>();

/**
 * An answer whose body breaks off after some bytes: whoever reads it gets them and then a TypeError. A transport that
 * has to break a connection of its own asks for the bytes with `partOfBrokenBody`.
 */
export function brokenBody(
  part: Uint8Array<ArrayBuffer>,
  init: { readonly status: number; readonly headers: Headers },
): Response {
  let isSent = part.length === 0;
  const body = new ReadableStream<Uint8Array>({
    pull(controller) {
      if (isSent) controller.error(broken());
      else controller.enqueue(part);
      isSent = true;
    },
  });
  const response = new Response(body, init);
  parts.set(response, part);
  return response;
}

export function partOfBrokenBody(response: Response): Uint8Array<ArrayBuffer> | undefined {
  return parts.get(response);
}

/** What `fetch` rejects with when there is no connection. */
export function broken(): TypeError {
  return new TypeError("Failed to fetch: the connection broke");
}
