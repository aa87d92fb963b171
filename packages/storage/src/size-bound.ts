/**
 * An upper bound of the bytes a value takes serialised by structured clone, cheap enough for every put: two
 * bytes a character (one-byte strings take one), 16 for what surrounds a value.
 */
export function sizeBound(value: unknown): number {
  switch (typeof value) {
    case "string":
      return 16 + 2 * value.length;
    case "object": {
      if (value === null) return 16;
      let bytes = 16;
      if (Array.isArray(value)) {
        for (const item of value) bytes += sizeBound(item);
      } else {
        for (const name in value) {
          bytes += 16 + 2 * name.length + sizeBound((value as Record<string, unknown>)[name]);
        }
      }
      return bytes;
    }
    default:
      return 16;
  }
}
