import type {
  FailureCode,
  HistoryEntry,
  HoldfastStatus,
  OutboxEntry,
  OutboxPage,
  ParkedPage,
} from "holdfast";
import { type ReactElement, useEffect, useState } from "react";
import { useNow } from "../hooks/use-now.ts";
import { number } from "../model/format.ts";
import type { Progress } from "../model/progress.ts";
import { HistoryList } from "./history-list.tsx";
import { OutboxSummary } from "./outbox-summary.tsx";
import { ParkedList } from "./parked-list.tsx";
import { PendingList } from "./pending-list.tsx";
import { Tabs } from "./tabs.tsx";

export type OutboxTab = "waiting" | "parked" | "history";

export interface OutboxPanelProps {
  readonly status: HoldfastStatus;
  readonly hasToken: boolean;
  readonly pending: OutboxPage;
  readonly parked: ParkedPage;
  readonly history: readonly HistoryEntry[];
  readonly progress: Progress | undefined;
  readonly tab: OutboxTab;
  readonly onTab: (tab: OutboxTab) => void;
  readonly actions: OutboxActions;
}

export interface OutboxActions {
  readonly pause: () => void;
  readonly resume: () => void;
  readonly giveToken: () => void;
  readonly open: (object: string) => void;
  readonly nameOf: (object: string) => string | undefined;
  readonly retry: (entry: OutboxEntry) => void;
  readonly edit: (entry: OutboxEntry) => void;
  readonly saveAsNew: (entry: OutboxEntry) => void;
  readonly discard: (entry: OutboxEntry) => void;
  readonly retryKind: (code: FailureCode) => void;
  readonly discardKind: (code: FailureCode, count: number) => void;
  readonly refreshHistory: () => void;
  readonly exportHistory: () => void;
}

/** What is on its way to the platform, what is stuck, and what has arrived. */
export function OutboxPanel(props: OutboxPanelProps): ReactElement {
  const { status, pending, parked, history, progress, tab, onTab, actions } = props;
  const now = useNow(1_000);
  const { refreshHistory } = actions;
  const { ended } = status.counts;
  useEffect(() => {
    if (tab === "history") refreshHistory();
  }, [tab, ended, refreshHistory]);
  const announcement = useAnnouncement(status);
  return (
    <>
      <header className="panel-head">
        <h2>Outbox</h2>
      </header>
      <OutboxSummary
        status={status}
        hasToken={props.hasToken}
        progress={progress}
        now={now}
        onPause={actions.pause}
        onResume={actions.resume}
        onGiveToken={actions.giveToken}
      />
      <p className="unseen" role="status">
        {announcement}
      </p>
      <Tabs
        label="Outbox"
        current={tab}
        onChange={onTab}
        tabs={[
          { name: "waiting", title: "Waiting", count: number(pending.total) },
          {
            name: "parked",
            title: "Parked",
            count: number(parked.total),
            isUrgent: parked.total > 0,
          },
          { name: "history", title: "Done", count: number(ended) },
        ]}
      >
        {tab === "waiting" ? (
          <PendingList
            page={pending}
            isSending={status.phase === "replaying"}
            onOpen={actions.open}
            onDiscard={actions.discard}
          />
        ) : null}
        {tab === "parked" ? (
          <ParkedList
            page={parked}
            onOpen={actions.open}
            onRetry={actions.retry}
            onEdit={actions.edit}
            onSaveAsNew={actions.saveAsNew}
            onDiscard={actions.discard}
            onRetryKind={actions.retryKind}
            onDiscardKind={(code) =>
              actions.discardKind(
                code,
                parked.reasons.find((kind) => kind.code === code)?.count ?? 0,
              )
            }
          />
        ) : null}
        {tab === "history" ? (
          <HistoryList
            entries={history}
            total={ended}
            nameOf={actions.nameOf}
            onOpen={actions.open}
            onExport={actions.exportHistory}
          />
        ) : null}
      </Tabs>
    </>
  );
}

/** Said aloud when the phase changes, not at every number. */
function useAnnouncement({ phase, counts }: HoldfastStatus): string {
  const [spoken, setSpoken] = useState("");
  const parked = counts.parked;
  const isEmpty = counts.waiting === 0;
  useEffect(() => {
    if (phase === "offline") setSpoken("Offline. Changes are kept on this device.");
    else if (phase === "needsAuth") setSpoken("The platform asks for a new token.");
    else if (!isEmpty) setSpoken(phase === "replaying" ? "Sending changes." : "Changes wait.");
    else setSpoken(parked > 0 ? `${parked} changes are parked.` : "Every change is confirmed.");
  }, [phase, parked, isEmpty]);
  return spoken;
}
