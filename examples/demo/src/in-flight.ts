/**
 * Counts the calls of ports that are under way, so that virtual time stands still until they have answered
 * (design §8). What waits for virtual time itself is not counted, or nothing would ever move.
 */
export class InFlight {
  readonly #turn: () => Promise<void>;
  #count = 0;

  /** @param turn - resolves after a turn of every event loop that has a part in the run. Default: this thread's. */
  constructor(turn: () => Promise<void> = nextTurn) {
    this.#turn = turn;
  }

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
    for (let idleTurns = 0; idleTurns < IDLE_TURNS; ) {
      await this.#turn();
      idleTurns = this.#count > 0 ? 0 : idleTurns + 1;
    }
  }
}

/** Enough for a chain of promises that hops through the event loop between two calls of ports. */
const IDLE_TURNS = 4;

/** A turn of the event loop, without the least delay that browsers give to timers. */
function nextTurn(): Promise<void> {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(undefined);
  });
}
