import { broken, brokenBody } from "./faults/broken-body.ts";
import { type FromPlatform, platformHost, type ToPlatform } from "./transport/wire.ts";

interface Waiting {
  readonly resolve: (response: Response) => void;
  readonly reject: (reason: unknown) => void;
  readonly stop: () => void;
}

/**
 * A `fetch` whose calls travel through a port to the platform that lives in the page. Only its own host
 * (`platform.holdfast.invalid`) is answered; every other one rejects like a name that does not resolve. When the
 * other side goes away, what is under way rejects with a TypeError, as from a connection that broke.
 */
export function fetchOverPort(port: MessagePort): typeof fetch {
  const waiting = new Map<number, Waiting>();
  let lastId = 0;

  const settle = (id: number): Waiting | undefined => {
    const call = waiting.get(id);
    waiting.delete(id);
    call?.stop();
    return call;
  };
  port.onmessage = ({ data }: MessageEvent<FromPlatform>) => {
    const call = settle(data.id);
    if (data.type === "failed") call?.reject(new TypeError(data.message));
    else call?.resolve(toResponse(data));
  };
  port.addEventListener("close", () => {
    for (const id of [...waiting.keys()]) settle(id)?.reject(broken());
  });

  return async (input, init) => {
    const request = new Request(input, init);
    const { signal } = request;
    if (new URL(request.url).host !== platformHost) {
      throw new TypeError(`Failed to fetch: only ${platformHost} is answered here`);
    }
    const body = new Uint8Array(await request.arrayBuffer());
    signal.throwIfAborted();
    lastId += 1;
    const id = lastId;
    return await new Promise((resolve, reject) => {
      const abort = (): void => {
        send({ type: "abort", id });
        settle(id)?.reject(signal.reason);
      };
      signal.addEventListener("abort", abort, { once: true });
      const stop = (): void => signal.removeEventListener("abort", abort);
      waiting.set(id, { resolve, reject, stop });
      const { url, method } = request;
      send({ type: "request", id, url, method, headers: [...request.headers], body }, [
        body.buffer,
      ]);
    });
  };

  function send(message: ToPlatform, transfer: Transferable[] = []): void {
    port.postMessage(message, transfer);
  }
}

function toResponse({
  status,
  headers,
  body,
  isBroken,
}: FromPlatform & { type: "response" }): Response {
  const init = { status, headers: headers.map(([name, value]): [string, string] => [name, value]) };
  if (status === 204) return new Response(null, init);
  return isBroken
    ? brokenBody(body, { status, headers: new Headers(init.headers) })
    : new Response(body, init);
}
