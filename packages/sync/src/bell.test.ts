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

test("who waits for a bell gives up with the signal, however often it waited before", async () => {
  const bell = new Bell();
  const abort = new AbortController();
  for (let round = 0; round < 3; round++) {
    const rung = bell.rung(abort.signal);
    bell.ring();
    await rung;
  }
  const rung = bell.rung(abort.signal);
  abort.abort(new Error("over"));
  await expect(rung).rejects.toThrow("over");
  await expect(bell.rung(abort.signal)).rejects.toThrow("over");
});
