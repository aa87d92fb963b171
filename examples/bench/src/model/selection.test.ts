import { describe, expect, test } from "vitest";
import {
  chooseAll,
  clearChosen,
  extendTo,
  keepExisting,
  moveTo,
  neighbour,
  noSelection,
  toggle,
} from "./selection.ts";

const shown = ["a", "b", "c", "d", "e"];

describe("choosing rows", () => {
  test("a range reaches from the anchor, in both directions, and can be drawn anew", () => {
    const anchored = toggle(noSelection, "c");
    expect([...extendTo(anchored, "e", shown).chosen]).toEqual(["c", "d", "e"]);
    expect(extendTo(anchored, "a", shown).chosen).toEqual(new Set(["a", "b", "c"]));
    expect(extendTo(anchored, "e", shown).anchor).toBe("c");
  });

  test("a range from a row that is not shown any more is the row alone", () => {
    const anchored = toggle(noSelection, "gone");
    expect(extendTo(anchored, "b", shown).chosen).toEqual(new Set(["gone", "b"]));
  });

  test("a row is chosen and let go", () => {
    expect(toggle(toggle(noSelection, "b"), "b").chosen).toEqual(new Set());
  });

  test("all shown are chosen, and cleared", () => {
    const all = chooseAll(noSelection, shown);
    expect(all.chosen.size).toBe(5);
    expect(clearChosen(all).chosen.size).toBe(0);
    expect(clearChosen(noSelection)).toBe(noSelection);
  });

  test("what has gone is forgotten, and nothing else touched", () => {
    const selection = toggle(toggle(noSelection, "a"), "b");
    expect(keepExisting(selection, (key) => key !== "b")).toEqual({
      chosen: new Set(["a"]),
      active: undefined,
      anchor: undefined,
    });
    expect(keepExisting(selection, () => true)).toBe(selection);
  });
});

describe("moving with the keyboard", () => {
  test("begins at the nearer end", () => {
    expect(neighbour(noSelection, shown, 1)).toBe("a");
    expect(neighbour(noSelection, shown, -1)).toBe("e");
  });

  test("stays inside the list", () => {
    expect(neighbour(moveTo(noSelection, "d"), shown, 10)).toBe("e");
    expect(neighbour(moveTo(noSelection, "b"), shown, -10)).toBe("a");
    expect(neighbour(noSelection, [], 1)).toBeUndefined();
  });
});
