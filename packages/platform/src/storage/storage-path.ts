/** Where content goes in and comes out, on the platform's own origin. */
export const uploadRoute = "/storage/upload";
export const downloadRoute = "/storage/download";

/** The route of a path of the storage, without what it was signed for. */
export function storageRoute(path: string): string | undefined {
  return [uploadRoute, downloadRoute].find((route) => path.startsWith(`${route}/`));
}

const verbs: Readonly<Record<string, readonly string[]>> = {
  [uploadRoute]: ["PUT"],
  [downloadRoute]: ["GET", "HEAD"],
};

/** The answer to a preflight of the storage names the verbs: neither PUT nor HEAD is one that a browser sends unasked. */
export function verbsOf(path: string): readonly string[] {
  return verbs[storageRoute(path) ?? ""] ?? [];
}

/** What follows the route, decoded; undefined where it is no path that was ever given out. */
export function segmentsAfter(route: string, path: string): readonly string[] | undefined {
  if (!path.startsWith(`${route}/`)) return undefined;
  try {
    return path
      .slice(route.length + 1)
      .split("/")
      .map(decodeURIComponent);
  } catch {
    return undefined;
  }
}

export function urlOf(origin: string, route: string, segments: readonly string[]): string {
  return `${origin}${route}/${segments.map((text) => encodeURIComponent(text)).join("/")}`;
}
