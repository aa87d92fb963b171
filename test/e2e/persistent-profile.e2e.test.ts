import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, inject, test } from "vitest";
import { launchPersistentChromium } from "../support/chromium.ts";

test("what the page keeps is there when the browser starts again", async () => {
  const profile = await mkdtemp(join(tmpdir(), "holdfast-profile-"));
  try {
    const first = await launchPersistentChromium(profile);
    const writer = await first.newPage();
    await writer.goto(inject("exampleUrl"));
    await writer.evaluate(() => localStorage.setItem("sample", "S-0041"));
    await first.close();

    const second = await launchPersistentChromium(profile);
    const reader = await second.newPage();
    await reader.goto(inject("exampleUrl"));
    const kept = await reader.evaluate(() => localStorage.getItem("sample"));
    await second.close();
    expect(kept).toBe("S-0041");
  } finally {
    await rm(profile, { recursive: true, force: true });
  }
});
