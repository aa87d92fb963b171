import type { World } from "../world/world.ts";
import { rowOf, writeWorld } from "../world/write-world.ts";
import type { Persistence } from "./persistence.ts";
import { rowsOfWorld } from "./saved-world.ts";

/**
 * Brings a world's unsaved rows to where they survive. Effects that happen while one commit is under way share the
 * next one; what a failed commit could not save stays unsaved and goes with the next.
 */
export class Commits {
  readonly #world: World;
  readonly #persistence: Persistence | undefined;
  /** What is saved is another world, which the first commit takes away. */
  #replaces: boolean;
  #running: Promise<void> = Promise.resolve();
  #next: Promise<void> | undefined;

  /**
   * Without a persistence nothing is kept, and nothing is waited for.
   *
   * @param before - the commits of the world that this one takes the place of; they end first.
   */
  constructor(world: World, persistence: Persistence | undefined, before?: Commits) {
    this.#world = world;
    this.#persistence = persistence;
    this.#replaces = before !== undefined;
    if (before !== undefined) this.#running = before.settle();
  }

  /** Resolves once everything that has happened so far is saved; rejects where it could not be. */
  settle(): Promise<void> {
    const { unsaved } = this.#world;
    const persistence = this.#persistence;
    if (persistence === undefined) {
      unsaved.take();
      return this.#running;
    }
    if (unsaved.size === 0 && !this.#replaces) return this.#next ?? this.#running;
    this.#next ??= this.#startNext(persistence);
    return this.#next;
  }

  async #startNext(persistence: Persistence): Promise<void> {
    await this.#running.catch(() => {});
    this.#next = undefined;
    this.#running = this.#commit(persistence);
    await this.#running;
  }

  async #commit(persistence: Persistence): Promise<void> {
    const names = this.#world.unsaved.take();
    const replaces = this.#replaces;
    this.#replaces = false;
    try {
      if (replaces) await persistence.replace(rowsOfWorld(writeWorld(this.#world)));
      else
        await persistence.commit(
          names.map((name) => ({ ...name, value: rowOf(this.#world, name) })),
        );
    } catch (error) {
      this.#replaces = replaces;
      for (const { table, key } of names) this.#world.unsaved.add(table, key);
      throw error;
    }
  }
}
