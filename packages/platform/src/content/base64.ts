/** `String.fromCharCode` takes its characters as arguments, of which there may not be too many. */
const chunkBytes = 0x8000;

export function toBase64(bytes: Uint8Array): string {
  let text = "";
  for (let offset = 0; offset < bytes.length; offset += chunkBytes) {
    text += String.fromCharCode(...bytes.subarray(offset, offset + chunkBytes));
  }
  return btoa(text);
}

/** Undefined where the text is no base64. */
export function fromBase64(text: string): Uint8Array<ArrayBuffer> | undefined {
  let binary: string;
  try {
    binary = atob(text);
  } catch {
    return undefined;
  }
  return Uint8Array.from(binary, (character) => character.charCodeAt(0));
}
