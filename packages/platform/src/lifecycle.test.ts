import { type DataObjectClass, dataObjectClasses, type State, states } from "@holdfast/core";
import { expect, test } from "vitest";
import { levels } from "./levels.ts";
import { answerOf, initialState, lifecycle, objectOperations } from "./lifecycle.ts";

const everyQuestion = dataObjectClasses.flatMap((objectClass) =>
  states.flatMap((state) =>
    objectOperations.flatMap((operation) =>
      levels.map((level) => ({ class: objectClass, state, operation, level })),
    ),
  ),
);

const order: readonly (State | "removed")[] = ["open", "closing", "closed", "abandoned", "removed"];

test("every class answers every operation in every state it can be in, at every level", () => {
  for (const question of everyQuestion) {
    const { answer } = answerOf(question);
    const canBe = lifecycle[question.class][question.state] !== undefined;
    expect(answer === "impossible", JSON.stringify(question)).toBe(!canBe);
  }
});

test("no operation takes an object back to an earlier state", () => {
  for (const question of everyQuestion) {
    const answer = answerOf(question);
    if (answer.answer !== "done") continue;
    expect(order.indexOf(answer.state), JSON.stringify(question)).toBeGreaterThanOrEqual(
      order.indexOf(question.state),
    );
  }
});

test("a higher level never turns success into refusal", () => {
  for (const question of everyQuestion) {
    if (answerOf(question).answer !== "done") continue;
    for (const level of levels.slice(levels.indexOf(question.level))) {
      expect(answerOf({ ...question, level }).answer).toBe("done");
    }
  }
});

test("whoever sees nothing is told that nothing is there", () => {
  for (const question of everyQuestion.filter(({ level }) => level === "NONE")) {
    const answer = answerOf(question);
    if (answer.answer === "impossible") continue;
    expect(answer).toMatchObject({ answer: "refused", error: "ResourceNotFound" });
  }
});

test("fixed fields change only while open, free fields in every state but for a higher level", () => {
  const fixed = ["addTypes", "removeTypes", "setDetails", "setVisibility"] as const;
  const free = ["rename", "setProperties", "addTags", "removeTags"] as const;
  for (const objectClass of dataObjectClasses) {
    for (const state of states) {
      if (lifecycle[objectClass][state] === undefined) continue;
      for (const operation of fixed) {
        expect(
          answerOf({ class: objectClass, state, operation, level: "ADMINISTER" }),
        ).toMatchObject(
          state === "open" ? { answer: "done" } : { answer: "refused", error: "InvalidState" },
        );
      }
      for (const operation of free) {
        const question = { class: objectClass, state, operation };
        expect(answerOf({ ...question, level: "CONTRIBUTE" }).answer).toBe("done");
        expect(answerOf({ ...question, level: "UPLOAD" })).toMatchObject(
          state === "open"
            ? { answer: "done" }
            : { error: "PermissionDenied", needed: "CONTRIBUTE" },
        );
      }
    }
  }
});

test.each<[DataObjectClass, State, object]>([
  ["record", "open", { answer: "done", state: "closed", detail: false }],
  ["record", "closing", { answer: "done", state: "closing", detail: true }],
  ["record", "closed", { answer: "done", state: "closed", detail: true }],
  ["file", "open", { answer: "done", state: "closing", detail: false }],
  ["file", "closing", { answer: "done", state: "closing", detail: true }],
  ["file", "closed", { answer: "done", state: "closed", detail: true }],
  ["file", "abandoned", { answer: "refused", error: "InvalidState" }],
  ["applet", "closed", { answer: "refused", error: "ResourceNotFound" }],
  ["workflow", "open", { answer: "done", state: "closed", detail: false }],
  ["workflow", "closed", { answer: "refused", error: "InvalidState" }],
  ["database", "open", { answer: "done", state: "closed", detail: false }],
  ["database", "closed", { answer: "refused", error: "InvalidState" }],
  ["dbcluster", "open", { answer: "refused", error: "ResourceNotFound" }],
])("close of a %s that is %s", (objectClass, state, answer) => {
  expect(answerOf({ class: objectClass, state, operation: "close", level: "UPLOAD" })).toEqual(
    answer,
  );
});

test("a protected container lets only an administrator remove", () => {
  const question = { class: "record", state: "closed", operation: "remove" } as const;
  expect(answerOf({ ...question, level: "CONTRIBUTE" })).toMatchObject({ state: "removed" });
  expect(answerOf({ ...question, level: "CONTRIBUTE", protected: true })).toMatchObject({
    error: "PermissionDenied",
    needed: "ADMINISTER",
  });
  expect(answerOf({ ...question, level: "ADMINISTER", protected: true }).answer).toBe("done");
});

test("only closed objects of classes that may live in several projects are cloned", () => {
  const clone = (objectClass: DataObjectClass, state: State) =>
    answerOf({ class: objectClass, state, operation: "clone", level: "VIEW" });
  expect(clone("record", "open")).toMatchObject({ error: "InvalidState" });
  expect(clone("file", "closing")).toMatchObject({ error: "InvalidState" });
  expect(clone("applet", "closed").answer).toBe("done");
  expect(clone("database", "closed").answer).toBe("refused");
  expect(clone("dbcluster", "open").answer).toBe("refused");
});

test("a file takes content while open and gives it once closed; no other class has content", () => {
  const ask = (objectClass: DataObjectClass, state: State, operation: "upload" | "download") =>
    answerOf({ class: objectClass, state, operation, level: "UPLOAD" });
  expect(ask("file", "open", "upload").answer).toBe("done");
  expect(ask("file", "closed", "upload")).toMatchObject({ error: "InvalidState" });
  expect(ask("file", "open", "download")).toMatchObject({ error: "InvalidState" });
  expect(ask("file", "closed", "download").answer).toBe("done");
  expect(ask("record", "open", "upload")).toMatchObject({ error: "InvalidType" });
});

test("an applet is born closed, everything else open", () => {
  expect(dataObjectClasses.map(initialState)).toEqual([
    "open",
    "open",
    "closed",
    "open",
    "open",
    "open",
  ]);
});
