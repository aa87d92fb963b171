/** Node's own; a browser has none. Taken now, since whoever owns time may put another one in its place. */
const { setImmediate: immediately } = globalThis as { setImmediate?: (task: () => void) => void };

/** Behind everything that waits for promises and nothing else. */
export function nextTurn(): Promise<void> {
  return new Promise((resolve) => {
    if (immediately !== undefined) {
      immediately(resolve);
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
