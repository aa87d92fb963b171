import { expect, test } from "vitest";
import { maxSheetBytes, readSheetFile, type SheetFile } from "./read-sheet-file.ts";

function file(content: string | readonly number[], over: Partial<SheetFile> = {}): SheetFile {
  const bytes =
    typeof content === "string" ? new TextEncoder().encode(content) : Uint8Array.from(content);
  return {
    name: "run-7.csv",
    size: bytes.length,
    arrayBuffer: () => Promise.resolve(bytes.buffer),
    ...over,
  };
}

test("a text file is read", async () => {
  expect(await readSheetFile(file("sample\nÄ-1\n"))).toEqual({ ok: true, value: "sample\nÄ-1\n" });
});

test("Unicode text of a spreadsheet is read by its mark", async () => {
  const units = [...'sample\n"Ä"\n'].flatMap((character) => [character.charCodeAt(0) & 255, 0]);
  expect(await readSheetFile(file([0xff, 0xfe, ...units]))).toEqual({
    ok: true,
    value: 'sample\n"Ä"\n',
  });
});

test.each([
  ["empty", file(""), "is empty"],
  ["blank", file(" \n\n"), "is empty"],
  ["a workbook", file([0x50, 0x4b, 3, 4, 0, 0]), "Save the sheet as CSV"],
  ["compressed", file([0x1f, 0x8b, 8]), "Unpack it"],
  ["binary", file([0x89, 0x50, 0x4e, 0x47, 0, 1, 2]), "not a text file"],
  ["binary that happens to decode", file([65, 66, 1, 2, 0]), "not a text file"],
  ["in another encoding", file([65, 0xe4, 66]), "encoding UTF-8"],
  ["too large", file("x", { size: maxSheetBytes + 1 }), "Split it"],
  [
    "gone",
    file("x", { arrayBuffer: () => Promise.reject(new DOMException("gone", "NotFoundError")) }),
    "choose it again",
  ],
])("a file that is %s is refused with what to do", async (_, candidate, message) => {
  const result = await readSheetFile(candidate);
  expect(result.ok ? [] : result.problems.map((problem) => problem.message)).toEqual([
    expect.stringContaining(message),
  ]);
});
