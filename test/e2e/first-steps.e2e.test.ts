import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { launchChromium } from "../support/chromium.ts";
import { openStaticServer } from "../support/static-server.ts";
import { buildWithVite } from "../support/vite-build.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));

test("the README's example closes its record on the platform", async () => {
  await using resources = new AsyncDisposableStack();
  const folder = `${root}examples/first-steps`;
  await buildWithVite("examples/first-steps");
  const site = await openStaticServer(`${folder}/dist`);
  resources.defer(() => site.close());
  const browser = await launchChromium();
  resources.defer(() => browser.close());
  const page = await browser.newPage();
  await page.goto(site.url);
  const said = page.locator("#said");
  await said.filter({ hasText: "is closed on the platform" }).waitFor();
  expect(await said.textContent()).toMatch(/^record-[0-9a-zA-Z]{24} is closed/);
  expect(await said.textContent()).not.toContain("record-hold");
});
