/** What a browser has none of. Taken now, since whoever owns time may put others in their place. */
const { process } = globalThis as {
  process?: { readonly nextTick?: (task: () => void) => void };
};

/** Behind everything that waits for promises and nothing else. */
export function nextTurn(): Promise<void> {
  return new Promise((resolve) => {
    if (process?.nextTick !== undefined) {
      // Runs once no promise has anything left to do, and costs no turn of the event loop.
      process.nextTick(resolve);
      return;
    }
    const { port1, port2 } = new MessageChannel();
    port1.addEventListener("message", () => {
      port1.close();
      resolve();
    });
    port1.start();
    port2.postMessage(null);
  });
}
