import type { Engine } from "@holdfast/sync";
import type { ChangeFeed } from "./change-feed.ts";
import type { Handlers } from "./handlers.ts";
import type { TokenQuestions } from "./token-questions.ts";

export interface EngineCallPorts {
  readonly engine: Engine;
  readonly questions: TokenQuestions;
  readonly feed: ChangeFeed;
}

/** What steers the sending. */
export function engineCalls({
  engine,
  questions,
  feed,
}: EngineCallPorts): Handlers<"pause" | "resume" | "wake" | "token" | "visible"> {
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
    visible: async ({ visible }) => {
      if (!visible) return null;
      engine.wake();
      await feed.check();
      return null;
    },
  };
}
