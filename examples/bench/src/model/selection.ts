/** Which rows are chosen, and on which the keyboard stands. Keys, because rows move. */
export interface Selection {
  readonly chosen: ReadonlySet<string>;
  readonly active: string | undefined;
  /** Where a range begins. */
  readonly anchor: string | undefined;
}

export const noSelection: Selection = { chosen: new Set(), active: undefined, anchor: undefined };

/** The active row moves; nothing is chosen by that. */
export function moveTo(selection: Selection, key: string): Selection {
  return { ...selection, active: key, anchor: key };
}

export function toggle(selection: Selection, key: string): Selection {
  const chosen = new Set(selection.chosen);
  if (!chosen.delete(key)) chosen.add(key);
  return { chosen, active: key, anchor: key };
}

/** Chooses everything from the anchor to `key`, as shown, and leaves the anchor. */
export function extendTo(selection: Selection, key: string, shown: readonly string[]): Selection {
  const anchor = selection.anchor ?? selection.active ?? key;
  const from = shown.indexOf(anchor);
  const to = shown.indexOf(key);
  if (from === -1 || to === -1) return toggle(selection, key);
  const range = shown.slice(Math.min(from, to), Math.max(from, to) + 1);
  return { chosen: new Set([...selection.chosen, ...range]), active: key, anchor };
}

export function chooseAll(selection: Selection, shown: readonly string[]): Selection {
  return { ...selection, chosen: new Set(shown) };
}

export function clearChosen(selection: Selection): Selection {
  return selection.chosen.size === 0 ? selection : { ...selection, chosen: new Set() };
}

/** Forgets what is no longer there. The same object where nothing is gone. */
export function keepExisting(selection: Selection, has: (key: string) => boolean): Selection {
  const { chosen, active, anchor } = selection;
  const isActiveGone = active !== undefined && !has(active);
  if (!isActiveGone && [...chosen].every(has)) return selection;
  return {
    chosen: new Set([...chosen].filter(has)),
    active: isActiveGone ? undefined : active,
    anchor: anchor !== undefined && has(anchor) ? anchor : undefined,
  };
}

/** The row `by` further down (or up), held inside the list; the first where none is active. */
export function neighbour(
  selection: Selection,
  shown: readonly string[],
  by: number,
): string | undefined {
  const at = selection.active === undefined ? -1 : shown.indexOf(selection.active);
  if (at === -1) return by < 0 ? shown.at(-1) : shown[0];
  return shown[Math.min(shown.length - 1, Math.max(0, at + by))];
}
