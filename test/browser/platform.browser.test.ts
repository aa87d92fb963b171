import { connectPlatform, type PlatformConnection } from "@holdfast/platform/connect";
import { fetchOverPort } from "@holdfast/platform/port-fetch";
import { afterEach, expect, test } from "vitest";

const pages: PlatformConnection[] = [];

afterEach(() => {
  for (const page of pages.splice(0)) page.close();
});

/** Equal names are one worker of the origin, as for the tabs of an app; another name is the worker after a kill. */
async function openPage(name: string): Promise<PlatformConnection> {
  const url = new URL("../../packages/platform/src/shared-worker.ts", import.meta.url);
  const worker = new SharedWorker(url, { type: "module", name });
  const page = await connectPlatform(worker, { deadlineMs: 120_000 });
  pages.push(page);
  return page;
}

function engineOf(page: PlatformConnection, token: string) {
  const fetch = fetchOverPort(page.port());
  return async (path: string, input: unknown = {}): Promise<Record<string, unknown>> => {
    const response = await fetch(`http://platform.holdfast.invalid${path}`, {
      method: "POST",
      body: JSON.stringify(input),
      headers: { Authorization: `Bearer ${token}`, "Content-Type": "application/json" },
    });
    return { status: response.status, ...((await response.json()) as object) };
  };
}

test("one platform serves an origin, and its world outlives its worker", async () => {
  const name = "platform";
  const [one, two] = [await openPage(name), await openPage(name)];
  const { token, projects } = await one.reset({ seed: 5, projects: [{ name: "Lab" }] });
  const project = projects[0]?.id;
  const created = await engineOf(one, token)("/record/new", { project, nonce: "n", name: "kept" });
  expect(created).toMatchObject({ status: 200 });
  const id = String(created["id"]);
  expect(await engineOf(two, token)(`/${id}/describe`)).toMatchObject({ name: "kept" });

  await two.network.set("offline");
  await expect(engineOf(one, token)("/system/whoami")).rejects.toBeInstanceOf(TypeError);
  await two.network.set("online");

  const later = await openPage(`${name}-again`);
  expect((await later.info()).token).toBe(token);
  expect(
    await engineOf(later, token)("/record/new", { project, nonce: "n", name: "kept" }),
  ).toEqual(created);
  expect(await later.effects()).toHaveLength(1);
});

test("the content of a file goes into the worker and comes back, byte for byte, also from the next one", async () => {
  const one = await openPage("platform-files");
  const { token, projects } = await one.reset({ seed: 6, projects: [{ name: "Lab" }] });
  const call = engineOf(one, token);
  const { id } = await call("/file/new", { project: projects[0]?.id });
  const bytes = Uint8Array.from({ length: 100_000 }, (_, index) => (index * 7) % 256);
  const { url, headers } = await call(`/${String(id)}/upload`, { size: bytes.length });
  const put = { method: "PUT", body: bytes, headers: headers as Record<string, string> };
  expect((await fetchOverPort(one.port())(String(url), put)).status).toBe(200);
  expect(await call(`/${String(id)}/close`)).toMatchObject({ status: 200 });
  const state = async () => (await call(`/${String(id)}/describe`))["state"];
  await expect.poll(state).toBe("closed");

  const later = await openPage("platform-files-again");
  const link = await engineOf(later, token)(`/${String(id)}/download`, { preauthenticated: true });
  const get = fetchOverPort(later.port());
  const whole = await get(String(link["url"]));
  expect(new Uint8Array(await whole.arrayBuffer())).toEqual(bytes);
  const range = await get(String(link["url"]), { headers: { Range: "bytes=99998-" } });
  expect([range.status, [...new Uint8Array(await range.arrayBuffer())]]).toEqual([
    206,
    [...bytes.slice(-2)],
  ]);
});

test("a worker that cannot be loaded is said to be", async () => {
  const worker = new SharedWorker("/no-such-worker.js", { type: "module" });
  await expect(connectPlatform(worker)).rejects.toThrow("could not be loaded");
});
