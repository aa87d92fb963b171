import type { Holdfast, ObjectDescription, Transfer, Transfers } from "holdfast";
import { type ReactElement, useCallback, useEffect, useMemo, useRef, useState } from "react";
import { useSource } from "../hooks/use-source.ts";
import {
  addFiles,
  type AddProgress,
  type ChosenFile,
  chosenFiles,
  droppedFiles,
} from "../model/add-files.ts";
import type { Bench } from "../model/bench.ts";
import { saveFile } from "../model/environment.ts";
import { bytes, duration, plural } from "../model/format.ts";
import { errorWords } from "../model/words.ts";
import { Dialog } from "./dialog.tsx";
import { FileRow, type FileActions } from "./file-row.tsx";
import { Icon } from "./icon.tsx";
import { VirtualList } from "./virtual-list.tsx";

const nothing: Transfers = {
  files: [],
  total: { files: 0, size: 0, moved: 0, confirmed: 0, bytesPerSecond: 0 },
};

/** The project's files: add some, see them go, open them where there is no network. */
export function FilesDialog(props: {
  readonly bench: Bench;
  readonly onClose: () => void;
}): ReactElement {
  const { bench, onClose } = props;
  const { holdfast, host, notices } = bench;
  const status = useSource(bench.status);
  const { files, transfers } = useFiles(holdfast, host.project);
  const [adding, setAdding] = useState<AddProgress>();
  const stop = useRef<AbortController>(undefined);
  const tellError = useCallback(
    (error: unknown) => notices.tell("bad", errorWords(error)),
    [notices],
  );
  const add = useCallback(
    async (chosen: readonly ChosenFile[]) => {
      if (chosen.length === 0) return;
      const ending = new AbortController();
      stop.current = ending;
      const options = { project: host.project, signal: ending.signal, onProgress: setAdding };
      try {
        await addFiles(holdfast, chosen, options);
        notices.tell("good", `${plural(chosen.length, "file")} kept on this device.`);
      } catch (error) {
        if (!ending.signal.aborted) tellError(error);
      } finally {
        setAdding(undefined);
      }
    },
    [holdfast, host.project, notices, tellError],
  );
  useDrop(add, tellError);
  const actions = useMemo(() => actionsOf(holdfast, tellError), [holdfast, tellError]);
  const moving = useMemo(
    () => new Map<string, Transfer>(transfers.files.map((one) => [one.file, one])),
    [transfers],
  );
  const isPaused = status.phase === "paused";
  return (
    <Dialog
      title="Files"
      isWide
      onClose={onClose}
      footer={
        <>
          <TotalLine transfers={transfers} phase={status.phase} unsent={unsentAmong(files)} />
          <span className="spring" />
          <button
            type="button"
            className="button"
            onClick={() => {
              (isPaused ? holdfast.resume() : holdfast.pause()).catch(tellError);
            }}
          >
            <Icon name={isPaused ? "play" : "pause"} />
            {isPaused ? "Resume" : "Pause"}
          </button>
        </>
      }
    >
      {adding === undefined ? (
        <AddButtons onChosen={(chosen) => void add(chosen)} />
      ) : (
        <AddingLine
          adding={adding}
          onCancel={() => stop.current?.abort(new Error("Cancelled by a person."))}
        />
      )}
      {files.length === 0 ? (
        <p className="files-none">
          No files yet. Drop files or folders here: they are kept on this device at once and
          uploaded when there is a network.
        </p>
      ) : (
        <div className="files-list">
          <VirtualList
            label="Files"
            items={files}
            keyOf={(file) => file.key}
            itemHeight={54}
            render={(file) => (
              <FileRow
                file={file}
                transfer={moving.get(file.key)}
                isOffline={status.phase === "offline"}
                actions={actions}
              />
            )}
          />
        </div>
      )}
    </Dialog>
  );
}

function useFiles(
  holdfast: Holdfast,
  project: string,
): { readonly files: readonly ObjectDescription[]; readonly transfers: Transfers } {
  const [files, setFiles] = useState<readonly ObjectDescription[]>([]);
  const [transfers, setTransfers] = useState(nothing);
  useEffect(() => {
    const query = {
      class: "file",
      scope: { project, folder: "/", recurse: true },
      limit: 50_000,
    } as const;
    const watching = holdfast.objects.watch(query).subscribe(setFiles);
    watching.add(holdfast.files.transfers$.subscribe(setTransfers));
    return () => watching.unsubscribe();
  }, [holdfast, project]);
  return { files, transfers };
}

/** While the dialog is open the whole page takes files. */
function useDrop(
  add: (chosen: readonly ChosenFile[]) => Promise<void>,
  onError: (error: unknown) => void,
): void {
  useEffect(() => {
    const ending = new AbortController();
    const { signal } = ending;
    addEventListener("dragover", (event) => event.preventDefault(), { signal });
    addEventListener(
      "drop",
      (event) => {
        event.preventDefault();
        if (event.dataTransfer !== null) {
          droppedFiles(event.dataTransfer).then(add).catch(onError);
        }
      },
      { signal },
    );
    return () => ending.abort();
  }, [add, onError]);
}

function actionsOf({ files }: Holdfast, onError: (error: unknown) => void): FileActions {
  return {
    save: ({ key, name }) => {
      files
        .handle(key)
        .content()
        .then((blob) => saveFile(blob, name), onError);
    },
    keep: ({ key }, isKept) => {
      files.handle(key).keepOffline(isKept).catch(onError);
    },
    remove: ({ key }) => {
      files.handle(key).remove().catch(onError);
    },
  };
}

function AddButtons({
  onChosen,
}: {
  readonly onChosen: (chosen: readonly ChosenFile[]) => void;
}): ReactElement {
  return (
    <div className="files-add">
      <FileInput label="Add files…" onChosen={onChosen} />
      <FileInput label="Add a folder…" isFolder onChosen={onChosen} />
    </div>
  );
}

function FileInput(props: {
  readonly label: string;
  readonly isFolder?: boolean;
  readonly onChosen: (chosen: readonly ChosenFile[]) => void;
}): ReactElement {
  const { label, isFolder = false, onChosen } = props;
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <button type="button" className="button" onClick={() => input.current?.click()}>
        <Icon name="plus" />
        {label}
      </button>
      <input
        ref={input}
        type="file"
        hidden
        multiple
        aria-label={label}
        {...(isFolder ? { webkitdirectory: "" } : {})}
        onChange={(event) => {
          const chosen = chosenFiles(event.target.files ?? []);
          event.target.value = "";
          onChosen(chosen);
        }}
      />
    </>
  );
}

function AddingLine(props: {
  readonly adding: AddProgress;
  readonly onCancel: () => void;
}): ReactElement {
  const { name, done, of, size } = props.adding;
  return (
    <div className="files-adding" role="status">
      <span className="entry-name">
        Keeping {name} ({done + 1} of {of})
      </span>
      <button type="button" className="button quiet" onClick={props.onCancel}>
        Cancel
      </button>
      <progress aria-label={`Keeping ${name}`} value={props.adding.bytes} max={Math.max(1, size)} />
    </div>
  );
}

function TotalLine(props: {
  readonly transfers: Transfers;
  readonly phase: string;
  /** Files of which something is not on the platform yet. */
  readonly unsent: number;
}): ReactElement {
  const { files, size, confirmed, bytesPerSecond, leftMs } = props.transfers.total;
  if (files === 0) {
    return <span className="files-total">{restWords(props.unsent, props.phase)}</span>;
  }
  const rate = bytesPerSecond === 0 ? "" : `, ${bytes(bytesPerSecond)}/s`;
  const left = leftMs === undefined ? "" : `, ${duration(leftMs)} left`;
  return (
    <span className="files-total">
      {plural(files, "file")}: {bytes(confirmed)} of {bytes(size)}
      {props.phase === "replaying" || props.phase === "idle"
        ? `${rate}${left}`
        : ` (${props.phase})`}
    </span>
  );
}

function unsentAmong(files: readonly ObjectDescription[]): number {
  return files.filter(({ pending, parked }) => pending > parked).length;
}

/** What there is to say while no content moves. */
function restWords(unsent: number, phase: string): string {
  if (unsent === 0) return "Nothing is on its way.";
  const until = { offline: " once there is a network", paused: " once you resume" }[phase] ?? "";
  return `${plural(unsent, "file")} to be sent${until}.`;
}
