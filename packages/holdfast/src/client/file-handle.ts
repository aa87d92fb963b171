import type { LocalKey, ObjectId, Transfer } from "@holdfast/core";
import type { Observable } from "rxjs";
import type { AttachOptions, Content } from "../content.ts";
import type { FileHandle } from "../files.ts";
import type { Receipt, WaitOptions } from "../receipt.ts";
import { Handle } from "./handle.ts";
import type { Line } from "./line.ts";
import { watchTarget } from "./value-watch.ts";

/** What most pages never call is loaded when it first is (docs/decisions/0019-packages.md). */
export class HandleOfFile extends Handle implements FileHandle {
  readonly progress$: Observable<Transfer | null>;
  readonly #line: Line;

  constructor(line: Line, key: LocalKey, id?: ObjectId) {
    super(line, key, id);
    this.#line = line;
    this.progress$ = watchTarget(line, { of: "transfer", object: key });
  }

  async attach(content: Content, options?: AttachOptions): Promise<Receipt> {
    const { attachContent } = await import("./keep-content.ts");
    return await attachContent(this.#line, { file: this, content }, options);
  }

  async content(options: WaitOptions = {}): Promise<Blob> {
    return await (await reading()).readContent(this.#line, this.key, options);
  }

  async stream(options: WaitOptions = {}): Promise<ReadableStream<Uint8Array<ArrayBuffer>>> {
    return await (await reading()).streamContent(this.#line, this.key, options);
  }

  async keepOffline(keep = true): Promise<void> {
    await this.#line.send({ kind: "wantContent", object: this.key, keepOffline: keep });
  }
}

function reading(): Promise<typeof import("./read-content.ts")> {
  return import("./read-content.ts");
}
