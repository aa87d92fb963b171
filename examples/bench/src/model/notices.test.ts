import { expect, test } from "vitest";
import { createNotices, type Notices } from "./notices.ts";

/** Notices with a clock that the test moves. */
function opened(): {
  readonly notices: Notices;
  readonly pass: () => void;
  readonly texts: () => string[];
} {
  const waiting: (() => void)[] = [];
  const notices = createNotices((_, callback) => waiting.push(callback));
  return {
    notices,
    pass: () => waiting.splice(0).forEach((callback) => callback()),
    texts: () => notices.get().map(({ text }) => text),
  };
}

test("good news leaves by itself, bad news when it is dismissed", () => {
  const { notices, pass, texts } = opened();
  notices.tell("good", "imported");
  notices.tell("bad", "refused");
  pass();
  expect(texts()).toEqual(["refused"]);
  notices.dismiss(notices.get()[0]?.id ?? 0);
  expect(texts()).toEqual([]);
});

test("the same text is not said twice at once, and the oldest makes room", () => {
  const { notices, texts } = opened();
  for (const text of ["a", "b", "a", "c", "d"]) notices.tell("bad", text);
  expect(texts()).toEqual(["a", "c", "d"]);
});
