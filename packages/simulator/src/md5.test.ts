import { createHash } from "node:crypto";
import { expect, test } from "vitest";
import { md5Of, newMd5 } from "./md5.ts";

test("it is the MD5 that others make, at any length", async () => {
  for (const length of [0, 1, 55, 56, 63, 64, 65, 119, 120, 1_000]) {
    const bytes = Uint8Array.from({ length }, (_, index) => (index * 37) % 251);
    const digest = createHash("md5").update(bytes).digest("hex");
    expect(md5Of(bytes)).toBe(digest);
    const md5 = await newMd5();
    md5.update(bytes.subarray(0, 10));
    md5.update(bytes.subarray(10));
    expect(md5.digest()).toBe(digest);
  }
});
