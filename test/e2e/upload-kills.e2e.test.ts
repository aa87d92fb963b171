import { expect, test } from "vitest";
import { servePage } from "../support/test-page.ts";
import { runUploadKills } from "../upload-kills/upload-kills.ts";

// `npm run upload-kills -- --size 300 --kills 5` is the same for longer.

test("a browser killed while it uploads sends only what was in flight again, and the file is whole", async () => {
  const page = await servePage("test/upload-kills/page");
  try {
    const result = await runUploadKills({ mebibytes: 60, kills: 2, seed: 3, pageUrl: page.url });
    expect(result.failures).toEqual([]);
    expect(result.arrivedBytes).toBeGreaterThanOrEqual(result.bytes);
  } finally {
    await page.close();
  }
});
