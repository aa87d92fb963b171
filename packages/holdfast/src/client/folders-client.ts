import type { Observable } from "rxjs";
import type {
  FolderEdit,
  FolderListing,
  FolderRemoval,
  Folders,
  ListOptions,
  Subfolders,
} from "../folders.ts";
import type { Receipt } from "../receipt.ts";
import { Handle } from "./handle.ts";
import type { Line } from "./line.ts";
import { watchTarget } from "./value-watch.ts";

export class FoldersClient implements Folders {
  readonly #line: Line;

  constructor(line: Line) {
    this.#line = line;
  }

  async list(
    project: string,
    folder = "/",
    { includeHidden = false, ...options }: ListOptions = {},
  ): Promise<FolderListing> {
    const { objects, ...below } = await this.#line.send(
      { kind: "listFolder", project, folder, includeHidden },
      options,
    );
    return { ...below, objects: await this.#line.rest(objects, options) };
  }

  watch(project: string, folder = "/"): Observable<Subfolders> {
    return watchTarget(this.#line, { of: "folder", project, folder });
  }

  create(
    project: string,
    folder: string,
    { parents = false }: { readonly parents?: boolean } = {},
  ): Promise<Receipt> {
    return this.#edit(project, { kind: "newFolder", folder, parents });
  }

  rename(project: string, folder: string, name: string): Promise<Receipt> {
    return this.#edit(project, { kind: "renameFolder", folder, name });
  }

  move(project: string, folder: string, destination: string): Promise<Receipt> {
    return this.#edit(project, { kind: "moveFolder", folder, destination });
  }

  async remove(
    project: string,
    folder: string,
    { recurse = false }: { readonly recurse?: boolean } = {},
  ): Promise<FolderRemoval> {
    if (!recurse) {
      const receipt = await this.#edit(project, { kind: "removeFolder", folder });
      return { ...receipt, operations: [receipt.operation] };
    }
    const { key, operation, operations } = await this.#line.send({
      kind: "removeFolderTree",
      project,
      folder,
    });
    const receipt = new Handle(this.#line, key).receiptOf(operation);
    return { ...receipt, operations: await this.#line.rest(operations) };
  }

  async #edit(project: string, edit: FolderEdit): Promise<Receipt> {
    const { key, operation } = await this.#line.send({ kind: "editFolder", project, edit });
    return new Handle(this.#line, key).receiptOf(operation);
  }
}
