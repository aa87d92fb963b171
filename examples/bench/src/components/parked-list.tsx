import type { FailureCode, OutboxEntry, ParkedPage } from "holdfast";
import type { ReactElement } from "react";
import { number, plural } from "../model/format.ts";
import { operationWords, reasonAdvice, reasonTitle } from "../model/words.ts";
import { Icon } from "./icon.tsx";
import { ListEmpty } from "./list-empty.tsx";

export interface ParkedListProps {
  readonly page: ParkedPage;
  readonly onOpen: (object: string) => void;
  readonly onRetry: (entry: OutboxEntry) => void;
  readonly onEdit: (entry: OutboxEntry) => void;
  readonly onSaveAsNew: (entry: OutboxEntry) => void;
  readonly onDiscard: (entry: OutboxEntry) => void;
  readonly onRetryKind: (code: FailureCode) => void;
  readonly onDiscardKind: (code: FailureCode) => void;
}

/** What waits for a person, by why. */
export function ParkedList(props: ParkedListProps): ReactElement {
  const { page } = props;
  if (page.total === 0 && page.damaged.length === 0) {
    return (
      <ListEmpty icon="check" title="Nothing is parked">
        What the platform refuses for good is kept here, with the reason, until you decide.
      </ListEmpty>
    );
  }
  return (
    <div className="parked-list" role="list" aria-label="Parked changes" tabIndex={0}>
      {page.reasons.map(({ code, count }) => (
        <ParkedKind key={code} {...props} code={code} count={count} />
      ))}
      {page.damaged.length === 0 ? null : <Damaged page={page} />}
    </div>
  );
}

function ParkedKind(
  props: ParkedListProps & { readonly code: FailureCode; readonly count: number },
): ReactElement {
  const { page, code, count } = props;
  const entries = page.entries.filter((entry) => entry.reason?.code === code);
  const more = count - entries.length;
  return (
    <section className="kind" role="listitem">
      <header className="kind-head">
        <Icon name="alert" />
        <div>
          <h3>{reasonTitle(code)}</h3>
          <p className="hint">{reasonAdvice(code)}</p>
        </div>
      </header>
      <div className="kind-buttons">
        {entries.some((entry) => entry.choices.includes("retry")) ? (
          <button type="button" className="button small" onClick={() => props.onRetryKind(code)}>
            <Icon name="retry" />
            {count === 1 ? "Retry" : `Retry all ${number(count)}`}
          </button>
        ) : null}
        <button
          type="button"
          className="button small danger"
          onClick={() => props.onDiscardKind(code)}
        >
          <Icon name="bin" />
          {count === 1 ? "Discard…" : `Discard all ${number(count)}…`}
        </button>
      </div>
      {entries.map((entry) => (
        <ParkedEntry key={entry.id} entry={entry} {...props} isAlone={count === 1} />
      ))}
      {more > 0 ? <p className="list-foot">and {plural(more, "other")}</p> : null}
    </section>
  );
}

/** Nobody can decide about these, but they must be known. */
function Damaged({ page }: { readonly page: ParkedPage }): ReactElement {
  return (
    <section className="kind" role="listitem">
      <header className="kind-head">
        <Icon name="alert" />
        <div>
          <h3>{plural(page.damaged.length, "change")} cannot be read</h3>
          <p className="hint">Kept as they are. What else is to be done to their objects waits.</p>
        </div>
      </header>
      {page.damaged.map(({ reason }) => (
        <p key={reason.message} className="entry tall entry-why">
          {reason.message}
        </p>
      ))}
    </section>
  );
}

function ParkedEntry(
  props: Pick<ParkedListProps, "onOpen" | "onRetry" | "onEdit" | "onSaveAsNew" | "onDiscard"> & {
    readonly entry: OutboxEntry;
    /** The buttons of the kind do for it. */
    readonly isAlone: boolean;
  },
): ReactElement {
  const { entry, isAlone, onOpen } = props;
  const what = operationWords(entry.operation);
  const acts = {
    edit: { words: "Edit", icon: "edit", act: props.onEdit },
    saveAsNew: { words: "Save as new", icon: "plus", act: props.onSaveAsNew },
    retry: { words: "Retry", icon: "retry", act: props.onRetry },
    discard: { words: "Discard", icon: "bin", act: props.onDiscard },
  } as const;
  const shown = isAlone
    ? entry.choices.filter((choice) => choice === "edit" || choice === "saveAsNew")
    : entry.choices;
  return (
    <div className="entry tall" data-state="parked">
      <button type="button" className="entry-main" onClick={() => onOpen(entry.object)}>
        <span className="entry-name">{entry.name}</span>
        <span className="entry-what">
          {what}
          {entry.inDoubt === true ? ", perhaps done already" : ""}
        </span>
      </button>
      <span className="entry-choices">
        {shown.map((choice) => (
          <button
            key={choice}
            type="button"
            className="icon-button"
            title={acts[choice].words}
            aria-label={`${acts[choice].words}: ${what}, ${entry.name}`}
            onClick={() => acts[choice].act(entry)}
          >
            <Icon name={acts[choice].icon} />
          </button>
        ))}
      </span>
      {entry.reason === undefined ? null : <p className="entry-why">{entry.reason.message}</p>}
    </div>
  );
}
