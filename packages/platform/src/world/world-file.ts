import type { EpochMs, Json, JsonObject } from "@holdfast/core";
import type { Seed } from "../chance.ts";
import type { Drive } from "./drive.ts";
import type { Effect } from "./effect.ts";
import type { NonceReply } from "./nonce-book.ts";

/**
 * A whole world as one JSON value. Users and projects stand in their order, other rows are sorted by their ids, so
 * that equal worlds are equal text. Tokens are not in it, only their SHA-256.
 */
export interface WorldFile {
  readonly format: "holdfast-platform-world";
  readonly version: 1;
  readonly meta: MetaRow;
  readonly users: readonly UserRow[];
  readonly projects: readonly ProjectRow[];
  readonly objects: readonly ObjectRow[];
  readonly parts: readonly PartRow[];
  readonly removed: readonly RemovedRow[];
  readonly past: readonly PastRow[];
  readonly nonces: readonly NonceReply[];
  readonly effects: readonly Effect[];
}

export interface MetaRow {
  readonly seed: Seed;
  /** Ids drawn so far without a nonce. */
  readonly drawnIds: number;
  /** Absent where there is none. They lie in no project. */
  readonly drives?: readonly Drive[];
}

export interface UserRow {
  readonly id: string;
  readonly number: number;
  readonly name: string;
  readonly tokenHashes: readonly string[];
  /** By hash: project → level, of the tokens that reach less far than the user. Absent where all reach as far. */
  readonly tokenScopes?: { readonly [hash: string]: { readonly [project: string]: string } };
}

export interface ProjectRow {
  readonly id: string;
  readonly number: number;
  readonly created: EpochMs;
  readonly createdBy: string;
  readonly modified: EpochMs;
  readonly version: number;
  readonly settings: { readonly [key: string]: Json };
  readonly permissions: { readonly [user: string]: string };
  readonly folders: readonly string[];
}

export interface ObjectRow {
  readonly id: string;
  readonly created: EpochMs;
  readonly createdBy: string;
  readonly origin: string;
  readonly state: string;
  readonly hidden: boolean;
  readonly types: readonly string[];
  /** JSON text, because it holds digits that a JSON number might lose. */
  readonly details: string;
  readonly copies: readonly CopyRow[];
  /** What only applets, workflows, databases and clusters have, as it is described. */
  readonly own?: JsonObject;
  /** Of a file only. */
  readonly file?: FileRow;
}

/** The optional times are there while they mean something. */
export interface FileRow {
  readonly media: string;
  readonly activeAt: EpochMs;
  readonly closesAt?: EpochMs;
  readonly abandonedAt?: EpochMs;
}

/** A row of its own, so that a change of the file does not write its content again. */
export interface PartRow {
  readonly file: string;
  readonly index: number;
  readonly state: "pending" | "complete";
  readonly size?: number;
  readonly md5?: string;
  /** The content of a complete part: itself in base64, or its name in the directory where it is kept. */
  readonly base64?: string;
  readonly stored?: string;
}

export interface CopyRow {
  readonly project: string;
  readonly name: string;
  readonly folder: string;
  readonly tags: readonly string[];
  readonly properties: { readonly [key: string]: string };
  readonly modified: EpochMs;
  /** Of a file whose content is not at hand here; `until` while it is on its way. */
  readonly archival?: { readonly state: string; readonly until?: EpochMs };
}

/** A change that a search which lags does not see yet. In the order in which they happened. */
export interface PastRow {
  readonly number: number;
  readonly at: EpochMs;
  readonly project: string;
  readonly id: string;
  /** With the one copy that changed; absent where the change made it. */
  readonly before?: ObjectRow;
  /** Of a file that was there: what it had, without the content. */
  readonly parts?: readonly PartRow[];
}

/** The last place of a copy that is gone. */
export interface RemovedRow {
  readonly project: string;
  readonly id: string;
  readonly modified: EpochMs;
  readonly created: EpochMs;
}
