import { afterStep, type Happening, type Progress, type Told } from "./facts.ts";

const states = ["open", "closing", "closed"];

/** The objects by name; a name that stands for two of them is in `twice`. */
interface ByName {
  readonly one: ReadonlyMap<string, Progress>;
  readonly twice: readonly string[];
}

/** What was stored and is not in the view, or is in it twice, or as it was before (design §9.1, §9.7). */
export function breachesOfView(told: readonly Told[], view: readonly Progress[]): string[] {
  const { one, twice } = byName(view);
  const breaches = twice.map((name) => `${name} is in the view twice`);
  for (const fact of told) {
    if (fact.what === "storedAll") {
      const lost = fact.names.filter((name) => !one.has(name));
      if (lost.length > 0) breaches.push(`${lost.join(", ")} of a whole group: stored and lost`);
    }
    if (fact.what !== "stored") continue;
    const shown = one.get(fact.name);
    if (shown === undefined) breaches.push(`${fact.name}: stored and lost`);
    else if (isBehind(shown, afterStep(fact.name, fact.step))) {
      breaches.push(
        `${fact.name}: step ${fact.step} was stored, and ${JSON.stringify(shown)} is shown`,
      );
    }
  }
  return breaches;
}

/** Groups of which some are in the view and some are not, told or untold. */
export function breachesOfGroups(
  groups: readonly (readonly string[])[],
  view: readonly Progress[],
): string[] {
  const { one } = byName(view);
  return groups.flatMap((names) => {
    const there = names.filter((name) => one.has(name)).length;
    const whole = there === 0 || there === names.length;
    return whole ? [] : [`${there} of ${names.length} are there of the group of ${names[0]}`];
  });
}

/** A receipt that came before its fact (design §9.7). `happened`: up to when it came. */
export function breachesOfReceipt(told: Told, happened: Happened): string[] {
  if (told.what !== "acked" && told.what !== "settled") return [];
  const there = happened.progressOf(told.name);
  if (there === undefined) return [`${told.name}: ${told.what} before it was made`];
  if (told.what === "settled" && there.state !== "closed") {
    return [`${told.name}: settled while it is ${there.state}`];
  }
  return [];
}

/** Once nothing is unsent: the view is the platform (design §9.6). */
export function breachesOfConvergence(view: readonly Progress[], happened: Happened): string[] {
  const here = byName(view).one;
  const names = new Set([...here.keys(), ...happened.names()]);
  return [...names].flatMap((name) => {
    const [shown, there] = [here.get(name), happened.progressOf(name)].map((one) =>
      JSON.stringify(one),
    );
    return shown === there ? [] : [`${name}: ${shown} here, ${there} on the platform`];
  });
}

/** How far the objects of a platform have come by its effects, and what went wrong on the way (design §9.2 to §9.4). */
export class Happened {
  readonly #objects = new Map<string, Progress>();
  readonly #ids = new Map<string, string[]>();
  readonly #keys = new Set<string>();

  /** @returns what is wrong with it. */
  add({ id, made, ...change }: Happening): string[] {
    if (made !== undefined) {
      const begun = { name: made.name, properties: 0, details: 0, state: "open" };
      this.#objects.set(id, { ...begun, ...change });
      return this.#make(id, made);
    }
    const before = this.#objects.get(id);
    if (before === undefined) return [`${id} was changed before it was made`];
    const breaches: string[] = [];
    const after = { ...before, ...change };
    if (isBehind(after, before)) {
      breaches.push(
        `${before.name} went back from ${JSON.stringify(before)} to ${JSON.stringify(after)}`,
      );
    }
    if (before.state !== "open" && after.details !== before.details) {
      breaches.push(`${before.name}: details changed after its close`);
    }
    this.#objects.set(id, after);
    return breaches;
  }

  names(): readonly string[] {
    return [...this.#ids.keys()];
  }

  progressOf(name: string): Progress | undefined {
    const [id = ""] = this.#ids.get(name) ?? [];
    return this.#objects.get(id);
  }

  #make(id: string, { name, key }: { readonly name: string; readonly key: string }): string[] {
    const ids = [...(this.#ids.get(name) ?? []), id];
    this.#ids.set(name, ids);
    const breaches = ids.length === 1 ? [] : [`${name} was made ${ids.length} times`];
    if (this.#keys.has(key)) breaches.push(`${name}: its key was there already`);
    this.#keys.add(key);
    return breaches;
  }
}

function byName(view: readonly Progress[]): ByName {
  const one = new Map<string, Progress>();
  const twice: string[] = [];
  for (const progress of view) {
    if (one.has(progress.name)) twice.push(progress.name);
    one.set(progress.name, progress);
  }
  return { one, twice };
}

function isBehind(one: Progress, other: Progress): boolean {
  return (
    one.properties < other.properties ||
    one.details < other.details ||
    states.indexOf(one.state) < states.indexOf(other.state)
  );
}
