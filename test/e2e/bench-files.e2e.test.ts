import type { Browser, Page } from "playwright";
import { afterAll, beforeAll, expect, test } from "vitest";
import { launchChromium } from "../support/chromium.ts";
import { network, openBench } from "./bench-page.ts";

/** A loaded machine is slow; nothing here depends on how slow. */
const patient = { timeout: 600_000 };

let browser: Browser;

beforeAll(async () => {
  browser = await launchChromium();
});

afterAll(() => browser.close());

async function openDialog(page: Page): Promise<void> {
  await page.getByRole("button", { name: "Files" }).click();
  await page.getByRole("dialog", { name: "Files" }).waitFor();
}

async function choose(page: Page, count: number, size: number): Promise<void> {
  const files = Array.from({ length: count }, (_, index) => ({
    name: `reads-${String(index).padStart(4, "0")}.bin`,
    mimeType: "application/octet-stream",
    buffer: Buffer.alloc(size, index),
  }));
  await page.getByLabel("Add files…", { exact: true }).last().setInputFiles(files);
}

test(
  "a thousand files are kept offline, listed, and settled once the network is back",
  patient,
  async () => {
    await using files = await openBench(browser);
    const { page } = files;
    await network(page, "Offline");
    await openDialog(page);
    await choose(page, 1_000, 1_000);
    await page.getByText("1,000 files kept on this device.").waitFor(patient);
    const first = page.locator(".file-row").first();
    await expect.poll(() => first.textContent()).toContain("On this device; goes to the platform.");
    await page.getByText(/^1,000 files to be sent/).waitFor(patient);
    // Only those in sight are drawn.
    expect(await page.locator(".file-row").count()).toBeLessThan(100);
    await page.keyboard.press("Escape");
    await network(page, "Online");
    await openDialog(page);
    await page.getByText("Nothing is on its way.").waitFor(patient);
    await expect
      .poll(() => first.textContent(), patient)
      .toContain("On the platform and on this device.");
  },
);

test("uploads are paused and resumed by a person, and go on to the end", patient, async () => {
  await using files = await openBench(browser);
  const { page } = files;
  await openDialog(page);
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("button", { name: "Pause" }).click();
  await dialog.getByRole("button", { name: "Resume" }).waitFor();
  await choose(page, 3, 300_000);
  await page.getByText("3 files kept on this device.").waitFor(patient);
  const row = page.locator(".file-row").first();
  await expect.poll(() => row.textContent()).toContain("On this device; goes to the platform.");
  await page.getByText("3 files to be sent once you resume.").waitFor(patient);
  await dialog.getByRole("button", { name: "Resume" }).click();
  await expect
    .poll(() => row.textContent(), patient)
    .toContain("On the platform and on this device.");
});

test("what is being kept can be cancelled, and leaves no file behind", patient, async () => {
  await using files = await openBench(browser);
  const { page } = files;
  await network(page, "Offline");
  await openDialog(page);
  // As soon as it shows: a quick machine has kept them all before anybody is told of it outside of the page.
  await page.evaluate(() => {
    new MutationObserver((_, observer) => {
      const cancel = document.querySelector<HTMLButtonElement>(".files-adding button");
      if (cancel === null) return;
      observer.disconnect();
      cancel.click();
      document.body.dataset["cancelled"] = "yes";
    }).observe(document.body, { childList: true, subtree: true });
  });
  await choose(page, 300, 20_000);
  await page.locator("body[data-cancelled]").waitFor(patient);
  await page.locator(".files-adding").waitFor({ state: "hidden", ...patient });
  const notices = page.getByText("300 files kept on this device.");
  expect(await notices.count()).toBe(0);
});
