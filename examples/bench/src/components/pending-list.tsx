import type { OutboxEntry, OutboxPage } from "holdfast";
import { memo, type ReactElement } from "react";
import { clockTime, number } from "../model/format.ts";
import { operationWords } from "../model/words.ts";
import { Icon } from "./icon.tsx";
import { ListEmpty } from "./list-empty.tsx";
import { VirtualList } from "./virtual-list.tsx";

export interface PendingListProps {
  readonly page: OutboxPage;
  /** Whether answers are coming: what was sent and has none is under way only then. */
  readonly isSending: boolean;
  readonly onOpen: (object: string) => void;
  readonly onDiscard: (entry: OutboxEntry) => void;
}

/** What has not been confirmed yet, in the order in which it was done. */
export function PendingList({
  page,
  isSending,
  onOpen,
  onDiscard,
}: PendingListProps): ReactElement {
  const { entries, total } = page;
  if (total === 0) {
    return (
      <ListEmpty icon="check" title="Nothing waits">
        Every change of yours is on the platform, or parked.
      </ListEmpty>
    );
  }
  const more = total - entries.length;
  return (
    <VirtualList
      label="Changes that wait"
      items={entries}
      keyOf={(entry) => entry.id}
      itemHeight={46}
      render={(entry) => (
        <PendingEntry entry={entry} isSending={isSending} onOpen={onOpen} onDiscard={onDiscard} />
      )}
      footer={more > 0 ? `and ${number(more)} more` : undefined}
    />
  );
}

const PendingEntry = memo(function PendingEntry(props: {
  readonly entry: OutboxEntry;
  readonly isSending: boolean;
  readonly onOpen: PendingListProps["onOpen"];
  readonly onDiscard: PendingListProps["onDiscard"];
}): ReactElement {
  const { entry, isSending, onOpen, onDiscard } = props;
  const hasLeft = entry.state === "sending";
  return (
    <div className="entry" data-state={hasLeft && isSending ? "sending" : "waiting"}>
      <span className="entry-mark">
        <Icon name={hasLeft && isSending ? "up" : "device"} />
      </span>
      <button type="button" className="entry-main" onClick={() => onOpen(entry.object)}>
        <span className="entry-name">{entry.name}</span>
        <span className="entry-what">{operationWords(entry.operation)}</span>
      </button>
      {hasLeft ? (
        <SentNote isSending={isSending} />
      ) : (
        <>
          <span className="entry-side">{clockTime(entry.madeAt)}</span>
          <button
            type="button"
            className="icon-button entry-act"
            aria-label={`Discard: ${operationWords(entry.operation)}, ${entry.name}`}
            onClick={() => onDiscard(entry)}
          >
            <Icon name="bin" />
          </button>
        </>
      )}
    </div>
  );
});

function SentNote({ isSending }: { readonly isSending: boolean }): ReactElement {
  if (isSending) return <span className="entry-side">sent</span>;
  return (
    <span
      className="entry-side"
      title="It may have left. The platform is asked before anything is repeated."
    >
      unanswered
    </span>
  );
}
