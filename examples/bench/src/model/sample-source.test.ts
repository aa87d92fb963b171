import type { Difference } from "holdfast";
import { Subject } from "rxjs";
import { describe, expect, test } from "vitest";
import { openSampleSource, type SampleSource } from "./sample-source.ts";
import { sampleOf } from "./sample.test-support.ts";

/** A source whose paints come when the test says so. */
function opened(): {
  readonly source: SampleSource;
  readonly differences: Subject<Difference>;
  readonly paint: () => void;
  readonly errors: unknown[];
} {
  const differences = new Subject<Difference>();
  const errors: unknown[] = [];
  let next: (() => void) | undefined;
  const schedule = (callback: () => void): (() => void) => {
    next = callback;
    return () => {
      next = undefined;
    };
  };
  const source = openSampleSource(differences, schedule, (error) => errors.push(error));
  return { source, differences, errors, paint: () => next?.() };
}

const [a, b, c] = [sampleOf("a"), sampleOf("b"), sampleOf("c")];

describe("the samples of a live query", () => {
  test("are not loaded before the first answer", () => {
    expect(opened().source.get()).toMatchObject({ isLoaded: false });
  });

  test("are shown once a paint, however many differences come", () => {
    const { source, differences, paint } = opened();
    let shown = 0;
    source.subscribe(() => (shown += 1));
    differences.next({ kind: "reset", rows: [a, b] });
    differences.next({ kind: "patch", removed: [a.key], put: [{ at: 1, row: c }] });
    expect(shown).toBe(0);
    paint();
    expect(shown).toBe(1);
    expect([...source.get().byKey.keys()]).toEqual(["b", "c"]);
  });

  test("stay as they were handed out when more comes", () => {
    const { source, differences, paint } = opened();
    differences.next({ kind: "reset", rows: [a] });
    paint();
    const before = source.get();
    differences.next({ kind: "patch", removed: [], put: [{ at: 1, row: b }] });
    expect(before.byKey.size).toBe(1);
    paint();
    expect(source.get().byKey.size).toBe(2);
    expect(source.get().byKey.get("a")).toBe(a);
  });

  test("tell of an error instead of falling silent", () => {
    const { differences, errors } = opened();
    differences.error("broken");
    expect(errors).toEqual(["broken"]);
  });

  test("come no more after the close", () => {
    const { source, differences, paint } = opened();
    differences.next({ kind: "reset", rows: [a] });
    source.close();
    paint();
    expect(source.get().isLoaded).toBe(false);
    expect(differences.observed).toBe(false);
  });
});
