import { createPlatform, type Platform } from "@holdfast/platform";
import { type Server, startServer } from "@holdfast/platform/node";
import type { Browser, BrowserContext, Page } from "playwright";
import { afterAll, afterEach, beforeAll, beforeEach, expect, inject, test } from "vitest";
import { launchChromium } from "../support/chromium.ts";
import { SyncEvents } from "./sync-events.ts";

const token = "token-of-ada";
let browser: Browser;
let context: BrowserContext;
let events: SyncEvents;
let platform: Platform;
let server: Server;

beforeAll(async () => {
  browser = await launchChromium();
});

beforeEach(async () => {
  platform = createPlatform({ users: [{ name: "ada", token }], projects: [{ name: "lab" }] });
  server = await startServer({ platform });
  context = await browser.newContext({ viewport: { width: 1360, height: 820 } });
  events = await SyncEvents.open(context, inject("exampleUrl"));
});

afterEach(async () => {
  await context.close();
  await server.close();
  await platform.close();
});

afterAll(() => browser.close());

/** A bench whose samples go to the platform's server, before anybody has given a token. */
async function openBench(): Promise<Page> {
  const page = await context.newPage();
  const project = platform.projects[0]?.id ?? "";
  const search = new URLSearchParams({ api: server.url, user: "user-ada", project });
  await page.goto(`${inject("exampleUrl")}?${search}`);
  await page.getByRole("grid", { name: "Samples" }).waitFor();
  return page;
}

async function giveToken(page: Page, isKept: boolean): Promise<void> {
  await page.getByRole("button", { name: "Give a token" }).click();
  await page.getByLabel("Token of user-ada").fill(token);
  if (isKept) await page.getByLabel("Send also when every tab is closed").check();
  await page.getByRole("button", { name: "Use it" }).click();
}

async function samples(): Promise<readonly { readonly name: string; readonly state: string }[]> {
  const input = {
    scope: { project: platform.projects[0]?.id ?? "" },
    describe: { fields: { name: true, state: true } },
  };
  const found = await platform.control.act("user-ada", "/system/findDataObjects", input);
  const { results } = found as unknown as {
    results: readonly { describe: { name: string; state: string } }[];
  };
  return results.map(({ describe }) => describe);
}

test("with a token that the browser may keep, a sample is sent with every tab closed", async () => {
  const page = await openBench();
  await page.getByText("Sends while a tab is open").waitFor();
  await giveToken(page, true);
  await page.getByText("Sends without a tab").waitFor();

  await context.setOffline(true);
  await page.keyboard.press("n");
  await page.getByLabel("Name", { exact: true }).fill("S-1");
  await page.getByLabel("Close it at once").check();
  await page.getByRole("button", { name: "Create", exact: true }).click();
  const tag = await page.waitForFunction(() => globalThis.askedTags[0]);
  const asked = String(await tag.jsonValue());
  expect(asked).not.toContain(token);
  await page.close();
  // Not later: the browser may send what was asked for as soon as there is a network.
  expect(await samples()).toEqual([]);
  await context.setOffline(false);

  await events.dispatch(asked);
  await expect.poll(samples).toMatchObject([{ name: "S-1", state: "closed" }]);
});

test("a token that the browser may not keep stays in its tab, and the status line says what that means", async () => {
  const page = await openBench();
  await giveToken(page, false);
  const words = page.getByText("Sends while a tab is open");
  await expect
    .poll(() => words.getAttribute("title"))
    .toBe("The service worker has no token of this user.");
  await page.reload();
  await page.getByRole("button", { name: "Give a token" }).waitFor();
});
