/** What the page has of clocks and timers, in one place; the model's own parts are handed what they need. */
export function wallClock(): number {
  return Date.now();
}

export function monotonic(): number {
  return performance.now();
}

/** Calls back once, before the next paint; at once a second later where nothing is painted (a hidden tab). */
export function beforePaint(callback: () => void): () => void {
  const frame = requestAnimationFrame(run);
  const timer = setTimeout(run, 1_000);
  function cancel(): void {
    cancelAnimationFrame(frame);
    clearTimeout(timer);
  }
  function run(): void {
    cancel();
    callback();
  }
  return cancel;
}

/** {@link beforePaint}, but never sooner than `intervalMs` after the last time. */
export function pacedPaint(intervalMs: number): (callback: () => void) => () => void {
  let lastAt = -intervalMs;
  return (callback) => {
    const run = (): void => {
      lastAt = monotonic();
      callback();
    };
    const waitMs = lastAt + intervalMs - monotonic();
    if (waitMs <= 0) return beforePaint(run);
    let cancel = after(waitMs, () => {
      cancel = beforePaint(run);
    });
    return () => cancel();
  };
}

export function after(delayMs: number, callback: () => void): () => void {
  const timer = setTimeout(callback, delayMs);
  return () => clearTimeout(timer);
}

export function every(intervalMs: number, callback: () => void): () => void {
  const timer = setInterval(callback, intervalMs);
  return () => clearInterval(timer);
}

/** Hands a file to the browser's downloads. */
export function saveFile(blob: Blob, name: string): void {
  const url = URL.createObjectURL(blob);
  const link = document.createElement("a");
  link.href = url;
  link.download = name;
  link.click();
  after(10_000, () => URL.revokeObjectURL(url));
}
