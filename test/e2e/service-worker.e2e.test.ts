import { fileURLToPath } from "node:url";
import type { Browser, Page } from "playwright";
import { build as bundle } from "rolldown";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { facts } from "../conformance/facts/all.ts";
import { inProcess } from "../conformance/grounds.ts";
import { runFacts } from "../conformance/run-facts.ts";
import { launchChromium } from "../support/chromium.ts";
import { openStaticServer, type StaticServer } from "../support/static-server.ts";
import { buildPage, builtPage } from "../support/test-page.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));
const script = "/platform.js";

let site: StaticServer;
let browser: Browser;

beforeAll(async () => {
  await buildPage("test/e2e/service-worker-page");
  const folder = builtPage("test/e2e/service-worker-page");
  // One file at the root of the app, as the package's own is: its folder is what a service worker may answer for.
  await bundle({
    input: `${root}packages/platform/src/service-worker.ts`,
    platform: "browser",
    logLevel: "warn",
    resolve: { conditionNames: ["source", "browser", "import", "default"] },
    output: { file: `${folder}${script}`, format: "esm", codeSplitting: false },
  });
  site = await openStaticServer(folder);
  browser = await launchChromium();
});

afterEach(async () => {
  await Promise.all(browser.contexts().map((context) => context.close()));
});

afterAll(async () => {
  await browser?.close();
  await site?.close();
});

test("a page fetches from the platform in its service worker, and the world outlives the worker", async () => {
  const page = await openPage();
  await page.evaluate((script) => serviceWorkerPage.register(script), script);
  const { token, user, projects } = await page.evaluate(() => serviceWorkerPage.info());
  const call = caller(page, token);
  expect(await call("/system/whoami", {})).toEqual({ status: 200, body: { id: user } });
  const input = { project: projects[0]?.id, name: "kept", nonce: "once" };
  const created = await call("/record/new", input);
  const id = String(created.body["id"]);
  expect((await call(`/${id}/addTags`, { project: projects[0]?.id, tags: ["t"] })).status).toBe(
    200,
  );
  expect((await call(`/${id}/close`, {})).status).toBe(200);
  const described = { name: "kept", state: "closed", tags: ["t"] };

  await endWorkers(page);
  expect((await call(`/${id}/describe`, {})).body).toMatchObject(described);
  expect(await call("/record/new", input)).toEqual(created);

  await page.evaluate(() => serviceWorkerPage.unregister());
  await openPage(page);
  expect(await page.evaluate(() => navigator.serviceWorker.controller)).toBeNull();
  await page.evaluate((script) => serviceWorkerPage.register(script), script);
  expect((await call(`/${id}/describe`, {})).body).toMatchObject(described);
  expect((await call(`/${id}/remove`, {})).status).toBe(404);
});

test("it answers for the host in its address, and lets everything else of the origin pass", async () => {
  const page = await openPage();
  const named = `${script}?host=api.lab.invalid`;
  await page.evaluate((script) => serviceWorkerPage.register(script), named);
  const { token, user } = await page.evaluate(() => serviceWorkerPage.info());
  const whoami = await caller(page, token, "https://api.lab.invalid")("/system/whoami", {});
  expect(whoami).toEqual({ status: 200, body: { id: user } });
  const own = await page.evaluate(async (script) => (await fetch(script)).text(), script);
  expect(own).toContain("api-error.ts");
  const missing = await page.evaluate(async () => (await fetch("/missing.js")).status);
  expect(missing).toBe(404);
});

test("a service worker and a SharedWorker do not open one world at once, and say so", async () => {
  const first = await openPage();
  await first.evaluate((script) => serviceWorkerPage.register(script), script);
  const { token } = await first.evaluate(() => serviceWorkerPage.info());
  expect(await first.evaluate(() => serviceWorkerPage.openSharedWorker())).toContain(
    "the world is open in a service worker of this origin",
  );

  const second = await openPage();
  await second.evaluate((script) => serviceWorkerPage.register(script), script);
  expect(await second.evaluate(() => serviceWorkerPage.openSharedWorker())).toBe("");
  const refused = await caller(second, token)("/system/whoami", {});
  expect(refused.status).toBe(503);
  expect(JSON.stringify(refused.body)).toContain("the world is open in a SharedWorker");
});

test("the facts hold in the service worker as they do in process", async () => {
  const page = await openPage();
  await page.evaluate((script) => serviceWorkerPage.register(script), script);
  const { outcomes, report } = await page.evaluate(() => serviceWorkerPage.conformance());
  const expected = await runFacts(facts, { ground: () => inProcess() });
  // What a browser's ground lacks, such as a clock that can be turned, is not run there.
  const differing = expected.filter(
    ({ id, outcome }) => outcomes[id] !== outcome && outcomes[id] !== "notHere",
  );
  expect(
    differing.map(({ id, outcome }) => `${id} ${outcome}, here ${outcomes[id]}`),
    report,
  ).toEqual([]);
  const passed = Object.values(outcomes).filter((outcome) => outcome === "passed");
  expect(passed.length).toBeGreaterThan(expected.length / 2);
});

/** A page of a context of its own, or one that is there, loaded anew. */
async function openPage(page?: Page): Promise<Page> {
  const loaded = page ?? (await (await browser.newContext()).newPage());
  await loaded.goto(site.url);
  await loaded.waitForFunction(() => "serviceWorkerPage" in globalThis);
  return loaded;
}

function caller(page: Page, token: string, origin = "https://platform.holdfast.invalid") {
  return (path: string, input: object) =>
    page.evaluate(([url, input, token]) => serviceWorkerPage.call(url, input, token), [
      `${origin}${path}`,
      input,
      token,
    ] as const);
}

/** As the browser does with a service worker that has been idle. */
async function endWorkers(page: Page): Promise<void> {
  const session = await page.context().newCDPSession(page);
  await session.send("ServiceWorker.enable");
  await session.send("ServiceWorker.stopAllWorkers");
  await session.detach();
}
