// Small and without a test runner: the same facts run in Node, in a worker thread and in a browser.

export class Broken extends Error {
  override readonly name = "Broken";
}

export function holds(condition: boolean, what: string): asserts condition {
  if (!condition) throw new Broken(what);
}

export function equal(actual: unknown, expected: unknown, what = "value"): void {
  const [left, right] = [textOf(actual), textOf(expected)];
  if (left !== right) throw new Broken(`${what}: ${left} instead of ${right}`);
}

/** Whatever the order. */
export function sameSet(actual: unknown, expected: readonly unknown[], what = "set"): void {
  holds(Array.isArray(actual), `${what}: ${textOf(actual)} is no array`);
  equal(actual.map(textOf).sort(), expected.map(textOf).sort(), what);
}

export function keysOf(value: unknown): readonly string[] {
  return Object.keys(value as object).sort();
}

/** JSON with sorted keys. */
function textOf(value: unknown): string {
  return (
    JSON.stringify(value, (_, inner: unknown) =>
      typeof inner === "object" && inner !== null && !Array.isArray(inner)
        ? Object.fromEntries(
            Object.entries(inner).sort(([left], [right]) => (left < right ? -1 : 1)),
          )
        : inner,
    ) ?? "undefined"
  );
}
