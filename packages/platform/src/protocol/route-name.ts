import { storageRoute } from "../storage/storage-path.ts";

const idInPath = /^\/(?:([a-z]+)-[0-9a-zA-Z]{24}|(user)-[^/]+)\//;

/** A path as the documentation writes its route: `/record-xxxx/close`. Says nothing of whether there is such a route. */
export function routeName(path: string): string {
  return storageRoute(path) ?? path.replace(idInPath, "/$1$2-xxxx/");
}

/** The id that a path begins with, or undefined where it begins with a word. */
export function idOfPath(path: string): string | undefined {
  const route = storageRoute(path);
  if (route !== undefined) return path.slice(route.length + 1).split("/")[0];
  return idInPath.test(path) ? path.slice(1, path.indexOf("/", 1)) : undefined;
}
