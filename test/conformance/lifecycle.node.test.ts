import {
  canBeIn,
  type DataObjectClass,
  dataObjectClasses,
  isForward,
  type LifecycleOperation,
  lifecycleAnswer,
  lifecycleOperations,
  lifecycles,
  type State,
  stateAfterClose,
  states,
} from "@holdfast/core";
import {
  answerOf,
  initialState,
  type Level,
  type LifecycleAnswer,
  levels,
  objectOperations,
} from "@holdfast/platform";
import { describe, expect, test } from "vitest";

// Two lifecycles by two authors, neither made from the other: what the client expects, and what the reference platform
// answers. That they agree says that both read the facts alike.

interface Place {
  readonly class: DataObjectClass;
  readonly state: State;
  readonly operation: LifecycleOperation;
}

const places: readonly Place[] = dataObjectClasses.flatMap((objectClass) =>
  states.flatMap((state) =>
    lifecycleOperations.map((operation) => ({ class: objectClass, state, operation })),
  ),
);

const possible = places.filter((place) => canBeIn(place.class, place.state));

function nameOf(place: Place): string {
  return `${place.operation} of a ${place.state} ${place.class}`;
}

function platformAnswer(place: Place, level: Level = "ADMINISTER"): LifecycleAnswer {
  return answerOf({ ...place, level });
}

/** What each expects once rights do not matter, in the same words. */
function expected(place: Place): string {
  const answer = lifecycleAnswer(place.class, place.state, place.operation);
  if (!answer.allowed) return answer.error;
  return "repeated" in answer ? "done, with detail" : "done";
}

function answered(place: Place): string {
  const answer = platformAnswer(place);
  if (answer.answer === "impossible") return "impossible";
  if (answer.answer === "refused") return answer.error;
  return answer.detail ? "done, with detail" : "done";
}

describe("the two lifecycles", () => {
  test("know the same operations, classes and states", () => {
    expect(new Set(objectOperations)).toEqual(new Set(lifecycleOperations));
    for (const place of places) {
      const isImpossible = platformAnswer(place).answer === "impossible";
      expect([nameOf(place), isImpossible]).toEqual([
        nameOf(place),
        !canBeIn(place.class, place.state),
      ]);
    }
    for (const objectClass of dataObjectClasses) {
      expect(initialState(objectClass)).toBe(lifecycles[objectClass].initial);
    }
  });

  test("answer every operation alike, in every state of every class", () => {
    for (const place of possible) {
      expect([nameOf(place), answered(place)]).toEqual([nameOf(place), expected(place)]);
    }
  });

  test("ask the same level: one lower is refused, the level itself is not", () => {
    for (const place of possible) {
      const answer = lifecycleAnswer(place.class, place.state, place.operation);
      if (!answer.allowed) continue;
      const enough = levels.filter((level) => platformAnswer(place, level).answer === "done");
      const needed = levels.slice(levels.indexOf(answer.level));
      expect([nameOf(place), enough]).toEqual([nameOf(place), needed]);
    }
  });

  test("leave the same state behind, and never an earlier one", () => {
    for (const place of possible) {
      const answer = platformAnswer(place);
      if (answer.answer !== "done" || answer.state === "removed") continue;
      const after =
        place.operation === "close" ? stateAfterClose(place.class, place.state) : place.state;
      expect([nameOf(place), answer.state]).toEqual([nameOf(place), after]);
      expect(isForward(place.class, place.state, answer.state)).toBe(true);
    }
  });
});
