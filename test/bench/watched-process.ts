import { fork } from "node:child_process";
import { fileURLToPath } from "node:url";
import type { Order, Ready, SeenCall } from "./watched-platform.ts";

/** The reference platform in a process of its own, which says what reached it and is slow or refuses when told. */
export interface WatchedPlatform extends Ready {
  readonly token: string;
  /** Forgets what it saw. */
  watch(): Promise<void>;
  seen(): Promise<readonly SeenCall[]>;
  setLatencyMs(ms: number): Promise<void>;
  refuse(path: string): Promise<void>;
  close(): Promise<void>;
}

const answerWithinMs = 20_000;

export async function startWatchedPlatform(): Promise<WatchedPlatform> {
  const main = fileURLToPath(new URL("watched-platform.ts", import.meta.url));
  const token = "bench-token";
  // Its channel ends with this process, and it with its channel.
  const child = fork(main, [token], {
    execArgv: ["--conditions=source", "--disable-warning=ExperimentalWarning"],
    serialization: "advanced",
  });
  const next = <Answer>(): Promise<Answer> =>
    new Promise((resolve, reject) => {
      const deadline = setTimeout(
        () => settle(() => reject(new Error("the platform says nothing"))),
        answerWithinMs,
      );
      const onExit = (code: number | null): void =>
        settle(() => reject(new Error(`the platform ended with ${code}`)));
      const onMessage = (answer: unknown): void => settle(() => resolve(answer as Answer));
      const settle = (finish: () => void): void => {
        clearTimeout(deadline);
        child.off("exit", onExit).off("message", onMessage);
        finish();
      };
      child.once("exit", onExit).once("message", onMessage);
    });
  const ask = <Answer>(order: Order): Promise<Answer> => {
    const answer = next<Answer>();
    child.send(order);
    return answer;
  };
  const ready = await next<Ready>();
  return {
    ...ready,
    token,
    watch: () => ask({ do: "watch" }),
    seen: () => ask({ do: "seen" }),
    setLatencyMs: (ms) => ask({ do: "latency", ms }),
    refuse: (path) => ask({ do: "refuse", path }),
    close: () =>
      new Promise((resolve) => {
        child.once("exit", () => resolve());
        child.disconnect();
      }),
  };
}
