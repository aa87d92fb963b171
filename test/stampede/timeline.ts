/** What happened in one second. */
export interface Second {
  offered: number;
  served: number;
  /** Refused since the account, or since all accounts together, asked too often. */
  account: number;
  all: number;
  /** Operations carried to their end. */
  operations: number;
}

/** Counts by the second, from the moment the platform is back. */
export class Timeline {
  readonly seconds: Second[] = [];
  #beginsAt = 0;

  begin(nowAt: number): void {
    this.#beginsAt = nowAt;
  }

  offered(nowAt: number): void {
    this.#at(nowAt).offered += 1;
  }

  served(nowAt: number, path: string): void {
    const second = this.#at(nowAt);
    second.served += 1;
    if (path.startsWith("/record-")) second.operations += 1;
  }

  refused(nowAt: number, by: "account" | "all"): void {
    this.#at(nowAt)[by] += 1;
  }

  #at(nowAt: number): Second {
    const index = Math.max(0, Math.floor((nowAt - this.#beginsAt) / 1_000));
    while (this.seconds.length <= index) {
      this.seconds.push({ offered: 0, served: 0, account: 0, all: 0, operations: 0 });
    }
    return this.seconds[index] as Second;
  }
}
