import { afterEach, expect, test } from "vitest";
import { useLightFetch } from "./light-fetch.ts";

let takeBack: (() => void) | undefined;
afterEach(() => {
  takeBack?.();
  takeBack = undefined;
});

test("what is read, cloned and streamed is what was given", async () => {
  takeBack = useLightFetch();
  const signal = AbortSignal.abort();
  const init = { method: "PUT", headers: { "X-One": "1" }, body: "text", signal };
  const request = new Request("https://platform.test/a/../b", init);
  expect([request.url, request.method]).toEqual(["https://platform.test/b", "PUT"]);
  expect(request.headers.get("x-oNE")).toBe("1");
  expect(request.headers.get("Content-Type")).toBe("text/plain;charset=UTF-8");
  expect(request.signal.aborted).toBe(true);
  expect(await request.clone().text()).toBe("text");
  expect(new TextDecoder().decode(await request.arrayBuffer())).toBe("text");
  await expect(request.text()).rejects.toThrow(TypeError);

  const bytes = new Uint8Array([1, 2, 3]);
  const streamed = new Response(new Response(bytes).body, { status: 206 });
  expect([streamed.status, streamed.ok]).toEqual([206, true]);
  expect(new Uint8Array(await streamed.clone().arrayBuffer())).toEqual(bytes);
  expect(new Uint8Array(await streamed.arrayBuffer())).toEqual(bytes);
  expect(await new Response(new Blob([bytes])).bytes()).toEqual(bytes);
  expect(await Response.json({ a: 1 }).json()).toEqual({ a: 1 });
  expect(new Response(null).body).toBeNull();
  const blob = new Blob(["a", bytes, new Blob(["z"])]);
  expect([blob.size, await blob.slice(3).bytes()]).toEqual([5, new Uint8Array([3, 122])]);
});

test("a broken body rejects whoever reads it", async () => {
  takeBack = useLightFetch();
  const body = new ReadableStream({ pull: (controller) => controller.error(new TypeError("cut")) });
  await expect(new Response(body).text()).rejects.toThrow("cut");
});
