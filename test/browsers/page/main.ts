import type { Asked, Played } from "../../browser/interrupted-worker.ts";
import { type PageCase, storeSuite } from "../../browser/store-suite.ts";
import type { Claim } from "../../replay/interrupted/claim.ts";
import type { Suite } from "../suites.ts";

/** How one case came out, as plain data. */
export interface Outcome {
  readonly claims: readonly Claim[];
  /** It did not get to its end. */
  readonly error?: string;
}

/** What the Node side asks of the page. */
export interface InSuites {
  /** Plays a case, by its place in its suite. */
  play(asked: {
    readonly suite: Suite;
    readonly at: number;
    readonly name: string;
  }): Promise<Outcome>;
}

declare global {
  var inSuites: InSuites;
}

/** Asks a worker, which is started by the first question, and waits for its answer to that. */
function asking<Question, Answer>(
  start: () => Worker,
  isAnswer: (answer: Answer, question: Question) => boolean,
): (question: Question) => Promise<Answer> {
  let worker: Worker | undefined;
  return (question) =>
    new Promise((resolve, reject) => {
      worker ??= start();
      const end = new AbortController();
      worker.addEventListener(
        "message",
        ({ data }: MessageEvent<Answer>) => {
          if (!isAnswer(data, question)) return;
          end.abort();
          resolve(data);
        },
        { signal: end.signal },
      );
      const fail = ({ message }: ErrorEvent): void => {
        // Another one may be asked later; this one answers nothing any more.
        worker = undefined;
        reject(new Error(message || "The worker could not be started."));
      };
      worker.addEventListener("error", fail, { signal: end.signal });
      worker.postMessage(question);
    });
}

const askContents = asking<string, { readonly name: string; readonly error?: string }>(
  () =>
    new Worker(new URL("../../browser/contents-worker.ts", import.meta.url), { type: "module" }),
  (answer, name) => answer.name === name,
);

const askInterrupted = asking<Asked, Played>(
  () =>
    new Worker(new URL("../../browser/interrupted-worker.ts", import.meta.url), { type: "module" }),
  (answer, { at }) => answer.at === at,
);

globalThis.inSuites = {
  async play({ suite, at, name }) {
    switch (suite) {
      case "store":
        return await playInPage(storeSuite[at]);
      case "contents":
        return { claims: [], ...(await askContents(name)) };
      case "interrupted":
        return await askInterrupted({ at });
    }
  },
};

async function playInPage(one: PageCase | undefined): Promise<Outcome> {
  try {
    return { claims: JSON.parse(JSON.stringify((await one?.run()) ?? [])) as Claim[] };
  } catch (error) {
    return {
      claims: [],
      error: error instanceof Error ? `${error}\n${error.stack}` : String(error),
    };
  }
}
