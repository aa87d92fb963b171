import type { HoldfastStatus } from "holdfast";
import type { ReactElement } from "react";
import { duration } from "../model/format.ts";

export interface StatusLineProps {
  readonly status: HoldfastStatus;
  /** Tabs of the bench in this browser, this one included. */
  readonly tabs: number;
  readonly place: string;
}

/** What a person rarely asks, and then wants to know exactly: who sends, where it is kept, how old it is. */
export function StatusLine({ status, tabs, place }: StatusLineProps): ReactElement {
  const { oldestUnsentAgeMs } = status;
  return (
    <footer className="status-line">
      <span className="place">{place}</span>
      <span>{senderWords(status.sender, tabs)}</span>
      <span title="How safely this browser keeps what is stored">{storageWords(status)}</span>
      <span title={backgroundTitle(status)}>
        {status.background.state === "on" ? "Sends without a tab" : "Sends while a tab is open"}
      </span>
      <span className="oldest">
        {oldestUnsentAgeMs === undefined
          ? "Nothing unsent"
          : `Unsent for ${duration(oldestUnsentAgeMs)}`}
      </span>
    </footer>
  );
}

function senderWords(isSender: boolean, tabs: number): string {
  if (tabs <= 1) return isSender ? "One tab, the sender" : "One tab";
  return `${tabs} tabs, ${isSender ? "this one sends" : "another one sends"}`;
}

function backgroundTitle({ background }: HoldfastStatus): string {
  return background.state === "on"
    ? "What is unsent when the last tab closes is sent when the network is back"
    : background.message;
}

function storageWords({ storage }: HoldfastStatus): string {
  switch (storage.mode) {
    case "persistent":
      return "Storage: persistent";
    case "best-effort":
      return "Storage: best effort";
    case "memory":
      return "Storage: memory only, lost with the tab";
    case "degraded":
      return `Storage: degraded. ${storage.failure.message}`;
  }
}
