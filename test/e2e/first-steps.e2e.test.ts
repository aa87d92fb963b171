import { execFile } from "node:child_process";
import { env } from "node:process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { expect, test } from "vitest";
import { launchChromium } from "../support/chromium.ts";
import { openStaticServer } from "../support/static-server.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));

test("the README's example closes its record on the platform", { timeout: 60_000 }, async () => {
  await using resources = new AsyncDisposableStack();
  const folder = `${root}examples/first-steps`;
  const vite = `${root}node_modules/vite/bin/vite.js`;
  await promisify(execFile)(process.execPath, [vite, "build", "--logLevel=warn"], {
    cwd: folder,
    env: { ...env, NODE_ENV: "production" },
  });
  const site = await openStaticServer(`${folder}/dist`);
  resources.defer(() => site.close());
  const browser = await launchChromium();
  resources.defer(() => browser.close());
  const page = await browser.newPage();
  await page.goto(site.url);
  const said = page.locator("#said");
  await said.filter({ hasText: "is closed on the platform" }).waitFor({ timeout: 45_000 });
  expect(await said.textContent()).toMatch(/^record-[0-9a-zA-Z]{24} is closed/);
  expect(await said.textContent()).not.toContain("record-hold");
});
