import type { OperationId } from "@holdfast/core";
import type { Observable } from "rxjs";
import type { CreatedHandle } from "../object-handle.ts";
import type {
  DiscardPreview,
  OperationChange,
  Outbox,
  OutboxEntry,
  OutboxPage,
  OutboxSelection,
  ParkedPage,
} from "../outbox.ts";
import type { Receipt, WaitOptions } from "../receipt.ts";
import { maxRows } from "../wire.ts";
import { Handle, newHandle } from "./handle.ts";
import type { Line } from "./line.ts";
import { watchValue } from "./value-watch.ts";

export class OutboxClient implements Outbox {
  readonly pending$: Observable<OutboxPage>;
  readonly parked$: Observable<ParkedPage>;
  readonly #line: Line;

  constructor(line: Line) {
    this.#line = line;
    this.pending$ = watchValue(line, "pending");
    this.parked$ = watchValue(line, "parked");
  }

  list({
    after,
    limit = maxRows,
    ...options
  }: WaitOptions & { readonly after?: OperationId; readonly limit?: number } = {}): Promise<
    readonly OutboxEntry[]
  > {
    return this.#line.send(
      { kind: "outboxList", limit, ...(after === undefined ? {} : { after }) },
      options,
    );
  }

  retry(selection: OutboxSelection): Promise<number> {
    return this.#line.send({ kind: "retry", selection });
  }

  async discardPreview(selection: OutboxSelection): Promise<DiscardPreview> {
    const { operations, parks, objects } = await this.#line.send({
      kind: "discardPreview",
      selection,
    });
    return {
      operations: await this.#line.rest(operations),
      parks: await this.#line.rest(parks),
      objects: await this.#line.rest(objects),
    };
  }

  discard(selection: OutboxSelection): Promise<number> {
    return this.#line.send({ kind: "discard", selection });
  }

  async edit(operation: string, change: OperationChange): Promise<Receipt> {
    const edited = await this.#line.send({ kind: "editOperation", operation, change });
    return new Handle(this.#line, edited.key).receiptOf(edited.operation);
  }

  async saveAsNew(operation: string): Promise<CreatedHandle> {
    return newHandle(this.#line, await this.#line.send({ kind: "saveAsNew", operation }), Handle);
  }
}
