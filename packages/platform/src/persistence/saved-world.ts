import { readWorld } from "../world/read-world.ts";
import { worldTables } from "../world/unsaved-rows.ts";
import type { World } from "../world/world.ts";
import type { WorldFile } from "../world/world-file.ts";
import type { RowWrite, SavedRows } from "./persistence.ts";

/** The world that the rows are of. They come in no order. */
export function worldOfRows(rows: SavedRows, loggedEffects: number): World {
  const effects = rows.effects as WorldFile["effects"];
  const nonces = rows.nonces as WorldFile["nonces"];
  const world = readWorld(
    {
      format: "holdfast-platform-world",
      version: 1,
      ...rows,
      meta: rows.meta[0],
      users: (rows.users as WorldFile["users"]).toSorted(byNumber),
      projects: (rows.projects as WorldFile["projects"]).toSorted(byNumber),
      effects: effects.toSorted(byNumber),
      past: (rows.past as WorldFile["past"]).toSorted(byNumber),
      nonces: nonces.toSorted((left, right) => left.at - right.at),
    },
    loggedEffects,
  );
  world.unsaved.take();
  return world;
}

function byNumber(left: { readonly number: number }, right: { readonly number: number }): number {
  return left.number - right.number;
}

/** Every row of a world. */
export function rowsOfWorld(file: WorldFile): readonly RowWrite[] {
  return worldTables.flatMap((table) => {
    const rows: readonly object[] = table === "meta" ? [file.meta] : file[table];
    return rows.map((value) => ({ table, key: rowKey(table, value), value }));
  });
}

function rowKey(table: RowWrite["table"], value: object): string {
  const row = value as Readonly<Record<string, string | number>>;
  switch (table) {
    case "meta":
      return "world";
    case "removed":
      return `${row["project"]}/${row["id"]}`;
    case "parts":
      return `${row["file"]}/${row["index"]}`;
    case "nonces":
      return String(row["key"]);
    case "effects":
    case "past":
      return String(row["number"]);
    case "users":
    case "projects":
    case "objects":
      return String(row["id"]);
  }
}
