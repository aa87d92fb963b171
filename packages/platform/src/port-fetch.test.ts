import { afterEach, expect, test } from "vitest";
import { fileLabOf, openFileLab, someBytes, storageError } from "./files/files.test-support.ts";
import { NetworkSwitch } from "./in-page/network-switch.ts";
import { callerOf, openLab } from "./platform.test-support.ts";
import { fetchOverPort } from "./port-fetch.ts";
import { serveFetch } from "./transport/serve-fetch.ts";

const ports: MessagePort[] = [];

afterEach(() => {
  for (const port of ports.splice(0)) port.close();
});

function connect(fetch: (request: Request) => Promise<Response>): typeof globalThis.fetch {
  const { port1, port2 } = new MessageChannel();
  ports.push(port1);
  serveFetch(port2, fetch);
  return fetchOverPort(port1);
}

test("calls over a port are answered as they are in process", async () => {
  const lab = openLab();
  const overPort = callerOf(connect((request) => lab.platform.fetch(request)));
  const input = { project: lab.project, name: "ä", nonce: "n" };
  const [inProcess, viaPort] = [
    await lab.call("/record/new", input),
    await overPort("/record/new", input),
  ];
  expect([viaPort.status, viaPort.text]).toEqual([inProcess.status, inProcess.text]);
  expect(viaPort.headers.get("Content-Length")).toBe(inProcess.headers.get("Content-Length"));
  expect((await overPort("/system/whoami", {}, { token: null })).error).toBe(
    "InvalidAuthentication",
  );
  expect((await overPort("/system/whoami", "{}", { verb: "GET" })).error).toBe("ResourceNotFound");
});

test("many calls at once find their answers", async () => {
  const { platform } = openLab();
  const call = callerOf(connect((request) => platform.fetch(request)));
  const tokens = Array.from({ length: 50 }, (_, index) => (index % 2 === 0 ? "ada" : "vic"));
  const answers = await Promise.all(
    tokens.map((name) => call("/system/whoami", {}, { token: `${name}-token` })),
  );
  expect(answers.map(({ body }) => body["id"])).toEqual(tokens.map((name) => `user-${name}`));
});

test("a cut travels as the TypeError that fetch gives", async () => {
  const { platform } = openLab();
  const call = callerOf(connect((request) => platform.fetch(request)));
  platform.faults.next("*", "cutBeforeEffect");
  await expect(call("/system/whoami")).rejects.toBeInstanceOf(TypeError);
});

test("a body that breaks off breaks off on the other side too", async () => {
  const { platform } = openLab();
  const fetch = connect((request) => platform.fetch(request));
  platform.faults.next("*", "truncate");
  const response = await fetch("http://platform.holdfast.invalid/system/whoami", {
    method: "POST",
    body: "{}",
  });
  expect(response.status).toBe(400);
  await expect(response.text()).rejects.toBeInstanceOf(TypeError);
});

test("an abort reaches the other side, and rejects here at once with its reason", async () => {
  let seen: AbortSignal | undefined;
  const fetch = connect(
    (request) =>
      new Promise((_, reject) => {
        seen = request.signal;
        request.signal.addEventListener("abort", () => reject(new Error("aborted")));
      }),
  );
  const controller = new AbortController();
  const waiting = fetch("http://platform.holdfast.invalid/x", {
    method: "POST",
    body: "{}",
    signal: controller.signal,
  });
  const outcome = waiting.catch((error: unknown) => error);
  while (seen === undefined) await new Promise((resolve) => setImmediate(resolve));
  controller.abort(new Error("enough"));
  expect(await outcome).toEqual(new Error("enough"));
  while (!seen.aborted) await new Promise((resolve) => setImmediate(resolve));
  const aborted = fetch("http://platform.holdfast.invalid/x", {
    method: "POST",
    signal: AbortSignal.abort(new Error("before")),
  });
  await expect(aborted).rejects.toThrow("before");
});

test("only the platform's own host is answered", async () => {
  const { platform } = openLab();
  const fetch = connect((request) => platform.fetch(request));
  await expect(
    fetch("https://api.dnanexus.com/system/whoami", { method: "POST" }),
  ).rejects.toBeInstanceOf(TypeError);
  expect(platform.requests).toHaveLength(0);
});

test("when the other side goes, what is under way rejects as from a broken connection", async () => {
  const { port1, port2 } = new MessageChannel();
  port2.start();
  const fetch = fetchOverPort(port1);
  const waiting = fetch("http://platform.holdfast.invalid/x", { method: "POST", body: "{}" });
  const outcome = waiting.catch((error: unknown) => error);
  await new Promise((resolve) => setImmediate(resolve));
  port2.close();
  expect(await outcome).toBeInstanceOf(TypeError);
});

test("content travels over a port, and through the network switch, byte for byte", async () => {
  const inner = openFileLab();
  const { platform, clock } = inner;
  const network = new NetworkSwitch(
    { clock, seed: () => platform.seed, fetch: (request) => platform.fetch(request) },
    "online",
  );
  const fetch = connect((request) => network.fetch(request));
  const lab = fileLabOf({ ...inner, call: callerOf(fetch), platform: { ...platform, fetch } });
  const id = await lab.newFile();
  const bytes = someBytes(100_000);
  const link = await lab.announce(id, { bytes });
  expect((await storageError(await lab.put(link, someBytes(99_999))))[1]).toBe("EntityTooSmall");
  await lab.upload(id, { bytes });
  await lab.close(id);
  await clock.advance(1000);
  const download = await lab.link(id);
  expect(await (await lab.get(download)).bytes()).toEqual(bytes);
  const range = await lab.get(download, { Range: "bytes=250-259" });
  expect([range.status, await range.bytes()]).toEqual([206, bytes.slice(250, 260)]);
  const head = await fetch(download.url, { method: "HEAD", headers: download.headers });
  expect([head.status, head.headers.get("Content-Length")]).toEqual([200, "100000"]);
  platform.faults.next("/storage/download", "truncate");
  await expect((await lab.get(download)).bytes()).rejects.toBeInstanceOf(TypeError);
  network.set("offline");
  await expect(lab.get(download)).rejects.toBeInstanceOf(TypeError);
});
