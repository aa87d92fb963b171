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

/** Whether the path is the folder itself or anywhere below it. */
export function isWithin(path: string, folder: string): boolean {
  return path === folder || path.startsWith(folder === "/" ? "/" : `${folder}/`);
}

function byCodeUnit(left: string, right: string): number {
  return left < right ? -1 : left > right ? 1 : 0;
}
