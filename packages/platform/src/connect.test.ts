import { VirtualClock } from "@holdfast/core/testing";
import { IDBFactory } from "fake-indexeddb";
import { afterEach, expect, test } from "vitest";
import { connectPlatform, type PlatformConnection } from "./connect.ts";
import { PlatformHost } from "./in-page/platform-host.ts";
import { IndexedDbPersistence } from "./persistence/indexed-db-persistence.ts";
import { type Caller, callerOf } from "./platform.test-support.ts";
import { fetchOverPort } from "./port-fetch.ts";

const ports: MessagePort[] = [];

afterEach(() => {
  for (const port of ports.splice(0)) port.close();
});

/** A SharedWorker's life: opened on what the one before left behind. */
async function startWorker(
  factory: IDBFactory,
): Promise<{ host: PlatformHost; clock: VirtualClock }> {
  const clock = new VirtualClock();
  const persistence = new IndexedDbPersistence({ factory });
  return { host: await PlatformHost.open({ clock, persistence }), clock };
}

async function openPage(host: PlatformHost): Promise<PlatformConnection> {
  const { port1, port2 } = new MessageChannel();
  ports.push(port1);
  host.connect(port2);
  return await connectPlatform(port1);
}

/** A caller as the worker of a tab would be one. */
function engineOf(page: PlatformConnection): Caller {
  const port = page.port();
  ports.push(port);
  return callerOf(fetchOverPort(port));
}

async function settle(): Promise<void> {
  for (let turn = 0; turn < 20; turn++) await new Promise((resolve) => setImmediate(resolve));
}

test("a page learns who there is and gets a token that works through a fresh port", async () => {
  const { host } = await startWorker(new IDBFactory());
  const page = await openPage(host);
  const info = await page.info();
  expect(info.users.map(({ id }) => id)).toEqual(["user-ada", "user-ben"]);
  expect(info.projects).toMatchObject([{ name: "Lab" }]);
  const call = engineOf(page);
  expect((await call("/system/whoami", {}, { token: info.token })).body).toEqual({ id: info.user });
  expect((await call("/system/whoami", {}, { token: "guess" })).error).toBe(
    "InvalidAuthentication",
  );
});

test("two pages of an origin share one platform and one network switch", async () => {
  const { host } = await startWorker(new IDBFactory());
  const [one, two] = [await openPage(host), await openPage(host)];
  const { token, projects } = await one.info();
  const project = projects[0]?.id ?? "";
  const created = await engineOf(one)("/record/new", { project }, { token });
  expect(
    (await engineOf(two)(`/${created.body["id"] as string}/describe`, {}, { token })).status,
  ).toBe(200);

  const seen: string[] = [];
  const stop = two.network.subscribe((state) => seen.push(state));
  await one.network.set("offline");
  await settle();
  expect([one.network.state, two.network.state, seen]).toEqual(["offline", "offline", ["offline"]]);
  await expect(engineOf(two)("/system/whoami", {}, { token })).rejects.toBeInstanceOf(TypeError);
  stop();
  await two.network.set("online");
  await settle();
  expect([one.network.state, seen]).toEqual(["online", ["offline"]]);
  expect((await engineOf(two)("/system/whoami", {}, { token })).status).toBe(200);
});

test("a worker that was killed forgets neither the world nor the switch", async () => {
  const factory = new IDBFactory();
  const first = await openPage((await startWorker(factory)).host);
  const { token, projects } = await first.info();
  const input = { project: projects[0]?.id ?? "", nonce: "n", name: "kept" };
  const created = await engineOf(first)("/record/new", input, { token });
  await first.network.set("flaky");

  const second = await openPage((await startWorker(factory)).host);
  expect(await second.info()).toEqual(await first.info());
  expect(second.network.state).toBe("flaky");
  await second.network.set("online");
  expect((await engineOf(second)("/record/new", input, { token })).text).toBe(created.text);
  expect(await second.effects()).toEqual(await first.effects());
});

test("a flaky network is slow and cuts now and then, before the effect or after it", async () => {
  const { host, clock } = await startWorker(new IDBFactory());
  const page = await openPage(host);
  const { token, projects } = await page.info();
  await page.network.set("flaky");
  const call = engineOf(page);
  const count = 120;
  const startedAt = clock.now();
  let isDone = false;
  const outcomes = Promise.all(
    Array.from({ length: count }, async (_, index) => {
      const input = { project: projects[0]?.id ?? "", nonce: `n${index}` };
      return await call("/record/new", input, { token }).then(
        ({ status }) => status,
        () => "cut",
      );
    }),
  ).finally(() => {
    isDone = true;
  });
  while (!isDone) {
    await settle();
    clock.fireNext();
  }
  const answers = await outcomes;
  const cut = answers.filter((answer) => answer === "cut").length;
  const { length: made } = await page.effects();
  expect(cut).toBeGreaterThan(5);
  expect(cut).toBeLessThan(40);
  expect(made).toBeGreaterThan(count - cut);
  expect(made).toBeLessThan(count);
  expect(clock.now() - startedAt).toBeGreaterThan(300);
});

test("time passes at once where a page says so, and does not go back with the next worker", async () => {
  const factory = new IDBFactory();
  const { host, clock } = await startWorker(factory);
  const page = await openPage(host);
  const now = async (of: PlatformConnection): Promise<unknown> => {
    const { token } = await of.info();
    return (await engineOf(of)("/system/comeBackLater", {}, { token })).body["currentTime"];
  };
  const day = 86_400_000;
  await page.passTime(day);
  expect(await now(page)).toBe(clock.now() + day);
  await expect(page.passTime(-1)).rejects.toThrow("whole milliseconds");
  await host.close();
  const next = await startWorker(factory);
  expect(await now(await openPage(next.host))).toBe(next.clock.now() + day);
});

test("going offline cuts the calls under way", async () => {
  const { host } = await startWorker(new IDBFactory());
  const page = await openPage(host);
  await page.nextFault("whoami", { kind: "latency", ms: 60_000 });
  const outcome = engineOf(page)("/system/whoami").catch((error: unknown) => error);
  await settle();
  await page.network.set("offline");
  expect(await outcome).toBeInstanceOf(TypeError);
});

test("foreign edits, levels, faults and logs are at hand from the page", async () => {
  const { host } = await startWorker(new IDBFactory());
  const page = await openPage(host);
  const { token, projects } = await page.info();
  const project = projects[0]?.id ?? "";
  const call = engineOf(page);
  const { id } = (await page.act("user-ben", "/record/new", { project })) as {
    readonly id: string;
  };
  await page.setLevel(project, "user-ben", "VIEW");
  await expect(page.act("user-ben", `/${id}/close`)).rejects.toMatchObject({
    code: "PermissionDenied",
  });
  await page.nextFault(/close$/, "throttle");
  expect((await call(`/${id}/close`, {}, { token })).status).toBe(503);
  await page.faultRates([{ rate: 1, fault: "cutBeforeEffect" }]);
  await expect(call(`/${id}/close`, {}, { token })).rejects.toBeInstanceOf(TypeError);
  await page.clearFaults();
  expect((await call(`/${id}/close`, {}, { token })).status).toBe(200);
  expect((await page.requests()).map(({ fault }) => fault)).toEqual([
    "throttle",
    "cutBeforeEffect",
    undefined,
  ]);
  await page.revokeToken(token);
  expect((await call("/system/whoami", {}, { token })).error).toBe("InvalidAuthentication");
  await page.addToken("user-ada", token);
  const user = await page.addUser({ name: "zoe" });
  expect(await page.addProject({ name: "Hers", permissions: { [user]: "ADMINISTER" } })).toMatch(
    /^project-/,
  );
  await page.setFlags(project, { protected: true });
});

test("a reset begins a new world, which a killed worker keeps", async () => {
  const factory = new IDBFactory();
  const page = await openPage((await startWorker(factory)).host);
  const { token, projects } = await page.info();
  const call = engineOf(page);
  await call("/record/new", { project: projects[0]?.id ?? "" }, { token });
  const fresh = await page.reset({
    seed: 9,
    users: [{ name: "eve" }],
    projects: [{ name: "Other" }],
  });
  expect(fresh).toMatchObject({ user: "user-eve", projects: [{ name: "Other" }] });
  expect(await page.effects()).toEqual([]);
  expect((await call("/system/whoami", {}, { token })).error).toBe("InvalidAuthentication");
  expect((await call("/system/whoami", {}, { token: fresh.token })).body).toEqual({
    id: "user-eve",
  });
  const again = await openPage((await startWorker(factory)).host);
  expect(await again.info()).toEqual(fresh);
});

test("a call that was late does not arrive in the world that came after a reset", async () => {
  const factory = new IDBFactory();
  const { host, clock } = await startWorker(factory);
  const page = await openPage(host);
  const { token, projects } = await page.info();
  await page.nextFault("/record/new", { kind: "late", afterMs: 1000 });
  const input = { project: projects[0]?.id ?? "" };
  await expect(engineOf(page)("/record/new", input, { token })).rejects.toBeInstanceOf(TypeError);
  await page.reset({ seed: 2, projects: [] });
  await clock.advance(1000, settle);
  expect(await page.effects()).toEqual([]);
  expect((await openPage((await startWorker(factory)).host)).network.state).toBe("online");
});

test("a world travels from one origin to another and keeps its first user's door open", async () => {
  const page = await openPage((await startWorker(new IDBFactory())).host);
  const { projects } = await page.info();
  await page.act("user-ada", "/record/new", { project: projects[0]?.id ?? "", name: "travels" });
  const world = await page.snapshot();
  const other = await openPage((await startWorker(new IDBFactory())).host);
  await other.reset({ seed: 3 });
  await other.restore(world);
  const info = await other.info();
  expect((await engineOf(other)("/system/whoami", {}, { token: info.token })).status).toBe(200);
  expect(await other.effects()).toHaveLength(1);
  await expect(other.restore({})).rejects.toThrow("world.format");
});

test("a worker that says nothing is given up after the deadline", async () => {
  const clock = new VirtualClock();
  const { port1, port2 } = new MessageChannel();
  ports.push(port1, port2);
  const connecting = connectPlatform(port1, { clock, deadlineMs: 500 });
  const outcome = connecting.catch((error: unknown) => error);
  await clock.advance(500);
  expect(await outcome).toMatchObject({ message: expect.stringContaining("500 ms") as string });
});

test("a worker that cannot open its world says why", async () => {
  const { port1, port2 } = new MessageChannel();
  ports.push(port1, port2);
  port2.postMessage({ type: "unable", message: "no room" });
  await expect(connectPlatform(port1)).rejects.toThrow("no room");
});

test("a closed connection rejects what is under way", async () => {
  const { host } = await startWorker(new IDBFactory());
  const page = await openPage(host);
  const outcome = page.info().catch((error: unknown) => error);
  page.close();
  expect(await outcome).toMatchObject({ message: expect.stringContaining("closed") as string });
});
