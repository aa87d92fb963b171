import type { Effect } from "@holdfast/platform";

// What the page says, what it shows and what the platform has, as plain data: test/kills/breaches.ts compares them.

/** One receipt that has come, by the name of its object. A name is given once and never changed. */
export type Told =
  | { readonly what: "stored"; readonly name: string; readonly step: Step }
  /** All of a `createMany`, which is stored as a whole. */
  | { readonly what: "storedAll"; readonly names: readonly string[] }
  | { readonly what: "acked" | "settled"; readonly name: string };

/** 0: created. 1, 3: properties set. 2: details set. 4: closed. Each says its number where it writes. */
export type Step = 0 | 1 | 2 | 3 | 4;

/** How far an object has come: the number in its properties, the one in its details, and its state. */
export interface Progress {
  readonly name: string;
  readonly properties: number;
  readonly details: number;
  readonly state: string;
}

/** One effect on the platform, as far as it says how far an object has come. */
export interface Happening extends Partial<Omit<Progress, "name">> {
  readonly id: string;
  /** Of a create. */
  readonly made?: { readonly name: string; readonly key: string };
}

/** What an object must have come to once that step is stored. */
export function afterStep(name: string, step: Step): Progress {
  return {
    name,
    properties: [0, 1, 1, 3, 3][step] as number,
    details: step < 2 ? 0 : 2,
    state: step < 4 ? "open" : "closed",
  };
}

export function happeningOf({ id, route, key = "", changed }: Effect): Happening {
  const [name, properties, details, state] = ["name", "properties", "details", "state"].map(
    (field) => changed[field]?.[1],
  );
  return {
    id,
    ...(route === "/record/new" && { made: { name: name as string, key } }),
    ...(properties !== undefined && {
      properties: Number((properties as { readonly step?: string }).step),
    }),
    ...(details !== undefined && {
      details: Number((JSON.parse(details as string) as { readonly step?: number }).step),
    }),
    ...(state !== undefined && { state: state as string }),
  };
}
