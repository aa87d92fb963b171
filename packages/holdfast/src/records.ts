import type { Creation, CreationInput } from "./creation.ts";

/** Input of `/record/new` (DO §6). */
export interface RecordInput extends CreationInput {
  /** A record on this device that gives what is not given here: name, types, tags, properties, details, visibility. */
  readonly initializeFrom?: { readonly project: string; readonly id: string };
  /** Closed as soon as it exists. */
  readonly close?: boolean;
}

export type Records = Creation<RecordInput>;
