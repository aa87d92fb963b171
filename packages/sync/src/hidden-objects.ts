import {
  type Clock,
  forgetObject,
  fromLocalKey,
  isProvisionalId,
  type JournalRow,
  type LocalKey,
  type ObjectRow,
  type ProjectId,
  showCopy,
  toLocalKey,
} from "@holdfast/core";
import type { Inquiry } from "./inquiry.ts";
import { readObjects } from "./read-rows.ts";
import type { StoreReads } from "./store-reads.ts";
import type { Term } from "./term.ts";

export interface HiddenObjectsOptions {
  readonly term: Term;
  readonly store: StoreReads;
  readonly clock: Clock;
  readonly inquiry: Inquiry;
}

/** Whether the request takes objects out of a project. */
export function isRemoval({ path }: JournalRow): boolean {
  return path.endsWith("/removeObjects");
}

/** The object whose copy the request brings to another project; undefined where it is no clone. */
export function sourceOfClone({ path, lane }: JournalRow): LocalKey | undefined {
  const [, project, method] = path.split("/");
  return method === "clone" ? toLocalKey(project as ProjectId, fromLocalKey(lane).id) : undefined;
}

/** More are not followed: what is left shows at the next look at the platform. */
const maxFollowed = 1_000;

/**
 * Hidden objects, which go along with visible ones that lead to them: out of a project with the last of them that is
 * removed, and into another one with each that is cloned (CS §3, §4).
 */
export class HiddenObjects {
  readonly #options: HiddenObjectsOptions;

  constructor(options: HiddenObjectsOptions) {
    this.#options = options;
  }

  /** Those of the same project on this device that links of the object lead to, through hidden ones only. */
  async behind(key: LocalKey): Promise<readonly ObjectRow[]> {
    const { store } = this.#options;
    const object = (await readObjects(store, [key])).get(key);
    if (object === undefined) return [];
    const found = new Map<LocalKey, ObjectRow>();
    let links: readonly string[] = object.view.links;
    while (links.length > 0 && found.size < maxFollowed) {
      const rows = await store.find({
        id: links,
        scope: { project: object.project },
        visibility: "hidden",
        limit: maxFollowed,
      });
      const fresh = rows.filter((row) => row.key !== key && !found.has(row.key));
      for (const row of fresh) found.set(row.key, row);
      links = [...new Set(fresh.flatMap((row) => row.view.links))];
    }
    return [...found.values()];
  }

  /** Objects of its project that, when they are cloned, take this one along: what leads to it through hidden ones only. */
  async leadingTo(object: ObjectRow): Promise<readonly ObjectRow[]> {
    const found = new Map<LocalKey, ObjectRow>();
    let hidden: readonly ObjectRow[] = object.view.hidden ? [object] : [];
    while (hidden.length > 0 && found.size < maxFollowed) {
      const rows = await this.#options.store.find({
        link: hidden.flatMap(({ id, realId }) => (realId === undefined ? [id] : [id, realId])),
        scope: { project: object.project },
        visibility: "either",
        limit: maxFollowed,
      });
      const fresh = rows.filter((row) => row.key !== object.key && !found.has(row.key));
      for (const row of fresh) found.set(row.key, row);
      hidden = fresh.filter((row) => row.view.hidden);
    }
    return [...found.values()];
  }

  /** Asks which of them went along with one that was cloned, and shows those there. */
  async show(candidates: readonly ObjectRow[], project: ProjectId): Promise<void> {
    const { inquiry, term } = this.#options;
    await Promise.all(
      candidates.map(async ({ id: local, realId: id = local }) => {
        if (isProvisionalId(id)) return;
        const reply = await inquiry.describe({ project, id }, 1);
        if (reply.kind !== "described") return;
        const described = reply.described.state;
        const key = toLocalKey(project, local);
        await term.write(showCopy({ epoch: term.epoch, key, id, described }));
      }),
    );
  }

  /** Asks which of them went along with one that was removed, and lets go of those: the platform decides it, not we. */
  async letGo(candidates: readonly ObjectRow[]): Promise<void> {
    const { inquiry, term, clock } = this.#options;
    await Promise.all(
      candidates.map(async ({ key, project, realId: id }) => {
        if (id === undefined) return;
        const reply = await inquiry.describe({ project, id }, 1);
        if (reply.kind !== "absent") return;
        const { epoch } = term;
        await term.write(forgetObject({ epoch, key, reason: reply.failure, at: clock.now() }));
      }),
    );
  }
}
