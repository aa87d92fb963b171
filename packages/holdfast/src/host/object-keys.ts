import {
  type Failure,
  fromLocalKey,
  isListed,
  isObjectId,
  isProjectId,
  type LocalKey,
  type ObjectId,
  type ObjectRow,
  type ProjectId,
  type Store,
  toLocalKey,
} from "@holdfast/core";

export type FoundObject = { readonly row: ObjectRow } | { readonly failure: Failure };

/** Parses `project-…/class-…`; undefined where the text is no local key. */
export function parseLocalKey(text: unknown): LocalKey | undefined {
  if (typeof text !== "string") return undefined;
  const { project, id } = fromLocalKey(text as LocalKey);
  return isProjectId(project) && isObjectId(id) ? toLocalKey(project, id) : undefined;
}

/**
 * The object that a key or an id names, in whatever form: the row's key, its real id in place of the provisional
 * one, or an id alone. What is being removed is named by nothing.
 */
export async function findObject(
  store: Store,
  text: string,
  project?: string,
): Promise<FoundObject> {
  const key = parseLocalKey(text);
  if (key !== undefined) {
    const [row] = await store.get("objects", [key]);
    if (row !== undefined && isListed(row)) return { row };
    const parts = fromLocalKey(key);
    return await findById(store, parts.id, parts.project);
  }
  if (!isObjectId(text)) {
    return { failure: { code: "InvalidInput", message: `${quote(text)} is no key and no id.` } };
  }
  if (project !== undefined && !isProjectId(project)) {
    return { failure: { code: "InvalidType", message: `${quote(project)} is no project's id.` } };
  }
  return await findById(store, text, project);
}

/** The local keys of ids, for those whose key is not simply their id in the project that mentions them. */
export async function keysOfIds(
  store: Store,
  ids: readonly ObjectId[],
): Promise<ReadonlyMap<string, LocalKey>> {
  const keys = new Map<string, LocalKey>();
  if (ids.length === 0) return keys;
  for (const row of await store.find({ id: ids, visibility: "either", limit: ids.length * 2 })) {
    keys.set(row.id, row.key);
    if (row.realId !== undefined) keys.set(row.realId, row.key);
  }
  return keys;
}

/** The keys of what is mentioned, where it is not simply the id in the project of who mentions it. */
export async function keysOfMentions(
  store: Store,
  mentions: ReadonlyMap<ObjectId, ProjectId>,
): Promise<ReadonlyMap<string, LocalKey>> {
  const guesses = Array.from(mentions, ([id, project]) => toLocalKey(project, id));
  if (guesses.length === 0) return new Map();
  const rows = await store.get("objects", guesses);
  return await keysOfIds(
    store,
    [...mentions.keys()].filter((_, index) => rows[index] === undefined),
  );
}

async function findById(store: Store, id: ObjectId, project?: ProjectId): Promise<FoundObject> {
  const scope = project === undefined ? {} : { scope: { project } };
  const [row, other] = await store.find({ id: [id], visibility: "either", limit: 2, ...scope });
  if (row === undefined) {
    return {
      failure: {
        code: "ResourceNotFound",
        message: `There is no ${id} on this device.`,
        object: id,
      },
    };
  }
  if (other === undefined) return { row };
  return {
    failure: {
      code: "InvalidInput",
      message: `${id} has copies in several projects here; name one by its key.`,
      object: id,
    },
  };
}

/** What an app has passed may be anything that a message can carry. */
function quote(text: unknown): string {
  return typeof text === "string" ? JSON.stringify(text.slice(0, 60)) : `A value (${typeof text})`;
}
