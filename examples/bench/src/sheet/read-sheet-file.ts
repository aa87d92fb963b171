import { refuse, type SheetResult } from "./sheet.ts";

/** Ten times the largest sheet we have seen; a browser tab still reads it without trouble. */
export const maxSheetBytes: number = 20 * 1024 * 1024;

/** What is asked of a `File`; tests hand in less than one. */
export interface SheetFile {
  readonly name: string;
  readonly size: number;
  arrayBuffer(): Promise<ArrayBuffer>;
}

/** The text of a sheet file, or why it is none. Never throws: a file may vanish between choosing and reading. */
export async function readSheetFile(file: SheetFile): Promise<SheetResult<string>> {
  if (file.size === 0) return refuse({ message: `${file.name} is empty.` });
  if (file.size > maxSheetBytes) {
    return refuse({
      message: `${file.name} is larger than ${maxSheetBytes / 1024 / 1024} MB. Split it and import the pieces.`,
    });
  }
  let bytes: Uint8Array;
  try {
    bytes = new Uint8Array(await file.arrayBuffer());
  } catch {
    return refuse({
      message: `${file.name} could not be read. It may have been moved, or it is a folder: choose it again.`,
    });
  }
  return decodeSheet(file.name, bytes);
}

/** UTF-8, or UTF-16 with its mark (what spreadsheets call "Unicode text"). */
export function decodeSheet(fileName: string, bytes: Uint8Array): SheetResult<string> {
  if (startsWith(bytes, [0x50, 0x4b, 0x03, 0x04])) {
    return refuse({
      message: `${fileName} is a workbook or an archive. Save the sheet as CSV or tab-separated text first.`,
    });
  }
  if (startsWith(bytes, [0x1f, 0x8b])) {
    return refuse({ message: `${fileName} is compressed. Unpack it first.` });
  }
  const encoding = encodingOf(bytes);
  let text: string;
  try {
    text = new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    return refuse({
      message: bytes.includes(0)
        ? `${fileName} is not a text file.`
        : `${fileName} is not UTF-8 text. Save it with the encoding UTF-8.`,
    });
  }
  if (holdsControlCharacters(text)) return refuse({ message: `${fileName} is not a text file.` });
  if (text.trim() === "") return refuse({ message: `${fileName} is empty.` });
  return { ok: true, value: text };
}

function encodingOf(bytes: Uint8Array): "utf-8" | "utf-16le" | "utf-16be" {
  if (startsWith(bytes, [0xff, 0xfe])) return "utf-16le";
  if (startsWith(bytes, [0xfe, 0xff])) return "utf-16be";
  return "utf-8";
}

/** What no text holds: controls other than tab, line feed and carriage return (the platform refuses them too). */
function holdsControlCharacters(text: string): boolean {
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index);
    if (code < 32 && code !== 9 && code !== 10 && code !== 13) return true;
  }
  return false;
}

function startsWith(bytes: Uint8Array, mark: readonly number[]): boolean {
  return mark.every((byte, index) => bytes[index] === byte);
}
