import { expect, test } from "vitest";
import { runKills } from "../kills/kills.ts";
import { servePage } from "../support/test-page.ts";

// `npm run kills -- --times 100` is the same for longer.

test("a browser killed with all its processes, again and again, loses and doubles nothing", async () => {
  const page = await servePage("test/kills/page");
  try {
    const result = await runKills({ times: 4, seed: 7, pageUrl: page.url });
    expect(result.failures).toEqual([]);
    expect(result).toMatchObject({ duringReplay: 2, duringBulk: 2 });
    expect(result.unsent).toBeGreaterThan(0);
  } finally {
    await page.close();
  }
});
