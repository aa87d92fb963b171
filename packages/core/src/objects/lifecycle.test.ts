import { describe, expect, test } from "vitest";
import { type State, states } from "../data-object.ts";
import { type DataObjectClass, dataObjectClasses } from "../ids.ts";
import {
  canBeIn,
  isFixedFieldOperation,
  isForward,
  joinStates,
  type LifecycleAnswer,
  lifecycleAnswer,
  lifecycleOperations,
  lifecycles,
  stateAfterClose,
} from "./lifecycle.ts";

/** One line for an answer: the level, with `=` for a repeat without effect, or the error. */
function line(answer: LifecycleAnswer): string {
  if (!answer.allowed) return answer.error;
  return "repeated" in answer ? `${answer.level}=` : answer.level;
}

/** Per class and state it can be in, the answers in the order of the operations named. */
function table(operations: typeof lifecycleOperations): Record<string, string> {
  return Object.fromEntries(
    dataObjectClasses.flatMap((objectClass) =>
      lifecycles[objectClass].states.map((state) => [
        `${objectClass} ${state}`,
        [
          ...new Set(
            operations.map((operation) => line(lifecycleAnswer(objectClass, state, operation))),
          ),
        ].join(" "),
      ]),
    ),
  );
}

describe("the lifecycle", () => {
  test("lets fixed fields change only while open (DO §4.3)", () => {
    const answers = table(["addTypes", "removeTypes", "setDetails", "setVisibility"]);
    for (const [place, answer] of Object.entries(answers)) {
      expect([place, answer]).toEqual([place, place.endsWith(" open") ? "UPLOAD" : "InvalidState"]);
    }
  });

  test("lets free fields change in every state, for more rights once it is not open", () => {
    const answers = table(["rename", "setProperties", "addTags", "removeTags"]);
    for (const [place, answer] of Object.entries(answers)) {
      expect([place, answer]).toEqual([place, place.endsWith(" open") ? "UPLOAD" : "CONTRIBUTE"]);
    }
  });

  test("answers close as each class does (DO §4.2, §4.4)", () => {
    expect(table(["close"])).toEqual({
      "record open": "UPLOAD",
      "record closing": "UPLOAD=",
      "record closed": "UPLOAD=",
      "file open": "UPLOAD",
      "file closing": "UPLOAD=",
      "file closed": "UPLOAD=",
      "file abandoned": "InvalidState",
      "applet closed": "ResourceNotFound",
      "workflow open": "UPLOAD",
      "workflow closing": "InvalidState",
      "workflow closed": "InvalidState",
      "database open": "UPLOAD",
      "database closing": "InvalidState",
      "database closed": "InvalidState",
      "dbcluster open": "ResourceNotFound",
    });
  });

  test("moves content of files only, in while open and out once closed", () => {
    expect(line(lifecycleAnswer("file", "open", "upload"))).toBe("UPLOAD");
    expect(line(lifecycleAnswer("file", "closing", "upload"))).toBe("InvalidState");
    expect(line(lifecycleAnswer("file", "abandoned", "upload"))).toBe("InvalidState");
    expect(line(lifecycleAnswer("file", "closing", "download"))).toBe("InvalidState");
    expect(line(lifecycleAnswer("file", "closed", "download"))).toBe("VIEW");
    expect(line(lifecycleAnswer("record", "open", "upload"))).toBe("InvalidType");
  });

  test("clones what is closed, of the classes that can be cloned", () => {
    expect(line(lifecycleAnswer("record", "closed", "clone"))).toBe("VIEW");
    expect(line(lifecycleAnswer("record", "closing", "clone"))).toBe("InvalidState");
    expect(line(lifecycleAnswer("applet", "closed", "clone"))).toBe("VIEW");
    expect(line(lifecycleAnswer("database", "closed", "clone"))).toBe("InvalidType");
    expect(line(lifecycleAnswer("dbcluster", "open", "clone"))).toBe("InvalidType");
  });

  test("is total: every operation has an answer in every state of every class", () => {
    for (const objectClass of dataObjectClasses) {
      for (const state of states) {
        for (const operation of lifecycleOperations) {
          expect(line(lifecycleAnswer(objectClass, state, operation))).toMatch(/^[A-Za-z]+=?$/);
        }
      }
    }
  });

  test("begins in a state of the class and goes forward only", () => {
    for (const objectClass of dataObjectClasses) {
      const { initial, states: known } = lifecycles[objectClass];
      expect(canBeIn(objectClass, initial)).toBe(true);
      for (const [index, from] of known.entries()) {
        expect(isForward(objectClass, initial, from)).toBe(true);
        for (const to of known.slice(0, index))
          expect(isForward(objectClass, from, to)).toBe(false);
      }
    }
    expect(isForward("file", "closed", "abandoned")).toBe(false);
    expect(isForward("file", "closing", "abandoned")).toBe(true);
    expect(canBeIn("record", "abandoned")).toBe(false);
    expect(canBeIn("applet", "open")).toBe(false);
  });

  test("an accepted close leads forward, to a state of the class, and a second one nowhere", () => {
    const closable = dataObjectClasses.filter(
      (objectClass) => line(lifecycleAnswer(objectClass, "open", "close")) === "UPLOAD",
    );
    expect(closable).toEqual<DataObjectClass[]>(["record", "file", "workflow", "database"]);
    for (const objectClass of closable) {
      const after = stateAfterClose(objectClass, "open");
      expect(after).toBe(objectClass === "file" ? "closing" : "closed");
      expect(isForward(objectClass, "open", after)).toBe(true);
      for (const state of states.slice(1)) expect(stateAfterClose(objectClass, state)).toBe(state);
    }
    expect(stateAfterClose("dbcluster", "open")).toBe("open");
  });

  test("sightings in any order join to the latest", () => {
    const join = (...seen: readonly State[]): State => seen.reduce(joinStates);
    expect(join("open", "closed", "closing", "open")).toBe("closed");
    expect(join("closing", "open")).toBe("closing");
    expect(join("open", "abandoned", "closing")).toBe("abandoned");
  });

  test("only types, details and visibility are fixed fields", () => {
    const kinds = ["addTypes", "removeTypes", "setDetails", "setVisibility"] as const;
    for (const kind of kinds) expect(isFixedFieldOperation(kind)).toBe(true);
    const others = ["create", "rename", "setProperties", "addTags", "removeTags", "close"] as const;
    for (const kind of others) expect(isFixedFieldOperation(kind)).toBe(false);
  });
});
