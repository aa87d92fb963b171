import type { LocalKey, ObjectDescription, Transfers } from "@holdfast/core";
import type { Observable } from "rxjs";
import type { AttachOptions } from "../content.ts";
import type { FileHandle, FileInput, Files } from "../files.ts";
import type { CreatedHandle } from "../object-handle.ts";
import type { WaitOptions } from "../receipt.ts";
import { CreationClient } from "./creation-client.ts";
import { HandleOfFile } from "./file-handle.ts";
import { newHandle } from "./handle.ts";
import type { Line } from "./line.ts";
import { watchValue } from "./value-watch.ts";

export class FilesClient extends CreationClient<FileInput, HandleOfFile> implements Files {
  readonly transfers$: Observable<Transfers>;
  readonly #line: Line;

  constructor(line: Line) {
    super(line, "file", HandleOfFile);
    this.#line = line;
    this.transfers$ = watchValue(line, "transfers");
  }

  override async create(
    input: FileInput,
    options?: AttachOptions,
  ): Promise<HandleOfFile & CreatedHandle> {
    if (input?.content === undefined) return await super.create(input);
    const { createWithContent } = await import("./keep-content.ts");
    return newHandle(this.#line, await createWithContent(this.#line, input, options), HandleOfFile);
  }

  async get(
    idOrKey: string,
    { project, ...options }: WaitOptions & { readonly project?: string } = {},
  ): Promise<FileHandle | undefined> {
    const where = project === undefined ? {} : { project };
    const found = await this.#line.send({ kind: "get", object: idOrKey, ...where }, options);
    return found === null ? undefined : this.handle(found);
  }

  handle(file: ObjectDescription | LocalKey): FileHandle {
    return typeof file === "string"
      ? new HandleOfFile(this.#line, file)
      : new HandleOfFile(this.#line, file.key, file.id);
  }
}
