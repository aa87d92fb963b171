// Takes pictures of the sample bench in every state worth looking at: node --conditions=source test/e2e/screenshots.ts
// [FOLDER]. Wants a built example (npm run build); the pictures are for eyes, no test compares them.
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { argv, stdout } from "node:process";
import { fileURLToPath } from "node:url";
import type { Browser, BrowserContextOptions, Page } from "playwright";
import { launchChromium } from "../support/chromium.ts";
import { openStaticServer } from "../support/static-server.ts";

const wide = { viewport: { width: 1360, height: 820 } };
const narrow = { viewport: { width: 390, height: 780 } };
const folder = argv[2] ?? fileURLToPath(new URL(".cache/screenshots", import.meta.url));
const root = fileURLToPath(new URL("../../examples/bench/dist", import.meta.url));

/** As large as the largest sheet people have tried, with its columns. */
function sheetOf(count: number): string {
  const populations = ["GBR EUR", "FIN EUR", "CHS EAS", "PUR AMR", "CDX EAS", "YRI AFR", "GIH SAS"];
  const rows = Array.from({ length: count }, (_, index) => {
    const [pop, superPop] = (populations[index % populations.length] ?? "").split(" ");
    const name = `HG${String(96 + index).padStart(5, "0")}`;
    return [name, pop, superPop, index % 2 === 0 ? "male" : "female"].join("\t");
  });
  return ["sample\tpop\tsuper_pop\tgender\t\t", ...rows].join("\n");
}

async function choose(page: Page, count: number): Promise<void> {
  await page.keyboard.press("i");
  const buffer = Buffer.from(sheetOf(count));
  const file = { name: "phase3.panel", mimeType: "text/plain", buffer };
  await page.locator("input[type=file]").setInputFiles(file);
}

async function fill(page: Page, count: number): Promise<void> {
  await choose(page, count);
  await page.getByRole("button", { name: /^Import \d/ }).click();
  await page.getByRole("dialog").waitFor({ state: "hidden", timeout: 60_000 });
}

async function settle(page: Page): Promise<void> {
  await page.getByText("Up to date").waitFor({ timeout: 180_000 });
}

function network(page: Page, name: string): Promise<void> {
  return page.locator(".switch label").filter({ hasText: name }).click({ force: true });
}

function make(page: Page, trouble: string): Promise<void> {
  return page
    .getByRole("button", { name: "Trouble" })
    .click()
    .then(() => page.locator(".menu-item", { hasText: trouble }).click());
}

async function create(page: Page, name: string): Promise<void> {
  await page.keyboard.press("n");
  await page.getByRole("dialog").getByLabel("Name", { exact: true }).fill(name);
  await page.getByRole("button", { name: "Create", exact: true }).click();
  await page.getByRole("dialog").waitFor({ state: "hidden" });
}

async function addFiles(page: Page, count: number, size: number): Promise<void> {
  const files = Array.from({ length: count }, (_, index) => ({
    name: `reads-${index}.bin`,
    mimeType: "application/octet-stream",
    buffer: Buffer.alloc(size, index),
  }));
  await page.getByLabel("Add files…", { exact: true }).last().setInputFiles(files);
  await page.getByText(/kept on this device\.$/).waitFor({ timeout: 240_000 });
}

type Shoot = (name: string) => Promise<void>;

const scenes: Readonly<
  Record<string, readonly [BrowserContextOptions, (page: Page, shoot: Shoot) => Promise<void>]>
> = {
  empty: [wide, (_, shoot) => shoot("empty")],
  five: [
    wide,
    async (page, shoot) => {
      await choose(page, 5);
      await page.getByText("has 5 samples").waitFor();
      await shoot("preview");
      await page.getByRole("button", { name: "Import 5" }).click();
      await settle(page);
      await page.getByRole("grid").getByText("HG00098").click();
      await shoot("five");
      await page.keyboard.press("c");
      await shoot("close");
      await page.getByRole("button", { name: "Close it" }).click();
      await settle(page);
      await page.getByRole("tab", { name: /Done/ }).click();
      await shoot("closed");
    },
  ],
  thousands: [
    wide,
    async (page, shoot) => {
      await network(page, "Offline");
      await fill(page, 2_535);
      await shoot("offline");
      await network(page, "Online");
      await page.getByText(/^\d{3} of 2,/).waitFor({ timeout: 60_000 });
      await shoot("replaying");
      await settle(page);
      await shoot("all");
    },
  ],
  parked: [
    wide,
    async (page, shoot) => {
      await fill(page, 12);
      await settle(page);
      await make(page, "Refuse the next create");
      await create(page, "S-41");
      await page.getByText("1 change parked").waitFor();
      await page.getByRole("tab", { name: /Parked/ }).click();
      await shoot("parked-one");
      await page.getByRole("button", { name: /^Edit: Create, S-41/ }).click();
      await shoot("parked-edit");
      await page.keyboard.press("Escape");
      await make(page, "Level UPLOAD");
      await page.keyboard.press("Escape");
      for (const name of ["S-42", "S-43"]) await create(page, name);
      await page.getByText("3 changes parked").waitFor();
      await shoot("parked");
      await page.getByText("Discard all").first().click();
      await shoot("discard");
    },
  ],
  token: [
    wide,
    async (page, shoot) => {
      await fill(page, 5);
      await settle(page);
      await make(page, "Refuse the token");
      await create(page, "S-44");
      await page.getByText("Token needed").waitFor();
      await shoot("token");
    },
  ],
  files: [
    wide,
    async (page, shoot) => {
      await page.getByRole("button", { name: "Files" }).click();
      await shoot("files-none");
      await page.keyboard.press("Escape");
      await network(page, "Offline");
      await page.getByRole("button", { name: "Files" }).click();
      await addFiles(page, 3, 300_000);
      await shoot("files-offline");
      await page.keyboard.press("Escape");
      await network(page, "Online");
      await settle(page);
      await page.getByRole("button", { name: "Files" }).click();
      await page.getByRole("button", { name: "Keep reads-0.bin offline" }).click();
      await shoot("files");
    },
  ],
  filesFailing: [
    wide,
    async (page, shoot) => {
      await make(page, "Refuse the next create");
      await page.keyboard.press("Escape");
      await page.getByRole("button", { name: "Files" }).click();
      await addFiles(page, 2, 1_000);
      await page.getByText("Waits for a decision").waitFor();
      await shoot("files-failing");
    },
  ],
  filesMany: [
    wide,
    async (page, shoot) => {
      await network(page, "Offline");
      await page.getByRole("button", { name: "Files" }).click();
      await addFiles(page, 1_000, 10);
      await shoot("files-many");
    },
  ],
  filesDark: [
    { ...narrow, colorScheme: "dark" },
    async (page, shoot) => {
      await page.getByRole("button", { name: "Files" }).click();
      await addFiles(page, 6, 2_000_000);
      await shoot("files-dark-narrow");
    },
  ],
  dark: [
    { ...wide, colorScheme: "dark" },
    async (page, shoot) => {
      await fill(page, 200);
      await page.getByRole("grid").getByText("HG00099").click();
      await shoot("dark");
      await page.keyboard.press("n");
      await shoot("dark-new");
    },
  ],
  narrow: [
    narrow,
    async (page, shoot) => {
      await shoot("narrow-empty");
      await network(page, "Offline");
      await fill(page, 200);
      await shoot("narrow");
      await page.getByRole("grid").getByText("HG00099").click();
      await shoot("narrow-sample");
      await page.getByRole("navigation").getByText("Outbox").click();
      await shoot("narrow-outbox");
    },
  ],
  medium: [
    { viewport: { width: 900, height: 640 } },
    async (page, shoot) => {
      await fill(page, 60);
      await shoot("medium");
    },
  ],
};

async function play(browser: Browser, url: string, scene: keyof typeof scenes): Promise<void> {
  const [options, act] = scenes[scene] ?? [];
  const context = await browser.newContext(options ?? {});
  const page = await context.newPage();
  page.on("pageerror", (error) => stdout.write(`${scene}: ${error.message}\n`));
  await page.goto(url);
  await page.getByRole("grid").waitFor();
  await act?.(page, async (name) => {
    await page.screenshot({ path: join(folder, `${name}.png`), animations: "disabled" });
  });
  await context.close();
}

await mkdir(folder, { recursive: true });
const server = await openStaticServer(root);
const browser = await launchChromium();
const only = argv.slice(3);
for (const scene of Object.keys(scenes)) {
  if (only.length === 0 || only.includes(scene)) await play(browser, server.url, scene);
}
await browser.close();
await server.close();
stdout.write(`${folder}\n`);
