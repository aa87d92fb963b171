import { createSource, type Source } from "./source.ts";

export interface TokenHolder extends Source<boolean> {
  readonly give: (token: string) => void;
  /** For Holdfast: the token, or a refusal while nobody has given one. */
  readonly ask: () => Promise<string>;
}

/** The token lives in this variable and nowhere else: a reload forgets it. */
export function createTokenHolder(): TokenHolder {
  const hasToken = createSource(false);
  let current: string | undefined;
  return {
    get: hasToken.get,
    subscribe: hasToken.subscribe,
    give(token) {
      current = token;
      hasToken.set(true);
    },
    async ask() {
      if (current === undefined) throw new Error("No token has been given in this tab yet.");
      return current;
    },
  };
}
