import type { Creation, CreationInput } from "./creation.ts";

/** Input of `/record/new` (DO §6). */
export interface RecordInput extends CreationInput {
  /**
   * A record that gives what is not given here: name, types, tags, properties, details, visibility. From one on this device it is
   * there at once; else the platform is asked before the create is sent.
   */
  readonly initializeFrom?: { readonly project: string; readonly id: string };
  /** Closed as soon as it exists. */
  readonly close?: boolean;
}

export type Records = Creation<RecordInput>;
