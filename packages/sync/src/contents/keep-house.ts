import {
  type ContentName,
  type ContentRoom,
  type ContentRow,
  type ContentStore,
  dropGarbage,
  evictContent,
  freeBytes,
  HoldfastError,
  isEvictable,
  isGarbage,
  leastUsed,
  type LocalKey,
  lockOfContent,
  type Locks,
  noRoom,
  type ObjectRow,
  type Store,
} from "@holdfast/core";

export interface ContentPorts {
  readonly store: Pick<Store, "contents" | "get" | "write">;
  readonly contents: ContentStore;
  readonly locks: Locks;
}

/**
 * Removes what no file has: bytes without a row, and rows whose writer is gone. What any tab is writing is under the lock of
 * its name, and stays; so does what cannot be read, or whose file cannot. The bytes are listed before the rows are read: whoever
 * writes has committed a row first.
 * @throws HoldfastError `StorageFailed`, `StorageClosed`.
 */
export async function collectGarbage(ports: ContentPorts): Promise<void> {
  const { store, contents } = ports;
  const names = await contents.list();
  const { owned, known } = await readContents(ports);
  const garbage: readonly Pick<ContentRow, "name" | "file">[] = [
    ...names.filter((name) => !known.has(name)).map((name) => ({ name })),
    ...owned.filter(({ row, file }) => isGarbage(row, file)).map(({ row }) => row),
  ];
  for (const one of garbage) {
    await unlessHeld(ports, one.name, async () => {
      if (await store.write(dropGarbage(one))) await contents.remove(one.name);
    });
  }
}

/**
 * Sees that so many bytes more have room beside the outbox's reserve: garbage goes first, then what may be evicted, the longest
 * unused first; nothing of it where all of it would not be enough. Says nothing where nobody can tell the room.
 * @throws HoldfastError `StorageQuota` with the bytes needed and free.
 */
export async function makeRoom(ports: ContentPorts, bytes: number): Promise<void> {
  if (isEnough(await ports.contents.room(), bytes)) return;
  await collectGarbage(ports);
  const room = await ports.contents.room();
  if (room === undefined || isEnough(room, bytes)) return;
  const { owned } = await readContents(ports);
  const evictable = owned.filter(({ row, file }) => isEvictable(row, file));
  const chosen = leastUsed(
    evictable.map(({ row }) => row),
    bytes - freeBytes(room),
  );
  if (chosen === undefined) throw new HoldfastError(noRoom(bytes, room));
  for (const row of chosen) await evict(ports, row);
}

function isEnough(room: ContentRoom | undefined, bytes: number): boolean {
  return room === undefined || freeBytes(room) >= bytes;
}

async function evict(ports: ContentPorts, row: ContentRow): Promise<void> {
  const { store, contents } = ports;
  await unlessHeld(ports, row.name, async () => {
    if (await store.write(evictContent(row))) await contents.remove(row.name);
  });
}

/** A content whose row can be read, and the row of its file too, where it has one. */
interface Owned {
  readonly row: ContentRow;
  readonly file: ObjectRow | undefined;
}

async function readContents({ store }: ContentPorts): Promise<{
  readonly owned: readonly Owned[];
  /** All that have a row, readable or not. */
  readonly known: ReadonlySet<ContentName>;
}> {
  const known = new Set<ContentName>();
  const rows = await store.contents({ onDamaged: ({ key }) => known.add(key) });
  for (const { name } of rows) known.add(name);
  const keys = [...new Set(rows.flatMap(({ file }) => (file === undefined ? [] : [file])))];
  const unreadable = new Set<LocalKey>();
  const objects = await store.get("objects", keys, {
    onDamaged: ({ key }) => unreadable.add(key),
  });
  const files = new Map(keys.map((key, index) => [key, objects[index]]));
  const owned = rows.flatMap((row): readonly Owned[] => {
    if (row.file === undefined) return [{ row, file: undefined }];
    return unreadable.has(row.file) ? [] : [{ row, file: files.get(row.file) }];
  });
  return { owned, known };
}

async function unlessHeld(
  { locks }: ContentPorts,
  name: ContentName,
  act: () => Promise<void>,
): Promise<void> {
  await locks.request(lockOfContent(name), { ifAvailable: true }, async (held) => {
    if (held) await act();
  });
}
