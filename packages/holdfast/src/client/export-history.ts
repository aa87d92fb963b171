import type { OperationId } from "@holdfast/core";
import type { History } from "../operations.ts";
import type { WaitOptions } from "../receipt.ts";

/** One line of JSON for each entry, oldest first. */
export async function exportHistory(
  history: Pick<History, "list">,
  options: WaitOptions,
): Promise<Blob> {
  const pages: string[] = [];
  for (let after: OperationId | undefined; ; ) {
    const entries = await history.list({ ...options, ...(after === undefined ? {} : { after }) });
    pages.push(entries.map((entry) => `${JSON.stringify(entry)}\n`).join(""));
    after = entries.at(-1)?.id;
    if (after === undefined) return new Blob(pages, { type: "application/jsonl" });
  }
}
