import type {
  History,
  HistoryEntry,
  HistoryOptions,
  OperationReport,
  Operations,
} from "../operations.ts";
import type { WaitOptions } from "../receipt.ts";
import { maxRows } from "../wire.ts";
import type { Line } from "./line.ts";

export class OperationsClient implements Operations {
  readonly #line: Line;

  constructor(line: Line) {
    this.#line = line;
  }

  async get(id: string, options: WaitOptions = {}): Promise<OperationReport | undefined> {
    return (await this.#line.send({ kind: "operation", id }, options)) ?? undefined;
  }
}

export class HistoryClient implements History {
  readonly #line: Line;

  constructor(line: Line) {
    this.#line = line;
  }

  list({
    after,
    limit = maxRows,
    newestFirst = false,
    ...options
  }: HistoryOptions = {}): Promise<readonly HistoryEntry[]> {
    return this.#line.send(
      { kind: "historyList", limit, newestFirst, ...(after === undefined ? {} : { after }) },
      options,
    );
  }

  async export(options: WaitOptions = {}): Promise<Blob> {
    const { exportHistory } = await import("./export-history.ts");
    return await exportHistory(this, options);
  }
}
