/** A browser engine of this machine, spoken to in whatever way it understands. */
export interface Engine {
  readonly name: string;
  /** What it cannot be made to do while it is driven, and why. */
  readonly cannot: Readonly<Partial<Record<Feat, string>>>;
  /** As it says itself. */
  version(): Promise<string>;
  /** @param profile - A folder for what it keeps. */
  start(profile: string): Promise<RunningBrowser>;
}

/** `killTab`: lose one tab with its process. `keepProfile`: start again on what it had written. */
export type Feat = "killTab" | "keepProfile";

export interface RunningBrowser {
  /** One more tab, with that page loaded in it. */
  openTab(url: string): Promise<Tab>;
  /** All its processes die at once, as when the machine loses its power. */
  kill(): Promise<void>;
  close(): Promise<void>;
}

export interface Tab {
  /**
   * Calls a function in the page, and waits for what it answers. It is sent as text: what it closes over is not there. What
   * goes in and out is JSON.
   */
  evaluate<Result, Given = undefined>(
    run: (given: Given) => Result | Promise<Result>,
    given?: Given,
  ): Promise<Result>;
  goto(url: string): Promise<void>;
  close(): Promise<void>;
  /** The process with the page and its worker dies at once, as when memory runs out. */
  kill(): Promise<void>;
}
