import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, inject, test } from "vitest";
import { checkClaims } from "../replay/interrupted/check-claims.ts";
import type { RunningBrowser, Tab } from "./engine.ts";
import { engines } from "./engines.ts";
import { suites } from "./suites.ts";

// What test/browser shows of Chromium, in every engine that is there.

describe.for(engines().filter(({ engine }) => engine !== undefined))("$name", ({ engine }) => {
  let profile: string;
  let browser: RunningBrowser | undefined;
  let tab: Tab;

  beforeAll(async () => {
    profile = await mkdtemp(join(tmpdir(), "holdfast-suites-"));
    browser = await engine?.start(profile);
    if (browser !== undefined) tab = await browser.openTab(inject("suitesUrl"));
  });

  afterAll(async () => {
    await browser?.close();
    await rm(profile, { recursive: true, force: true, maxRetries: 5 });
  });

  describe.for(Object.entries(suites))("%s", ([suite, names]) => {
    test.for(names.map((name, at) => ({ name, at })))("$name", async ({ name, at }) => {
      const given = { suite: suite as keyof typeof suites, name, at };
      const { claims, error } = await tab.evaluate((asked) => inSuites.play(asked), given);
      expect(error).toBeUndefined();
      checkClaims(claims);
    });
  });
});
