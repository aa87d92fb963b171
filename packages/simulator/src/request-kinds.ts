import type { JournalRow } from "@holdfast/core";

/** It tells what objects or projects are like. */
export function asksAboutObjects(path: string): boolean {
  return isRead(path) && (!path.startsWith("/system/") || bulkQuestions.has(path));
}

const bulkQuestions: ReadonlySet<string> = new Set([
  "/system/describeDataObjects",
  "/system/findDataObjects",
]);

/** The very bytes of one row; or removals of several, each a row of its own, in one call. */
export function isJournalled(path: string, body: string, rows: readonly JournalRow[]): boolean {
  if (rows.some((row) => row.body === body)) return true;
  if (!path.endsWith("/removeObjects")) return false;
  const { objects } = JSON.parse(body) as { readonly objects: readonly string[] };
  return objects.every((id) => rows.some((row) => row.body.includes(`"${id}"`)));
}

/** Reads have no effect, and are not journalled; nor is the question for a URL to send a part of a file to. */
export function isRead(path: string): boolean {
  return path.startsWith("/system/") || /\/(describe|listFolder|upload|download)$/.test(path);
}
