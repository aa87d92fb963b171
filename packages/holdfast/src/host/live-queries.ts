import type { FindQuery, ObjectDescription } from "@holdfast/core";
import type { ChangeFeed } from "./change-feed.ts";
import { type LiveListener, type LivePorts, LiveQuery } from "./live-query.ts";

/** The live queries of one host: equal ones share a window, and a `find` of a live one reads no rows. */
export class LiveQueries {
  readonly #ports: LivePorts;
  readonly #queries = new Map<string, LiveQuery>();
  readonly #stop: () => void;

  constructor(ports: LivePorts & { readonly feed: ChangeFeed }) {
    this.#ports = ports;
    this.#stop = ports.feed.subscribe((touched) => {
      for (const query of this.#queries.values()) query.touch(touched);
    });
  }

  /** The function returned ends it. */
  watch(query: FindQuery, listener: LiveListener): () => void {
    const name = JSON.stringify(query);
    const live = this.#queries.get(name) ?? new LiveQuery(this.#ports, query);
    this.#queries.set(name, live);
    live.add(listener);
    return () => {
      live.remove(listener);
      if (live.isUsed || this.#queries.get(name) !== live) return;
      live.close();
      this.#queries.delete(name);
    };
  }

  /** The result of a query that is live, where it is up to date. */
  peek(query: FindQuery): readonly ObjectDescription[] | undefined {
    return this.#queries.get(JSON.stringify(query))?.current;
  }

  close(): void {
    this.#stop();
    for (const query of this.#queries.values()) query.close();
    this.#queries.clear();
  }
}
