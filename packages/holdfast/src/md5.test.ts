import { createHash } from "node:crypto";
import { expect, test } from "vitest";
import { newMd5 } from "./md5.ts";

test("bytes fed in pieces have the MD5 that others give them", async () => {
  const bytes = Uint8Array.from({ length: 100_001 }, (_, at) => (at * 7) % 251);
  const md5 = await newMd5();
  for (let from = 0; from < bytes.length; from += 9_999) {
    md5.update(bytes.subarray(from, from + 9_999));
  }
  expect(md5.digest()).toBe(createHash("md5").update(bytes).digest("hex"));
});

test("two at once do not mix, and one after the other begins anew", async () => {
  const [first, second] = [await newMd5(), await newMd5()];
  first.update(Uint8Array.of(97));
  second.update(Uint8Array.of(98));
  expect(first.digest()).toBe("0cc175b9c0f1b6a831c399e269772661");
  expect(second.digest()).toBe("92eb5ffee6ae2fec3ad71c777531578f");
  expect((await newMd5()).digest()).toBe("d41d8cd98f00b204e9800998ecf8427e");
});
