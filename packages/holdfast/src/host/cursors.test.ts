import { expect, test } from "vitest";
import { Cursors } from "./cursors.ts";

const rows = Array.from({ length: 1_201 }, (_, index) => index);

test("a long answer is handed out in pages of 500 until nothing is left", () => {
  const cursors = new Cursors();
  const first = cursors.page(rows);
  expect(first.rows).toEqual(rows.slice(0, 500));
  const second = cursors.more(first.cursor ?? 0);
  expect(second).toEqual({ value: { rows: rows.slice(500, 1_000), cursor: first.cursor } });
  expect(cursors.more(first.cursor ?? 0)).toEqual({ value: { rows: rows.slice(1_000) } });
  expect(cursors.more(first.cursor ?? 0)).toMatchObject({ failure: { code: "ResourceNotFound" } });
});

test("a short answer has no cursor", () => {
  expect(new Cursors().page([1, 2])).toEqual({ rows: [1, 2] });
});

test("answers that nobody fetches are forgotten, the oldest first", () => {
  const cursors = new Cursors();
  const pages = Array.from({ length: 257 }, () => cursors.page(rows));
  expect(cursors.more(pages[0]?.cursor ?? 0)).toHaveProperty("failure");
  expect(cursors.more(pages[1]?.cursor ?? 0)).toHaveProperty("value");
});

test("the answer to a write is kept whatever else is asked for", () => {
  const cursors = new Cursors();
  const written = cursors.pageOfWrite(rows);
  for (let n = 0; n < 1_000; n++) cursors.page(rows);
  expect(cursors.more(written.cursor ?? 0)).toHaveProperty("value.rows", rows.slice(500, 1_000));
  for (let n = 0; n < 1_000; n++) cursors.page(rows);
  expect(cursors.more(written.cursor ?? 0)).toHaveProperty("value.rows", rows.slice(1_000));
});
