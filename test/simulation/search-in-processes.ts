import { type ChildProcess, fork } from "node:child_process";
import { fileURLToPath } from "node:url";
import type { Played, Share } from "./seed-player.ts";

export interface ProcessesOptions {
  readonly processes: number;
  /** The seeds, in order. They are handed out as they are called for, so that what was played has no gaps. */
  readonly seeds: Iterable<string>;
  readonly isOverRealStorage: boolean;
  /** Hears of each share that was played; `false` ends the search once what has begun is played. */
  readonly onPlayed: (played: Played) => boolean;
}

/** As little as can be lost to a process that waits for the others, and enough to make the way to it worth its while. */
const seedsAtOnce = 10;

/** Plays the seeds in several processes. @throws Error where one of them ends by itself. */
export async function searchInProcesses({
  processes,
  seeds,
  isOverRealStorage,
  onPlayed,
}: ProcessesOptions): Promise<void> {
  const left = seeds[Symbol.iterator]();
  let isOver = false;
  const nextShare = (): Share | undefined => {
    const share: string[] = [];
    while (!isOver && share.length < seedsAtOnce) {
      const { done, value } = left.next();
      if (done === true) break;
      share.push(value);
    }
    return share.length === 0 ? undefined : { seeds: share, isOverRealStorage };
  };
  await Promise.all(
    Array.from({ length: processes }, async () => {
      const player = fork(fileURLToPath(new URL("seed-player.ts", import.meta.url)));
      try {
        for (let share = nextShare(); share !== undefined; share = nextShare()) {
          if (!onPlayed(await playedBy(player, share))) isOver = true;
        }
      } finally {
        isOver = true;
        if (player.connected) player.disconnect();
      }
    }),
  );
}

function playedBy(player: ChildProcess, share: Share): Promise<Played> {
  return new Promise((resolve, reject) => {
    const onExit = (code: number | null): void => {
      const [first = "", last = first] = [share.seeds[0], share.seeds.at(-1)];
      reject(
        new Error(`a process ended with ${code} while it played the seeds ${first} to ${last}`),
      );
    };
    player.once("exit", onExit);
    player.once("message", (played: Played) => {
      player.off("exit", onExit);
      resolve(played);
    });
    player.send(share);
  });
}
