import type { FindQuery } from "../query.ts";

export type NameTest = (name: string) => boolean;

type NameQuery = NonNullable<FindQuery["name"]>;

/**
 * The test a `name` of a query stands for: exact, glob (`*`, `?`, backslash escapes, no `[]`) or regular expression,
 * found anywhere unless anchored (CS §5.1).
 * @throws SyntaxError when the regular expression is none.
 */
export function nameTest(query: NameQuery): NameTest {
  if (typeof query === "string") return (name) => name === query;
  if ("glob" in query) return globTest(query.glob);
  const pattern = toRegExp(query.regexp, query.flags);
  return (name) => pattern.test(name);
}

/**
 * The platform reads PCRE. Unicode mode is the honest approximation: what this engine would read differently without
 * it (`\A`, `\h`, possessive quantifiers) is refused instead of quietly matching something else. It refuses as well
 * to see punctuation escaped for no need, which PCRE takes; that is written so that both agree.
 */
function toRegExp(source: string, flags = ""): RegExp {
  const escaped = source.replace(/\\(.)/gsu, (escape, character: string) =>
    /[\p{L}\p{N}^$\\.*+?()[\]{}|/]/u.test(character) ? escape : literal(character),
  );
  return new RegExp(escaped, `u${flags}`);
}

function literal(character: string): string {
  return `\\u{${(character.codePointAt(0) as number).toString(16)}}`;
}

const anyRun = Symbol("*");
const anyOne = Symbol("?");
type GlobToken = string | typeof anyRun | typeof anyOne;

function globTest(glob: string): NameTest {
  const tokens = globTokens(glob);
  return (name) => matchesGlob(tokens, [...name]);
}

function globTokens(glob: string): readonly GlobToken[] {
  const tokens: GlobToken[] = [];
  let isEscaped = false;
  for (const character of glob) {
    if (isEscaped) {
      tokens.push(character);
      isEscaped = false;
    } else if (character === "\\") {
      isEscaped = true;
    } else if (character === "*") {
      if (tokens.at(-1) !== anyRun) tokens.push(anyRun);
    } else {
      tokens.push(character === "?" ? anyOne : character);
    }
  }
  // A backslash that escapes nothing stands for itself.
  if (isEscaped) tokens.push("\\");
  return tokens;
}

/** Goes back to the last `*` only, so that no glob takes more than name × glob steps. */
function matchesGlob(tokens: readonly GlobToken[], name: readonly string[]): boolean {
  let token = 0;
  let at = 0;
  let runToken = -1;
  let runAt = 0;
  while (at < name.length) {
    const wanted = tokens[token];
    if (wanted === anyRun) {
      runToken = token;
      runAt = at;
      token += 1;
    } else if (wanted === anyOne || (wanted !== undefined && wanted === name[at])) {
      token += 1;
      at += 1;
    } else if (runToken >= 0) {
      runAt += 1;
      at = runAt;
      token = runToken + 1;
    } else {
      return false;
    }
  }
  while (tokens[token] === anyRun) token += 1;
  return token === tokens.length;
}
