import { settleMicrotasks } from "@holdfast/core/testing";
import { expect, test } from "vitest";
import { Bell } from "./bell.ts";

const never = new AbortController().signal;

test("a bell keeps a ring that nobody waited for, and only one", async () => {
  const bell = new Bell();
  bell.ring();
  bell.ring();
  await bell.rung(never);
  let isRung = false;
  void bell.rung(never).then(() => {
    isRung = true;
  });
  await settleMicrotasks();
  expect(isRung).toBe(false);
  bell.ring();
  await settleMicrotasks();
  expect(isRung).toBe(true);
});
