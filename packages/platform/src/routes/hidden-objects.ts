import { type Copy, edgesOf } from "../world/data-object.ts";
import type { Project } from "../world/project.ts";

/**
 * The hidden objects of the container that the copies lead to, through hidden ones only (CS §3, §4).
 *
 * @param without - what counts as gone.
 */
export function hiddenBehind(
  project: Project,
  copies: Iterable<Copy>,
  without: ReadonlySet<Copy> = new Set(),
): ReadonlySet<Copy> {
  const found = new Set<Copy>();
  const waiting = [...copies];
  for (let copy = waiting.pop(); copy !== undefined; copy = waiting.pop()) {
    for (const id of edgesOf(copy.object)) {
      const next = project.index.get(id);
      if (next === undefined || !next.object.hidden) continue;
      if (found.has(next) || without.has(next)) continue;
      found.add(next);
      waiting.push(next);
    }
  }
  return found;
}

/**
 * The hidden objects that go when the copies go: those that no visible object of the container leads to any more
 * (CS §3, the reference algorithm). Looks only at what leads to them, not at the whole container.
 */
export function hiddenGoingWith(project: Project, removed: ReadonlySet<Copy>): readonly Copy[] {
  const candidates = hiddenBehind(project, removed);
  const leading = leadersOf(project, candidates, removed);
  const kept = hiddenBehind(project, leading, removed);
  return [...candidates].filter((copy) => !removed.has(copy) && !kept.has(copy));
}

/** The visible objects that stay and lead to one of the copies, however long the way through hidden ones. */
function leadersOf(
  project: Project,
  copies: Iterable<Copy>,
  removed: ReadonlySet<Copy>,
): ReadonlySet<Copy> {
  const leaders = new Set<Copy>();
  const seen = new Set<Copy>();
  const waiting = [...copies];
  for (let copy = waiting.pop(); copy !== undefined; copy = waiting.pop()) {
    for (const source of project.index.leadingTo(copy.object.id)) {
      if (removed.has(source) || seen.has(source)) continue;
      seen.add(source);
      if (source.object.hidden) waiting.push(source);
      else leaders.add(source);
    }
  }
  return leaders;
}
