import "./dispose-symbols.ts";
import { browserCases } from "../replay/interrupted/all.ts";
import type { Claim } from "../replay/interrupted/claim.ts";
import { openWorldOver } from "../replay/world-over.ts";

/** What the page asks for: a case by its place in the table. */
export interface Asked {
  readonly at: number;
}

export interface Played {
  readonly at: number;
  readonly claims: readonly Claim[];
  /** It did not get to its end. */
  readonly error?: string;
}

/** Plays cases over this worker's own IndexedDB, as many at once as it is asked for. */
addEventListener("message", ({ data }: MessageEvent<Asked>) => {
  void play(data.at).then((played) => postMessage(played));
});

async function play(at: number): Promise<Played> {
  const name = `interrupted-${at}`;
  try {
    const claims = await browserCases[at]?.play((seed) =>
      openWorldOver({ seed, name, indexedDB, IDBKeyRange, IDBDatabase, region: "azure:westus" }),
    );
    // As it would be stored, so that whatever cannot be cloned is told as text.
    return { at, claims: JSON.parse(JSON.stringify(claims ?? [])) as Claim[] };
  } catch (error) {
    return {
      at,
      claims: [],
      error: error instanceof Error ? (error.stack ?? error.message) : String(error),
    };
  }
}
