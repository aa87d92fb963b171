/** Whether the path is the folder or lies below it. */
export function isWithin(path: string, folder: string): boolean {
  return path === folder || folder === "/" || path.startsWith(`${folder}/`);
}

/** `/a` of `/a/b`; the root is its own parent. */
export function parentOf(folder: string): string {
  return folder.slice(0, Math.max(folder.lastIndexOf("/"), 0)) || "/";
}

/** The folder and those above it, the root left out, from the top. */
export function pathTo(folder: string): readonly string[] {
  const names = folder === "/" ? [] : folder.slice(1).split("/");
  return names.map((_, index) => `/${names.slice(0, index + 1).join("/")}`);
}

/** The folder directly below `folder` that the path is or lies in; undefined where it does not lie below. */
export function childOf(folder: string, path: string): string | undefined {
  if (path === folder || !isWithin(path, folder)) return undefined;
  const start = folder === "/" ? 1 : folder.length + 1;
  const end = path.indexOf("/", start);
  return end === -1 ? path : path.slice(0, end);
}
