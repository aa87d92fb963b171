/**
 * What the script was promised, call by call, and whether it was kept. Independent of how Holdfast works: it
 * knows the script's resolved calls, the platform's effect log and final objects, and what is still pending.
 */

/** A final object of the platform, as `/record-xxxx/describe` shows it. */
export interface PlatformObject {
  readonly id: string;
  readonly name: string;
  readonly state: string;
  readonly types: readonly string[];
  readonly tags: readonly string[];
  readonly properties: Readonly<Record<string, string>>;
  readonly details: unknown;
}

/** One resolved call of the script. */
export interface ResolvedCall {
  /** The operation's id, by which the store says that it is pending or parked. */
  readonly operation: string;
  /** Which of the script's objects, by the marker property its create carried. */
  readonly marker: string;
  readonly what: string;
  /** Whether the platform's object shows the call's effect. */
  readonly isVisible: (object: PlatformObject) => boolean;
}

/** The property by which the script knows its objects again on the platform. */
export const markerProperty = "demo-number";

export class Ledger {
  readonly #calls: ResolvedCall[] = [];

  resolved(call: ResolvedCall): void {
    this.#calls.push(call);
  }

  get operations(): number {
    return this.#calls.length;
  }

  /** Resolved calls that are neither visible on the platform nor pending or parked. */
  lost(objects: readonly PlatformObject[], unsent: ReadonlySet<string>): readonly ResolvedCall[] {
    const byMarker = Map.groupBy(objects, (object) => object.properties[markerProperty] ?? "");
    return this.#calls.filter((call) => {
      const found = byMarker.get(call.marker) ?? [];
      return !unsent.has(call.operation) && !found.some((object) => call.isVisible(object));
    });
  }
}

/** One create in the platform's effect log. */
export interface CreateEffect {
  readonly object: string;
  /** Its `.holdfast-key` property. */
  readonly key: string | undefined;
}

/** Objects caused by one create, minus one, summed over the creates. */
export function countDuplicates(effects: readonly CreateEffect[]): number {
  const byKey = Map.groupBy(effects, ({ key, object }) => key ?? object);
  let duplicates = 0;
  for (const caused of byKey.values()) {
    duplicates += new Set(caused.map(({ object }) => object)).size - 1;
  }
  return duplicates;
}
