import { unreachable } from "../assert.ts";
import type { KeyOf, Put, TableName } from "../store.ts";

/** The primary key of the row a put carries. */
export function keyOfPut(put: Put): KeyOf<TableName> {
  switch (put.table) {
    case "objects":
      return put.row.key;
    case "outbox":
    case "history":
      return put.row.sequence;
    case "journal":
      return put.row.number;
    case "aliases":
      return put.row.local;
    case "contents":
    case "meta":
      return put.row.name;
    default:
      return unreachable(put);
  }
}
