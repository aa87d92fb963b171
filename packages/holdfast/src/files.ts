import type { Creation, CreationInput } from "./creation.ts";

/** Input of `/file/new` (DO §7.1). A file is born open and without content, and nothing changes its media type later. */
export interface FileInput extends CreationInput {
  /** Its Internet media type. Default: none. */
  readonly media?: string;
}

export type Files = Creation<FileInput>;
