import type { Browser, Page } from "playwright";
import { expect, inject } from "vitest";

/** A fresh person's bench; everything that goes wrong in the page fails the test. */
export async function openBench(
  browser: Browser,
): Promise<AsyncDisposable & { readonly page: Page }> {
  const context = await browser.newContext({ viewport: { width: 1360, height: 820 } });
  const page = await context.newPage();
  const errors: string[] = [];
  page.on("pageerror", (error) => errors.push(error.message));
  await page.goto(inject("exampleUrl"));
  await page.getByRole("grid", { name: "Samples" }).waitFor();
  return {
    page,
    async [Symbol.asyncDispose]() {
      await context.close();
      expect(errors).toEqual([]);
    },
  };
}

export function network(page: Page, name: "Online" | "Flaky" | "Offline"): Promise<void> {
  return page.locator(".switch label", { hasText: name }).click();
}
