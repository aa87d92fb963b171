import { execFileSync, spawn } from "node:child_process";
import { cpSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import type { Browser } from "playwright";
import { build as buildPage, createServer, type InlineConfig } from "vite";
import { afterAll, beforeAll, expect, test } from "vitest";
import { build } from "../../tools/build.mjs";
import { installPacked } from "../../tools/packed.mjs";
import { launchChromium } from "../support/chromium.ts";
import { openStaticServer } from "../support/static-server.ts";

// An app outside the workspace, with the packages as they would be published and Vite as it is.
let app: string;
let packed: ReturnType<typeof installPacked>;
let browser: Browser;

beforeAll(async () => {
  await build();
  app = mkdtempSync(join(tmpdir(), "holdfast-app-"));
  cpSync(new URL("packed-page", import.meta.url), app, { recursive: true });
  packed = installPacked(app);
  browser = await launchChromium();
});

afterAll(async () => {
  await browser?.close();
  rmSync(app, { recursive: true, force: true });
});

test("a built page settles a record with the packed packages", async () => {
  await buildPage({ ...viteConfig(), build: { target: "esnext" } });
  const site = await openStaticServer(join(app, "dist"));
  try {
    await settleBothWays(site.url);
  } finally {
    await site.close();
  }
});

test("a page of Vite's dev server settles a record with the packed packages", async () => {
  const server = await createServer({ ...viteConfig(), server: { port: 0, host: "localhost" } });
  try {
    await server.listen();
    await settleBothWays(server.resolvedUrls?.local[0] ?? "");
  } finally {
    await server.close();
  }
});

test("every packed entry that is not a worker loads in Node", () => {
  const entries = packed.flatMap(({ manifest }) =>
    Object.entries(manifest.exports)
      .filter(([, targets]) => !targets["default"]?.endsWith(".bundle.js"))
      .map(([entry]) => `${manifest.name}${entry.slice(1)}`),
  );
  expect(entries).toContain("holdfast/in-thread");
  const script = entries.map((entry) => `await import("${entry}");`).join("\n");
  execFileSync(process.execPath, ["--input-type=module", "--eval", script], { cwd: app });
});

test("the packed command serves the platform", async () => {
  const command = join(app, "node_modules/@holdfast/platform/bin/holdfast-platform.js");
  const words = [command, "--port", "0", "--user", "ada=secret", "--project", "Lab"];
  const child = spawn(process.execPath, words, { stdio: ["ignore", "pipe", "inherit"] });
  const ended = new Promise((resolve) => child.once("close", resolve));
  try {
    const line = await firstLine(child.stdout);
    const { url, users } = JSON.parse(line);
    const response = await fetch(`${url}/system/whoami`, {
      method: "POST",
      headers: { authorization: `Bearer ${users[0].token}`, "content-type": "application/json" },
      body: "{}",
    });
    expect(await response.json()).toMatchObject({ id: "user-ada" });
  } finally {
    child.kill();
    await ended;
  }
});

function viteConfig(): InlineConfig {
  return { configFile: false, root: app, base: "./", logLevel: "warn", worker: { format: "es" } };
}

/** With the worker that the package finds by itself, and with the one that the app names. */
async function settleBothWays(url: string): Promise<void> {
  const context = await browser.newContext();
  try {
    const page = await context.newPage();
    await page.goto(url);
    await page.waitForFunction(() => "installed" in globalThis);
    expect(await page.evaluate(() => installed.defaultWorker())).toBe("default is closed");
    expect(await page.evaluate(() => installed.namedWorker())).toBe("named is closed");
  } finally {
    await context.close();
  }
}

async function firstLine(stream: NodeJS.ReadableStream): Promise<string> {
  const lines = createInterface({ input: stream });
  return await new Promise((resolve, reject) => {
    lines.once("line", resolve);
    lines.once("close", () => reject(new Error("it said nothing")));
  });
}
