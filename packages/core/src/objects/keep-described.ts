import type { ObjectRow } from "../data-object.ts";
import { type LocalKey, toLocalKey } from "../ids.ts";
import type { Described } from "../outcomes/from-describe.ts";
import type { Write } from "../store.ts";

/**
 * Puts an object that was made elsewhere on this device, as the platform describes it. One that is here already stays as it
 * is. Relaxed: the platform can be asked again. Fenced.
 */
export function keepDescribed(described: Described, epoch: number): Write<LocalKey> {
  const { id, project, class: rowClass, state: view } = described;
  const key = toLocalKey(project, id);
  const row: ObjectRow = {
    ...{ version: 1, key, project, id, realId: id, class: rowClass, view },
    ...{ pending: 0, parked: 0 },
  };
  return {
    durability: "relaxed",
    reads: { objects: [key] },
    fence: epoch,
    decide: (rows) => ({
      puts: rows.object(key) === undefined ? [{ table: "objects", row }] : [],
      result: key,
    }),
  };
}
