import { VirtualClock } from "@holdfast/core/testing";
import { expect, test } from "vitest";
import { ApiClient, type Fetch } from "./api-client.ts";

function clientOf(fetch: Fetch, clock = new VirtualClock()): ApiClient {
  return new ApiClient({ url: "https://api.test", fetch, clock, timeoutMs: 60_000 });
}

const call = { path: "/record-1/close", body: '{"näme":1}', token: "secret" };

test("a call is one POST of exactly these bytes, with the token and no credentials", async () => {
  const requests: Request[] = [];
  const client = clientOf(async (request) => {
    requests.push(request);
    return Response.json({ id: "record-1" });
  });
  await client.post(call);
  const [request] = requests;
  expect(request).toMatchObject({
    method: "POST",
    url: "https://api.test/record-1/close",
    credentials: "omit",
    redirect: "error",
    cache: "default",
  });
  expect(Object.fromEntries(request?.headers ?? [])).toEqual({
    authorization: "Bearer secret",
    "content-type": "application/json",
    "dnanexus-api": "1.0.0",
  });
  expect(await request?.text()).toBe(call.body);
});

test("fetch is called before post returns", () => {
  let isCalled = false;
  const client = clientOf(async () => {
    isCalled = true;
    return Response.json({});
  });
  void client.post(call);
  expect(isCalled).toBe(true);
});

test("an answer carries what can be read of it", async () => {
  const headers = {
    "X-Request-ID": "1700000000000-1",
    "Retry-After": "20",
    Date: "Thu, 01 Jan 2026 00:00:05 GMT",
  };
  const client = clientOf(async () => new Response("{}", { status: 503, headers }));
  expect(await client.post(call)).toEqual({
    kind: "response",
    status: 503,
    body: "{}",
    requestId: "1700000000000-1",
    retryAfter: "20",
    serverAt: Date.UTC(2026, 0, 1, 0, 0, 5),
  });
});

test("headers that another origin hides are left out", async () => {
  const client = clientOf(async () => new Response("{}"));
  expect(await client.post(call)).toEqual({ kind: "response", status: 200, body: "{}" });
});

test("a body that breaks off is no body", async () => {
  const client = clientOf(async () => {
    const stream = new ReadableStream({
      start(controller) {
        controller.enqueue(new TextEncoder().encode('{"id":'));
        controller.error(new TypeError("terminated"));
      },
    });
    return new Response(stream);
  });
  expect(await client.post(call)).toEqual({ kind: "response", status: 200, body: undefined });
});

test("a call without an answer ends after the timeout, also where fetch does not heed its signal", async () => {
  const clock = new VirtualClock();
  let signal: AbortSignal | undefined;
  const client = clientOf((request) => {
    signal = request.signal;
    return new Promise(() => undefined);
  }, clock);
  const answer = client.post(call);
  await clock.advance(59_999);
  expect(signal?.aborted).toBe(false);
  await clock.advance(1);
  expect(await answer).toEqual({ kind: "none", cause: "timeout", sent: true });
  expect(signal?.aborted).toBe(true);
});

test("a call that is aborted may have left; one that was aborted before did not", async () => {
  const abort = new AbortController();
  const clock = new VirtualClock();
  const client = clientOf(() => new Promise(() => undefined), clock);
  const answer = client.post({ ...call, signal: abort.signal });
  abort.abort();
  expect(await answer).toEqual({ kind: "none", cause: "aborted", sent: true });
  expect(clock.nextDelayMs).toBeUndefined();
  expect(await client.post({ ...call, signal: abort.signal })).toEqual({
    kind: "none",
    cause: "aborted",
    sent: false,
  });
});

test.each([
  ["ECONNREFUSED", false],
  ["ENOTFOUND", false],
  ["ECONNRESET", true],
  [undefined, true],
])("after %s a request may have been sent: %s", async (code, sent) => {
  const client = clientOf(async () => {
    throw new TypeError("fetch failed", { cause: code === undefined ? undefined : { code } });
  });
  expect(await client.post(call)).toEqual({ kind: "none", cause: "network", sent });
});
