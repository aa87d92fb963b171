/** The folders of one container: paths without a trailing slash. The root is always there. */
export class FolderTree {
  readonly #children = new Map<string, Set<string>>([["/", new Set()]]);

  has(path: string): boolean {
    return this.#children.has(path);
  }

  /** Adds the folder; its parents must be there. */
  add(path: string): void {
    this.#children.set(path, new Set());
    this.#children.get(parentOf(path))?.add(path);
  }

  /** The folder and its parents, as far as they are missing, from the top. */
  missing(path: string): readonly string[] {
    const missing: string[] = [];
    for (let next = path; !this.has(next); next = parentOf(next)) missing.unshift(next);
    return missing;
  }

  /** Takes the folder away, and every one below it. */
  remove(path: string): void {
    for (const folder of this.within(path)) this.#children.delete(folder);
    this.#children.get(parentOf(path))?.delete(path);
  }

  /** The folder and every one below it, parents first. */
  within(path: string): readonly string[] {
    if (path === "/") return this.all();
    return [path, ...this.children(path).flatMap((child) => this.within(child))];
  }

  children(path: string): readonly string[] {
    return [...(this.#children.get(path) ?? [])].sort(byCodeUnit);
  }

  /** Every path, the root first. */
  all(): readonly string[] {
    return [...this.#children.keys()].sort(byCodeUnit);
  }
}

export function parentOf(path: string): string {
  return path.slice(0, Math.max(1, path.lastIndexOf("/")));
}

/** The last name of a path. */
export function nameOf(path: string): string {
  return path.slice(path.lastIndexOf("/") + 1);
}

export function pathIn(folder: string, name: string): string {
  return folder === "/" ? `/${name}` : `${folder}/${name}`;
}

/** Where something below `from` is once `from` is `to`. */
export function rebased(path: string, from: string, to: string): string {
  const below = from === "/" ? path.slice(1) : path.slice(from.length + 1);
  return below === "" ? to : pathIn(to, below);
}

/** Whether the path is the folder itself or anywhere below it. */
export function isWithin(path: string, folder: string): boolean {
  return path === folder || path.startsWith(folder === "/" ? "/" : `${folder}/`);
}

function byCodeUnit(left: string, right: string): number {
  return left < right ? -1 : left > right ? 1 : 0;
}
