/**
 * Counts the calls of ports that are under way, so that virtual time stands still until they have answered
 * (design §8). What waits for virtual time itself is not counted, or nothing would ever move.
 */
export class InFlight {
  #count = 0;

  async count<Result>(work: () => Promise<Result>): Promise<Result> {
    this.#count += 1;
    try {
      return await work();
    } finally {
      this.#count -= 1;
    }
  }

  /** Resolves once nothing has been under way for some turns of the event loop in a row. */
  async settle(): Promise<void> {
    for (let idle = 0; idle < IDLE_TURNS; idle++) {
      await nextTurn();
      if (this.#count > 0) idle = -1;
    }
  }
}

/** Enough for a chain of promises that hops through the event loop between two calls of ports. */
const IDLE_TURNS = 4;

const channel = new MessageChannel();
const waiting: (() => void)[] = [];
channel.port1.onmessage = () => waiting.shift()?.();
// In Node an open port would keep the process alive.
(channel.port1 as { unref?: () => void }).unref?.();

function nextTurn(): Promise<void> {
  return new Promise((resolve) => {
    waiting.push(resolve);
    channel.port2.postMessage(undefined);
  });
}
