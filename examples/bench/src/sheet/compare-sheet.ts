import type { SheetSample } from "./sheet.ts";

/** What must be known of a sample that is on the bench to tell whether a sheet brings something new. */
export interface KnownSample {
  readonly key: string;
  readonly name: string;
  readonly properties: Readonly<Record<string, string>>;
}

export interface ChangedSample {
  readonly known: KnownSample;
  /** Only those of the sheet that differ or are missing; what the sheet does not name stays. */
  readonly properties: Readonly<Record<string, string>>;
}

export interface SheetComparison {
  readonly fresh: readonly SheetSample[];
  /** Here under the same name, with every value the sheet has. */
  readonly same: readonly SheetSample[];
  /** Here under the same name, with other values. */
  readonly changed: readonly ChangedSample[];
}

/** Samples are told apart by name, as the sheet does. Where several bear one name, the one most like it counts. */
export function compareSheet(
  samples: readonly SheetSample[],
  known: Iterable<KnownSample>,
): SheetComparison {
  const byName = new Map<string, KnownSample[]>();
  for (const sample of known) {
    const others = byName.get(sample.name);
    if (others === undefined) byName.set(sample.name, [sample]);
    else others.push(sample);
  }
  const fresh: SheetSample[] = [];
  const same: SheetSample[] = [];
  const changed: ChangedSample[] = [];
  for (const sample of samples) {
    const differences = (byName.get(sample.name) ?? []).map((other) => differenceTo(sample, other));
    const [closest] = differences.sort((left, right) => size(left) - size(right));
    if (closest === undefined) fresh.push(sample);
    else if (size(closest) === 0) same.push(sample);
    else changed.push(closest);
  }
  return { fresh, same, changed };
}

function differenceTo(sample: SheetSample, known: KnownSample): ChangedSample {
  const differing = Object.entries(sample.properties).filter(
    ([key, value]) => known.properties[key] !== value,
  );
  return { known, properties: Object.fromEntries(differing) };
}

function size(changed: ChangedSample): number {
  return Object.keys(changed.properties).length;
}
