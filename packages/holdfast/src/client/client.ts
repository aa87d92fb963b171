import type { Observable } from "rxjs";
import type { BackgroundLink } from "../background.ts";
import type { EndOptions, Holdfast, HoldfastStatus } from "../holdfast.ts";
import type { Objects } from "../objects.ts";
import type { History, Operations } from "../operations.ts";
import type { Outbox } from "../outbox.ts";
import type { Folders } from "../folders.ts";
import type { Projects } from "../projects.ts";
import type { Files } from "../files.ts";
import type { Records } from "../records.ts";
import type { Workflows } from "../workflows.ts";
import { FoldersClient } from "./folders-client.ts";
import { FilesClient } from "./files-client.ts";
import { Handle } from "./handle.ts";
import { HistoryClient, OperationsClient } from "./history-client.ts";
import { BackgroundSlot } from "./background-slot.ts";
import type { Line } from "./line.ts";
import { ObjectsClient } from "./objects-client.ts";
import { OutboxClient } from "./outbox-client.ts";
import { ProjectsClient } from "./projects-client.ts";
import { CreationClient } from "./creation-client.ts";
import { watchValue } from "./value-watch.ts";

export interface ClientPorts {
  readonly line: Line;
  /** What the store is called in the events of a service worker, where one can send for it. */
  readonly tag?: string | undefined;
}

/** The whole API over one line, the same for a worker and in-thread. */
export class Client implements Holdfast {
  readonly records: Records;
  readonly files: Files;
  readonly workflows: Workflows;
  readonly objects: Objects;
  readonly projects: Projects;
  readonly folders: Folders;
  readonly outbox: Outbox;
  readonly operations: Operations;
  readonly history: History;
  readonly background: BackgroundLink;
  readonly status$: Observable<HoldfastStatus>;
  readonly #line: Line;
  readonly #onClose: () => void;

  /** @param onClose - lets go of what was acquired for the line, such as listeners of the page. */
  constructor({ line, tag }: ClientPorts, onClose: () => void = () => {}) {
    const background = new BackgroundSlot(tag);
    this.#line = line;
    this.#onClose = onClose;
    this.background = background;
    this.records = new CreationClient(line, "record", Handle);
    this.files = new FilesClient(line);
    this.workflows = new CreationClient(line, "workflow", Handle);
    this.objects = new ObjectsClient(line);
    this.projects = new ProjectsClient(line);
    this.folders = new FoldersClient(line);
    this.outbox = new OutboxClient(line);
    this.operations = new OperationsClient(line);
    this.history = new HistoryClient(line);
    this.status$ = background.complete(watchValue(line, "status"));
  }

  async pause(): Promise<void> {
    await this.#line.send({ kind: "pause" });
  }

  async resume(): Promise<void> {
    await this.#line.send({ kind: "resume" });
  }

  async wake(): Promise<void> {
    await this.#line.send({ kind: "wake" });
  }

  async signOut({ force = false }: EndOptions = {}): Promise<void> {
    await this.#line.send({ kind: "signOut", force });
    await this.close();
  }

  async wipe({ force = false }: EndOptions = {}): Promise<void> {
    await this.#line.send({ kind: "wipe", force });
    await this.close();
  }

  async close(): Promise<void> {
    this.#onClose();
    await this.#line.close();
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }
}
