import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, inject, test } from "vitest";
import { checkClaims } from "../replay/interrupted/check-claims.ts";
import type { RunningBrowser, Tab } from "./engine.ts";
import { engines } from "./engines.ts";
import { type Suite, suites } from "./suites.ts";

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

  for (const suite of Object.keys(suites) as Suite[]) {
    // Each of the interrupted cases has a database of its own, for which it waits most of the time.
    describe(suite, { concurrent: suite === "interrupted" }, () => {
      const cases = suites[suite].map((name, at) => ({ suite, name, at }));
      test.for(cases)("$name", async (asked, { expect }) => {
        const { claims, error } = await tab.evaluate((asked) => inSuites.play(asked), asked);
        expect(error).toBeUndefined();
        checkClaims(claims);
      });
    });
  }
});
