import type { Holdfast } from "holdfast";

/** A file of the device, and the folder it goes to. */
export interface ChosenFile {
  readonly file: File;
  /** `/`, or the path of the folder that was chosen with it. */
  readonly folder: string;
}

/** From a picker, whose folders are part of the names. */
export function chosenFiles(files: Iterable<File>): readonly ChosenFile[] {
  return Array.from(files, (file) => ({ file, folder: folderOf(file.webkitRelativePath) }));
}

/** From a drop, folders included. To be called before the event is over: what is dropped is gone then. */
export async function droppedFiles({ items }: DataTransfer): Promise<readonly ChosenFile[]> {
  const entries = Array.from(items, (item) => item.webkitGetAsEntry());
  const found = await Promise.all(entries.filter((entry) => entry !== null).map(filesIn));
  return found.flat();
}

export interface AddOptions {
  readonly project: string;
  readonly signal: AbortSignal;
  readonly onProgress: (progress: AddProgress) => void;
}

export interface AddProgress {
  readonly name: string;
  /** Files done, of all. */
  readonly done: number;
  readonly of: number;
  /** Of this one. */
  readonly bytes: number;
  readonly size: number;
}

/** Keeps them on this device one after the other and closes them; they go to the platform by themselves. */
export async function addFiles(
  { files }: Holdfast,
  chosen: readonly ChosenFile[],
  { project, signal, onProgress }: AddOptions,
): Promise<void> {
  for (const [done, { file, folder }] of chosen.entries()) {
    const { name, size } = file;
    const tell = (bytes: number): void =>
      onProgress({ name, done, of: chosen.length, bytes, size });
    tell(0);
    const made = await files.create(
      { project, folder, parents: true, name, media: file.type, content: file },
      { signal, onProgress: ({ bytes }) => tell(bytes) },
    );
    await made.close();
  }
}

function folderOf(path: string): string {
  return `/${path.split("/").slice(0, -1).join("/")}`;
}

async function filesIn(entry: FileSystemEntry): Promise<readonly ChosenFile[]> {
  if (entry.isFile) {
    const file = await new Promise<File>((resolve, reject) => {
      (entry as FileSystemFileEntry).file(resolve, reject);
    });
    return [{ file, folder: folderOf(entry.fullPath.slice(1)) }];
  }
  const reader = (entry as FileSystemDirectoryEntry).createReader();
  const found: ChosenFile[] = [];
  // A reader gives a hundred at a time, and nothing at the end.
  for (;;) {
    const some = await new Promise<FileSystemEntry[]>((resolve, reject) => {
      reader.readEntries(resolve, reject);
    });
    if (some.length === 0) return found;
    found.push(...(await Promise.all(some.map(filesIn))).flat());
  }
}
