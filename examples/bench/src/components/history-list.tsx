import type { HistoryEntry } from "holdfast";
import { memo, type ReactElement } from "react";
import { clockTime, instant, number } from "../model/format.ts";
import { kindWords } from "../model/words.ts";
import { Icon } from "./icon.tsx";
import { ListEmpty } from "./list-empty.tsx";
import { VirtualList } from "./virtual-list.tsx";

export interface HistoryListProps {
  /** Newest first. */
  readonly entries: readonly HistoryEntry[];
  /** All there are, those not listed included. */
  readonly total: number;
  readonly nameOf: (object: string) => string | undefined;
  readonly onOpen: (object: string) => void;
  readonly onExport: () => void;
}

export function HistoryList(props: HistoryListProps): ReactElement {
  const { entries, total, nameOf, onOpen, onExport } = props;
  if (entries.length === 0) {
    return (
      <ListEmpty icon="outbox" title="No history yet">
        Every change the platform confirms is written down here, with both times.
      </ListEmpty>
    );
  }
  const more = total - entries.length;
  return (
    <>
      <VirtualList
        label="Confirmed changes"
        items={entries}
        keyOf={(entry) => entry.id}
        itemHeight={46}
        render={(entry) => <Ended entry={entry} name={nameOf(entry.object)} onOpen={onOpen} />}
        footer={more > 0 ? `and ${number(more)} earlier ones, in the export` : undefined}
      />
      <button type="button" className="button small quiet list-act" onClick={onExport}>
        <Icon name="save" />
        Export the history
      </button>
    </>
  );
}

const Ended = memo(function Ended(props: {
  readonly entry: HistoryEntry;
  readonly name: string | undefined;
  readonly onOpen: HistoryListProps["onOpen"];
}): ReactElement {
  const { entry, name, onOpen } = props;
  const isDiscarded = entry.state === "discarded" || entry.state === "savedAsNew";
  return (
    <div className="entry" data-state={entry.state} title={timesOf(entry)}>
      <span className="entry-mark">
        {isDiscarded ? (
          <Icon name="bin" label="Discarded" />
        ) : (
          <Icon name="check" label="Confirmed" />
        )}
      </span>
      <button
        type="button"
        className="entry-main"
        disabled={name === undefined}
        onClick={() => onOpen(entry.object)}
      >
        <span className="entry-name">{name ?? "no longer here"}</span>
        <span className="entry-what">
          {kindWords(entry.kind)}
          {endWords[entry.state] ?? ""}
        </span>
      </button>
      <span className="entry-side">{clockTime(entry.endedAt)}</span>
    </div>
  );
});

const endWords: Partial<Readonly<Record<HistoryEntry["state"], string>>> = {
  discarded: ", discarded",
  savedAsNew: ", saved as a new sample",
  found: ", found done",
};

function timesOf(entry: HistoryEntry): string {
  const lines = [`Done here ${instant(entry.madeAt)}`, `Ended ${instant(entry.endedAt)}`];
  if (entry.platformAt !== undefined) lines.push(`Platform's time ${instant(entry.platformAt)}`);
  if (entry.requestId !== undefined) lines.push(`Request ${entry.requestId}`);
  return lines.join("\n");
}
