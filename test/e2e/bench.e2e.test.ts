import type { Browser, Page } from "playwright";
import { afterAll, beforeAll, expect, test } from "vitest";
import { launchChromium } from "../support/chromium.ts";
import { network, openBench } from "./bench-page.ts";

const sheet = `sample,pop,sex
S-1,GBR,female
S-2,GBR,male
S-3,FIN,female
S-4,FIN,male
S-5,CEU,female
`;

let browser: Browser;

beforeAll(async () => {
  browser = await launchChromium();
});

afterAll(() => browser.close());

async function chooseSheet(page: Page, text: string): Promise<void> {
  await page.keyboard.press("i");
  await page
    .locator("input[type=file]")
    .setInputFiles({ name: "run-7.csv", mimeType: "text/csv", buffer: Buffer.from(text) });
}

async function importSheet(page: Page, text: string): Promise<void> {
  await chooseSheet(page, text);
  await page.getByRole("button", { name: /^Import \d/ }).click();
  // Where it stays open, its words say why.
  const words = (): Promise<string[]> => page.getByRole("dialog").allInnerTexts();
  await expect.poll(words).toEqual([]);
}

/** Rows whose text holds all of this. */
function rows(page: Page, ...texts: readonly string[]): ReturnType<Page["locator"]> {
  return texts.reduce(
    (found, text) => found.filter({ hasText: text }),
    page.getByRole("row").filter({ has: page.getByRole("checkbox") }),
  );
}

function unconfirmed(page: Page): ReturnType<Page["locator"]> {
  return rows(page, "closed").filter({ hasNotText: "Confirmed" });
}

/** The deadline is far off, for machines with much else to do. */
function becomes(count: number, found: () => ReturnType<Page["locator"]>): Promise<void> {
  return expect.poll(() => found().count()).toBe(count);
}

test("samples closed offline are closed on the platform once it is back, whatever the tab went through", async () => {
  await using bench = await openBench(browser);
  const { page } = bench;
  await importSheet(page, sheet);
  await becomes(5, () => rows(page, "open", "Confirmed"));

  await network(page, "Offline");
  await page.getByRole("button", { name: "Close all shown" }).click();
  await page.getByRole("button", { name: "Close 5" }).click();
  await becomes(5, () => unconfirmed(page));

  await page.reload();
  await becomes(5, () => unconfirmed(page));
  await page.getByText("5 changes wait").waitFor();

  await network(page, "Online");
  await becomes(5, () => rows(page, "closed", "Confirmed"));
  await page.getByText("Up to date").waitFor();
  expect(await page.getByRole("tab", { name: /^Done/ }).innerText()).toMatch(/10/);
});

test("a refused create is parked with its reason, and goes through when it is retried", async () => {
  await using bench = await openBench(browser);
  const { page } = bench;
  await page.getByRole("button", { name: "Trouble" }).click();
  await page.getByRole("button", { name: "Refuse the next create" }).click();
  await page.keyboard.press("n");
  await page.getByLabel("Name", { exact: true }).fill("S-6");
  await page.getByRole("button", { name: "Create", exact: true }).click();
  await becomes(1, () => rows(page, "S-6", "Parked"));

  await page.getByRole("tab", { name: /^Parked/ }).click();
  await page.getByText("Your level in the project does not allow it").waitFor();
  await page.getByRole("button", { name: "Retry", exact: true }).click();
  await becomes(1, () => rows(page, "S-6", "Confirmed"));
  await page.getByText("Nothing is parked").waitFor();
});

test("a sheet that is here already is recognised, and only what is new is imported", async () => {
  await using bench = await openBench(browser);
  const { page } = bench;
  await importSheet(page, sheet);
  await chooseSheet(page, sheet);
  await page.getByText("All of these samples are on the bench already").waitFor();
  expect(await page.getByRole("button", { name: "Import", exact: true }).last().isDisabled()).toBe(
    true,
  );
  await page.keyboard.press("Escape");
  await importSheet(page, `${sheet}S-6,FIN,male\n`);
  await becomes(6, () => rows(page));
});

test("a sheet with mistakes is refused with row and column, and nothing of it is imported", async () => {
  await using bench = await openBench(browser);
  const { page } = bench;
  await chooseSheet(page, `${sheet}S-1,FIN,male\n,FIN,male\n`);
  await page.getByText("Row 7, sample").waitFor();
  await page.getByText("Row 8, sample").waitFor();
  expect(await page.getByRole("button", { name: "Import", exact: true }).last().isDisabled()).toBe(
    true,
  );
  await page.keyboard.press("Escape");
  await page.getByText("The bench is empty").waitFor();
});

test("the list is worked by keys alone, and a narrow window shows one pane without overflow", async () => {
  await using bench = await openBench(browser);
  const { page } = bench;
  await importSheet(page, sheet);
  await becomes(5, () => rows(page));
  await page.keyboard.press("/");
  await page.keyboard.type("pop:GBR");
  await becomes(2, () => rows(page));
  for (const key of ["Enter", "ArrowDown", "ArrowDown", "Enter"]) await page.keyboard.press(key);
  await expect.poll(() => page.getByLabel("Name", { exact: true }).inputValue()).toBe("S-2");

  await page.setViewportSize({ width: 390, height: 780 });
  const width = await page.evaluate(() => document.documentElement.scrollWidth);
  expect(width).toBe(390);
  await page.getByRole("navigation", { name: "Panes" }).getByText("Outbox").click();
  expect(await page.getByRole("heading", { name: "Outbox" }).isVisible()).toBe(true);
});
