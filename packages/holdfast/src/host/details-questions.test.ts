import { VirtualClock } from "@holdfast/core/testing";
import { expect, test } from "vitest";
import { type DetailsQuestion, DetailsQuestions } from "./details-questions.ts";

const conflict = { paths: ["/a"] } as unknown as DetailsQuestion;

function open(): { clock: VirtualClock; questions: DetailsQuestions; asked: number[] } {
  const clock = new VirtualClock();
  const asked: number[] = [];
  return { clock, asked, questions: new DetailsQuestions(clock, (number) => asked.push(number)) };
}

test("an answer finds its own question, and only once", async () => {
  const { questions, asked } = open();
  const [one, two] = [questions.ask(conflict), questions.ask(conflict)];
  questions.answer(asked[1] ?? 0, "theirs");
  questions.answer(asked[0] ?? 0, { details: "{}" });
  questions.answer(asked[0] ?? 0, "ours");
  expect([await one, await two]).toEqual([{ details: "{}" }, "theirs"]);
});

test("what is no answer parks, and so does none in time, and the end", async () => {
  const { clock, questions, asked } = open();
  const wrong = questions.ask(conflict);
  questions.answer(asked[0] ?? 0, { details: 5 });
  const late = questions.ask(conflict);
  await clock.advance(10_000, async () => {});
  const last = questions.ask(conflict);
  questions.close();
  const after = questions.ask(conflict);
  expect(await Promise.all([wrong, late, last, after])).toEqual(["park", "park", "park", "park"]);
});
