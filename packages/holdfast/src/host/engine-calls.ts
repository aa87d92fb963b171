import type { Engine } from "@holdfast/sync";
import type { ChangeFeed } from "./change-feed.ts";
import type { DetailsQuestions } from "./details-questions.ts";
import type { Handlers } from "./handlers.ts";
import type { TokenQuestions } from "./token-questions.ts";

export interface EngineCallPorts {
  readonly engine: Engine;
  readonly questions: TokenQuestions;
  readonly disputes: DetailsQuestions;
  readonly feed: ChangeFeed;
}

type Kinds = "pause" | "resume" | "wake" | "token" | "decideDetails" | "visible";

/** What steers the sending. */
export function engineCalls({
  engine,
  questions,
  disputes,
  feed,
}: EngineCallPorts): Handlers<Kinds> {
  return {
    pause: () => {
      engine.pause();
      return null;
    },
    resume: () => {
      engine.resume();
      return null;
    },
    wake: () => {
      engine.wake();
      return null;
    },
    token: ({ question, token }) => {
      questions.answer(question, token);
      return null;
    },
    decideDetails: ({ question, answer }) => {
      disputes.answer(question, answer);
      return null;
    },
    visible: async ({ visible }) => {
      if (!visible) return null;
      engine.wake();
      await feed.check();
      return null;
    },
  };
}
