import {
  attachIn,
  type AttachRow,
  isOrigin,
  type LocalKey,
  type Logger,
  type OutboxRow,
  parkOperations,
  removalIn,
} from "@holdfast/core";
import type { CleanedFiles } from "./cleaned-files.ts";
import { FileUpload, type FileUploadOptions, isOnPlatform } from "./file-upload.ts";
import type { HeldBack } from "./held-back.ts";
import { readLanes, readObjects } from "./read-rows.ts";
import { Slots } from "./slots.ts";
import type { TaskGroup } from "./task-group.ts";
import type { TransferBoard, TransferReport } from "./transfers.ts";

export interface UploadsOptions extends FileUploadOptions {
  readonly logger: Logger;
  readonly tasks: Pick<TaskGroup, "run">;
  readonly transfers: TransferBoard;
  readonly cleaned: CleanedFiles;
  readonly held: HeldBack;
  /** So many operations were found done. */
  readonly onDone: (operations: number) => void;
  /** The status may show something else. */
  readonly onChange: () => void;
}

interface Running {
  /** What it shall come to; undefined where nobody wants it any more. */
  wanted: AttachRow | undefined;
  /** How often that was told. */
  told: number;
}

/**
 * Uploads what is attached to files, beside what else is done with them, some files at a time. Each lane that is planned is
 * told here, so that an upload begins as soon as its file is on the platform, and goes on whatever the lane waits for.
 */
export class Uploads {
  readonly #options: UploadsOptions;
  readonly #running = new Map<LocalKey, Running>();
  readonly #files: Slots;

  constructor(options: UploadsOptions) {
    this.#options = options;
    this.#files = new Slots(options.limits.filesAtOnce);
  }

  get isActive(): boolean {
    return this.#running.size > 0;
  }

  /** The lane as it is now. */
  tell(lane: LocalKey, rows: readonly OutboxRow[]): void {
    const wanted = wantedIn(rows);
    const running = this.#running.get(lane);
    if (running !== undefined) {
      running.wanted = wanted;
      running.told += 1;
      return;
    }
    if (wanted === undefined) return;
    const upload: Running = { wanted, told: 1 };
    this.#running.set(lane, upload);
    this.#options.tasks.run(() => this.#run(lane, upload));
  }

  /** Something was committed to the lane. */
  hear(lane: LocalKey): void {
    if (!this.#running.has(lane)) return;
    this.#options.tasks.run(async () => {
      const rows = await this.#lane(lane);
      if (this.#running.has(lane)) this.tell(lane, rows);
    });
  }

  /** Nothing of a lane that cannot be read. */
  async #lane(lane: LocalKey): Promise<readonly OutboxRow[]> {
    const { store, held } = this.#options;
    return (await readLanes(store, [lane], held.add)).get(lane) ?? [];
  }

  async #run(lane: LocalKey, upload: Running): Promise<void> {
    const { term, transfers, onChange } = this.#options;
    const begin = (size: number): TransferReport =>
      transfers.begin({ file: lane, direction: "upload", size });
    let content = upload.wanted?.operation.content;
    // Shown from now on, also while it waits for its turn.
    let report = begin(upload.wanted?.operation.size ?? 0);
    try {
      const release = await this.#files.take(term.signal);
      report.start();
      try {
        // Told again meanwhile: it may have been retried, or discarded for another content.
        for (let told = 0; told < upload.told && upload.wanted !== undefined; ) {
          told = upload.told;
          const { operation } = upload.wanted;
          if (operation.content !== content) {
            report.end();
            report = begin(operation.size);
            report.start();
            content = operation.content;
          }
          await this.#upload(lane, upload, report);
        }
      } finally {
        release();
      }
    } finally {
      this.#running.delete(lane);
      report.end();
      onChange();
    }
  }

  async #upload(lane: LocalKey, upload: Running, report: TransferReport): Promise<void> {
    const { store, held, cleaned, onDone, logger, term, clock } = this.#options;
    const object = (await readObjects(store, [lane], held.add)).get(lane);
    const attach = wantedIn(await this.#lane(lane));
    if (object === undefined || !isOnPlatform(object) || attach === undefined) return;
    const { content } = attach.operation;
    const isWanted = (): boolean => upload.wanted?.operation.content === content;
    const end = await new FileUpload(this.#options, { object, attach, report, isWanted }).run();
    if (end.kind === "done") onDone(end.history.length);
    if (end.kind === "gone" && !(await cleaned.makeAgain(object, end.how))) {
      logger.warn("A file was gone before its content was uploaded.", { object: lane });
      const { epoch } = term;
      const operations = [attach.sequence];
      const { reason } = end;
      await term.write(parkOperations({ epoch, lane, operations, reason, at: clock.now() }));
    }
  }
}

/** What is to be uploaded by now: the content attached, unless a person has to decide on it or its object goes. */
function wantedIn(rows: readonly OutboxRow[]): AttachRow | undefined {
  const [first] = rows;
  const attach = attachIn(rows);
  if (first === undefined || attach === undefined || attach.parked !== undefined) return undefined;
  if (isOrigin(first) || removalIn(rows) !== undefined) return undefined;
  return attach;
}
