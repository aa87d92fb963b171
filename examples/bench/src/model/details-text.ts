/** Details as a person writes them, or why the platform would not take them. */
export type DetailsText =
  | { readonly ok: true; readonly text: string }
  | { readonly ok: false; readonly message: string };

/**
 * Looks at the text without turning it into numbers: what is handed on is the text itself, so that every digit
 * survives.
 */
export function checkDetails(text: string): DetailsText {
  const trimmed = text.trim();
  if (trimmed === "") return { ok: true, text: "{}" };
  let value: unknown;
  try {
    value = JSON.parse(trimmed);
  } catch (error) {
    return { ok: false, message: `This is not JSON yet: ${whereOf(trimmed, error)}` };
  }
  if (typeof value !== "object" || value === null) {
    return { ok: false, message: "Details are an object { … } or an array [ … ]." };
  }
  return { ok: true, text: trimmed };
}

/** Engines name the place as a position or as line and column, or not at all. */
function whereOf(text: string, error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  const position = /at position (\d+)/.exec(message)?.[1];
  const words = message.replace(/ in JSON.*$| \(line.*$/, "");
  if (position === undefined) return words;
  const before = text.slice(0, Number(position)).split("\n");
  return `${words}, line ${before.length}, column ${(before.at(-1)?.length ?? 0) + 1}.`;
}

/** Indented for reading, unless the detour through a value would change what is written. */
export function prettyDetails(text: string): string {
  const value: unknown = JSON.parse(text);
  if (JSON.stringify(value) !== text) return text;
  return JSON.stringify(value, undefined, 2);
}
