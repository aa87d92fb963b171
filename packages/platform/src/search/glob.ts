/** A glob, read once for all the texts that it is tried on. */
export interface Glob {
  /** What every text that matches begins with. */
  readonly prefix: string;
  /** Nothing but its prefix matches. */
  readonly isPlain: boolean;
  readonly tokens: readonly (string | symbol)[];
}

/** `*` and `?`, anything else is itself; a backslash takes the meaning away (CS §5.1). */
export function toGlob(text: string): Glob {
  const tokens = tokensOf(text);
  const wild = tokens.findIndex((token) => typeof token === "symbol");
  const prefix = (wild === -1 ? tokens : tokens.slice(0, wild)).join("");
  return { prefix, isPlain: wild === -1, tokens };
}

/** Never backtracks further than to the last `*`, so no pattern is slow. */
export function matchesGlob(text: string, { prefix, tokens: pattern }: Glob): boolean {
  if (!text.startsWith(prefix)) return false;
  const characters = [...text];
  let at = 0;
  let next = 0;
  let star = -1;
  let starAt = 0;
  while (at < characters.length) {
    const token = pattern[next];
    if (token === anyText) {
      star = next;
      starAt = at;
      next += 1;
    } else if (token === anyCharacter || (token !== undefined && token === characters[at])) {
      at += 1;
      next += 1;
    } else if (star >= 0) {
      starAt += 1;
      at = starAt;
      next = star + 1;
    } else {
      return false;
    }
  }
  return pattern.slice(next).every((token) => token === anyText);
}

const anyText = Symbol("*");
const anyCharacter = Symbol("?");

function tokensOf(glob: string): readonly (string | symbol)[] {
  const tokens: (string | symbol)[] = [];
  let escaped = false;
  for (const character of glob) {
    if (escaped) tokens.push(character);
    else if (character === "*") tokens.push(anyText);
    else if (character === "?") tokens.push(anyCharacter);
    else if (character !== "\\") tokens.push(character);
    escaped = !escaped && character === "\\";
  }
  return tokens;
}
