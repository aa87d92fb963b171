import { expect, test } from "vitest";
import { address } from "./background.test-support.ts";
import { parseTag, tagOf } from "./store-tag.ts";

test("a tag says which store it is, and is the same for the same store", () => {
  expect(parseTag(tagOf(address))).toEqual(address);
  expect(tagOf(address)).toBe(
    'holdfast:1:{"api":"https://platform.test","user":"user-ada","name":"holdfast"}',
  );
});

test("a tag of the app, of another release, or that nobody has written here opens no store", () => {
  const tags = [
    "",
    "refresh-news",
    "holdfast",
    "holdfast:1:",
    "holdfast:1:null",
    "holdfast:1:{",
    'holdfast:2:{"api":"https://platform.test","user":"user-ada","name":"holdfast"}',
    'holdfast:1:{"api":"https://platform.test","user":"user-ada"}',
    'holdfast:1:{"api":"https://platform.test","user":"ada","name":"holdfast"}',
    'holdfast:1:{"api":"https://platform.test","user":"user-ada","name":"a:b"}',
    'holdfast:1:{"api":"javascript:1","user":"user-ada","name":"holdfast"}',
    'holdfast:1:{"api":"https://me:secret@platform.test","user":"user-ada","name":"holdfast"}',
    'holdfast:1:{"api":["https://platform.test"],"user":"user-ada","name":"holdfast"}',
  ];
  for (const tag of tags) expect(parseTag(tag), tag).toBeUndefined();
});
