import { readBody } from "./read-body.ts";
import type { FromPlatform, ToPlatform } from "./wire.ts";

/** Answers the calls that come through a port, until it is closed. */
export function serveFetch(
  port: MessagePort,
  fetch: (request: Request) => Promise<Response>,
): void {
  const running = new Map<number, AbortController>();
  port.onmessage = ({ data }: MessageEvent<ToPlatform>) => {
    if (data.type === "abort") {
      running.get(data.id)?.abort();
      return;
    }
    const controller = new AbortController();
    running.set(data.id, controller);
    void answer(data, controller.signal).then((message) => {
      running.delete(data.id);
      port.postMessage(message, message.type === "response" ? [message.body.buffer] : []);
    });
  };

  async function answer(
    { id, url, method, headers, body }: ToPlatform & { readonly type: "request" },
    signal: AbortSignal,
  ): Promise<FromPlatform> {
    try {
      const init = {
        method,
        signal,
        headers: headers.map(([name, value]): [string, string] => [name, value]),
      };
      const hasBody = method !== "GET" && method !== "HEAD";
      const response = await fetch(new Request(url, hasBody ? { ...init, body } : init));
      const { bytes, isBroken } = await readBody(response);
      return {
        type: "response",
        id,
        status: response.status,
        headers: [...response.headers],
        body: bytes,
        isBroken,
      };
    } catch (error) {
      return {
        type: "failed",
        id,
        message: error instanceof Error ? error.message : String(error),
      };
    }
  }
}
