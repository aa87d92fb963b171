import {
  failureOf,
  type JsonObject,
  type LocalKey,
  type ProjectId,
  projectKey,
} from "@holdfast/core";
import { expect } from "vitest";
import { project, type ReplayTab, type ReplayWorld, user } from "./replay-world.ts";

interface Wanted {
  readonly key: LocalKey;
  readonly name: string;
  folder: string;
}

/**
 * A day of tidying up: folders are made, renamed, moved and removed with what is in them, while records are made in them and
 * moved between them, calls are cut at any moment and tabs die. What was asked for, in that order, must be what there is.
 */
export class FolderHistory {
  readonly #world: ReplayWorld;
  readonly #folders = new Set<string>();
  #objects: Wanted[] = [];
  #tab: ReplayTab | undefined;
  #step = 0;
  #made = 0;

  constructor(world: ReplayWorld) {
    this.#world = world;
  }

  async play(steps: number): Promise<void> {
    const on = /record|project/;
    this.#world.platform.faults.rates([
      { rate: 0.08, fault: "cutBeforeEffect", on },
      { rate: 0.08, fault: "cutAfterEffect", on },
      { rate: 0.04, fault: "truncate" },
      { rate: 0.03, fault: { kind: "refuse", error: "InternalError" } },
      { rate: 0.5, fault: { kind: "latency", ms: 5, maxMs: 800 } },
    ]);
    this.#tab = await this.#world.openTab();
    for (this.#step = 0; this.#step < steps; this.#step++) await this.#playStep();
  }

  async settle(): Promise<void> {
    this.#world.isOnline = true;
    this.#world.platform.faults.clear();
    this.#tab?.engine.wake();
    await this.#world.drain(30 * 60_000);
  }

  async check(): Promise<void> {
    const world = this.#world;
    expect(await world.outbox()).toEqual([]);
    expect(world.errors).toEqual([]);
    await this.#checkView();
    const described = (await world.platform.control.act(user, `/${project}/describe`, {
      fields: { folders: true },
    })) as JsonObject;
    expect([...(described["folders"] as readonly string[])].sort()).toEqual(
      ["/", ...this.#folders].sort(),
    );
    const found = (await world.platform.control.act(user, "/system/findDataObjects", {
      scope: { project },
      visibility: "either",
      describe: { fields: { name: true, folder: true } },
    })) as unknown as { readonly results: readonly { readonly describe: JsonObject }[] };
    const there = found.results.map(({ describe }) => [describe["name"], describe["folder"]]);
    expect(Object.fromEntries(there)).toEqual(this.#wanted());
    expect(there).toHaveLength(this.#objects.length);
    const rows = await world.app.find({ visibility: "either" });
    expect(rows.filter((row) => row.relocations !== undefined)).toEqual([]);
  }

  /** Whatever is on its way, the view shows what was asked for. */
  async #checkView(): Promise<void> {
    const rows = await this.#world.app.find({ visibility: "either" });
    const shown = rows.map(({ view }) => [view.name, view.folder]);
    expect(Object.fromEntries(shown), `step ${this.#step}`).toEqual(this.#wanted());
    const [row] = await this.#world.app.get("objects", [projectKey(project as ProjectId)]);
    const known = row?.view.project?.folders ?? [];
    expect([...known].sort(), `step ${this.#step}`).toEqual([...this.#folders].sort());
  }

  #wanted(): Record<string, string> {
    return Object.fromEntries(this.#objects.map(({ name, folder }) => [name, folder]));
  }

  async #playStep(): Promise<void> {
    const chance = this.#draw("what");
    if (chance < 0.2) await this.#newFolder();
    else if (chance < 0.45) await this.#create();
    else if (chance < 0.6) await this.#relocate();
    else if (chance < 0.7) await this.#moveObject();
    else if (chance < 0.76) await this.#remove();
    else await this.#disturb();
    await this.#world.run(Math.floor(this.#draw("pause") ** 3 * 8_000));
    await this.#checkView();
  }

  async #newFolder(): Promise<void> {
    const folder = pathIn(this.#someFolder("parent"), `f${Math.floor(this.#draw("name") * 4)}`);
    if (await this.#isTaken(() => this.#world.editFolder("newFolder", { folder }))) return;
    this.#folders.add(folder);
  }

  async #create(): Promise<void> {
    const [name, folder] = [`S-${this.#made++}`, this.#someFolder("home")];
    const { key } = await this.#world.create({ name, folder });
    this.#objects.push({ key, name, folder });
  }

  async #moveObject(): Promise<void> {
    const wanted = this.#objects[Math.floor(this.#draw("which") * this.#objects.length)];
    if (wanted === undefined) return;
    const folder = this.#someFolder("whither");
    await this.#world.edit(wanted.key, "move", { folder });
    wanted.folder = folder;
  }

  async #relocate(): Promise<void> {
    const folder = this.#someFolder("source");
    if (folder === "/") return;
    const isMove = this.#draw("how") < 0.5;
    const name = isMove
      ? folder.slice(folder.lastIndexOf("/") + 1)
      : `f${Math.floor(this.#draw("name") * 4)}`;
    const destination = isMove
      ? this.#someFolder("destination")
      : folder.slice(0, folder.lastIndexOf("/")) || "/";
    const to = pathIn(destination, name);
    const change = (): Promise<void> =>
      isMove
        ? this.#world.editFolder("moveFolder", { folder, destination })
        : this.#world.editFolder("renameFolder", { folder, name });
    if (await this.#isTaken(change)) return;
    const moved = (path: string): string =>
      path === folder || path.startsWith(`${folder}/`) ? to + path.slice(folder.length) : path;
    const folders = [...this.#folders].map(moved);
    this.#folders.clear();
    for (const path of folders) this.#folders.add(path);
    for (const wanted of this.#objects) wanted.folder = moved(wanted.folder);
  }

  async #remove(): Promise<void> {
    const folder = this.#someFolder("gone");
    if (folder === "/") return;
    await this.#world.removeTree(folder);
    const isIn = (path: string): boolean => path === folder || path.startsWith(`${folder}/`);
    for (const path of [...this.#folders]) if (isIn(path)) this.#folders.delete(path);
    this.#objects = this.#objects.filter((wanted) => !isIn(wanted.folder));
  }

  async #disturb(): Promise<void> {
    const chance = this.#draw("trouble");
    if (chance < 0.4) this.#world.isOnline = !this.#world.isOnline;
    else if (chance < 0.7) {
      this.#tab?.process.kill();
      this.#tab = await this.#world.openTab();
    } else this.#tab?.engine.wake();
  }

  /** Refused as a folder of that name is there, or it would go into itself: the person thinks of something else. */
  async #isTaken(change: () => Promise<void>): Promise<boolean> {
    try {
      await change();
      return false;
    } catch (error) {
      if (failureOf(error)?.code === "InvalidState") return true;
      throw error;
    }
  }

  #someFolder(entity: string): string {
    const all = ["/", ...this.#folders];
    return all[Math.floor(this.#draw(entity) * all.length)] as string;
  }

  #draw(entity: string): number {
    return this.#world.random.fraction(`folders:${this.#step}:${entity}`);
  }
}

function pathIn(folder: string, name: string): string {
  return folder === "/" ? `/${name}` : `${folder}/${name}`;
}
