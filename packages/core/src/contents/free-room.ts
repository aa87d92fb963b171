import type { ContentRoom } from "../content.ts";
import type { Failure } from "../failure.ts";

const mebibyte = 2 ** 20;

/** Of the quota, contents leave this to the outbox, in bytes: what a person does must never find the device full of files. */
export function outboxReserve({ quota }: ContentRoom): number {
  return Math.min(64 * mebibyte, Math.floor(quota / 10));
}

/** What contents may still take, in bytes. */
export function freeBytes(room: ContentRoom): number {
  return Math.max(0, room.quota - room.used - outboxReserve(room));
}

export function noRoom(neededBytes: number, room: ContentRoom): Failure {
  const free = freeBytes(room);
  const reserve = outboxReserve(room);
  const [needed, left, kept] = [neededBytes, free, reserve].map(inMebibytes);
  return {
    code: "StorageQuota",
    message: `The content needs ${needed} and this site may still use ${left}, beside ${kept} that stay free for changes. Free some space, or let go of files kept offline.`,
    neededBytes,
    freeBytes: free,
    reservedBytes: reserve,
  };
}

function inMebibytes(bytes: number): string {
  return `${(bytes / mebibyte).toFixed(1)} MiB`;
}
