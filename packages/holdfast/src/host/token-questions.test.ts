import { expect, test } from "vitest";
import { TokenQuestions } from "./token-questions.ts";

test("one question at a time goes to the page, and its answer to whoever asked", async () => {
  const asked: number[] = [];
  const questions = new TokenQuestions((question) => asked.push(question));
  const [first, second] = [questions.ask(), questions.ask()];
  expect(asked).toEqual([1]);
  questions.answer(1, "secret");
  expect(await first).toBe("secret");
  expect(await second).toBe("secret");
  void questions.ask();
  expect(asked).toEqual([1, 2]);
});

test.for([undefined, "", 7])(
  "a page without a token (%s) counts as out of reach",
  async (token) => {
    const questions = new TokenQuestions(() => {});
    const answer = questions.ask();
    questions.answer(1, token);
    await expect(answer).rejects.toMatchObject({ failure: { code: "Unreachable" } });
  },
);

test("the answer to an old question is not taken for that to a new one", async () => {
  const questions = new TokenQuestions(() => {});
  const first = questions.ask();
  questions.answer(1, "old");
  await first;
  const second = questions.ask();
  questions.answer(1, "older still");
  questions.answer(2, "new");
  expect(await second).toBe("new");
});

test("closing ends an open question", async () => {
  const questions = new TokenQuestions(() => {});
  const answer = questions.ask();
  questions.close();
  await expect(answer).rejects.toMatchObject({ failure: { code: "Unreachable" } });
});

test("once closed nothing is asked any more", async () => {
  const asked: number[] = [];
  const questions = new TokenQuestions((question) => asked.push(question));
  questions.close();
  await expect(questions.ask()).rejects.toMatchObject({ failure: { code: "Unreachable" } });
  expect(asked).toEqual([]);
});
