import { routeName } from "../protocol/route-name.ts";

/**
 * Which calls: a path (`/record/new`), a route as the documentation writes it (`/record-xxxx/close`,
 * `/class-xxxx/close` for every class), a method (`close`), or `*` for all; or a regular expression over the path.
 */
export type Pattern = string | RegExp;

export function matchesPattern(pattern: Pattern, path: string): boolean {
  if (pattern instanceof RegExp) return pattern.test(path);
  if (pattern === "*") return true;
  if (!pattern.startsWith("/")) return path.endsWith(`/${pattern}`);
  const route = routeName(path);
  return (
    pattern === path ||
    pattern === route ||
    (pattern.startsWith("/class-xxxx/") && route.endsWith(pattern.slice("/class".length)))
  );
}
