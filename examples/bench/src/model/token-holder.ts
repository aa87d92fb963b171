import { forgetToken, keepToken, keptToken, type TokenOwner } from "./kept-token.ts";
import { createSource, type Source } from "./source.ts";

export interface GivenToken {
  readonly token: string;
  /** Whether this browser may keep it, to send when every tab is closed. */
  readonly isKept: boolean;
}

export interface TokenHolder extends Source<boolean> {
  readonly give: (given: GivenToken) => Promise<void>;
  /** For Holdfast: the token, or a refusal while nobody has given one. */
  readonly ask: () => Promise<string>;
  readonly forget: () => Promise<void>;
}

/** The token lives in this variable, and, where the person wants it, in the browser; else a reload forgets it. */
export async function openTokenHolder(owner: TokenOwner): Promise<TokenHolder> {
  let current = await keptToken(owner);
  const hasToken = createSource(current !== undefined);
  return {
    get: hasToken.get,
    subscribe: hasToken.subscribe,
    async give({ token, isKept }) {
      current = token;
      hasToken.set(true);
      if (isKept) await keepToken(owner, token);
      else await forgetToken(owner);
    },
    async ask() {
      if (current === undefined) throw new Error("No token has been given in this tab yet.");
      return current;
    },
    forget: () => forgetToken(owner),
  };
}
