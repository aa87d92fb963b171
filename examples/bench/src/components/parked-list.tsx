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
  readonly onDiscard: (entry: OutboxEntry) => void;
  readonly onRetryKind: (code: FailureCode) => void;
  readonly onDiscardKind: (code: FailureCode) => void;
}

/** What waits for a person, by why. */
export function ParkedList(props: ParkedListProps): ReactElement {
  const { page } = props;
  if (page.total === 0) {
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
        <button type="button" className="button small" onClick={() => props.onRetryKind(code)}>
          <Icon name="retry" />
          {count === 1 ? "Retry" : `Retry all ${number(count)}`}
        </button>
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

function ParkedEntry(
  props: Pick<ParkedListProps, "onOpen" | "onRetry" | "onDiscard"> & {
    readonly entry: OutboxEntry;
    /** The buttons of the kind do for it. */
    readonly isAlone: boolean;
  },
): ReactElement {
  const { entry, isAlone, onOpen, onRetry, onDiscard } = props;
  const what = operationWords(entry.operation);
  return (
    <div className="entry tall" data-state="parked">
      <button type="button" className="entry-main" onClick={() => onOpen(entry.object)}>
        <span className="entry-name">{entry.name}</span>
        <span className="entry-what">{what}</span>
      </button>
      {isAlone ? null : (
        <>
          <button
            type="button"
            className="icon-button"
            aria-label={`Retry: ${what}, ${entry.name}`}
            onClick={() => onRetry(entry)}
          >
            <Icon name="retry" />
          </button>
          <button
            type="button"
            className="icon-button"
            aria-label={`Discard: ${what}, ${entry.name}`}
            onClick={() => onDiscard(entry)}
          >
            <Icon name="bin" />
          </button>
        </>
      )}
      {entry.reason === undefined ? null : <p className="entry-why">{entry.reason.message}</p>}
    </div>
  );
}
