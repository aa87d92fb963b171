import type { Channel, Store } from "@holdfast/core";
import type { HoldfastStatus } from "../holdfast.ts";
import type { HostOptions, HostPorts } from "./ports.ts";
import type { TokenQuestions } from "./token-questions.ts";

/** The engine's part of the status. */
export type EngineView = Pick<
  HoldfastStatus,
  "phase" | "sender" | "retryAt" | "failure" | "blocked"
>;

export interface HostEngine {
  readonly status: EngineView;
  onStatus(listener: () => void): () => void;
  pause(): Promise<void>;
  resume(): Promise<void>;
  setVisible(visible: boolean): void;
  close(): Promise<void>;
}

export interface HostEngineOptions {
  readonly ports: HostPorts;
  readonly options: HostOptions;
  readonly channel: Channel;
  readonly lockName: string;
  readonly store: Store;
  readonly questions: TokenQuestions;
}

export function openHostEngine(options: HostEngineOptions): HostEngine {
  void options;
  throw new Error("not yet");
}
