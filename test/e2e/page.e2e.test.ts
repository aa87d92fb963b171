import { expect, inject, test } from "vitest";
import { launchChromium } from "../support/chromium.ts";

test("the built example opens in a browser without an error", async () => {
  const browser = await launchChromium();
  try {
    const page = await browser.newPage();
    const errors: Error[] = [];
    page.on("pageerror", (error) => errors.push(error));
    await page.goto(inject("exampleUrl"));
    await page.locator("#root > *").first().waitFor();
    expect(errors).toEqual([]);
  } finally {
    await browser.close();
  }
});
