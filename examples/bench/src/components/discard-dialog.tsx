import type { DiscardPreview } from "holdfast";
import { type ReactElement, useEffect, useState } from "react";
import { useAction } from "../hooks/use-action.ts";
import { number, plural } from "../model/format.ts";
import { operationWords } from "../model/words.ts";
import { Dialog } from "./dialog.tsx";

export interface DiscardDialogProps {
  /** How many were asked for: what goes beyond that falls with them. */
  readonly asked: number;
  readonly loadPreview: () => Promise<DiscardPreview>;
  readonly onDiscard: () => Promise<void>;
  readonly onClose: () => void;
}

const shownEntries = 8;

/** Shows what would be lost before anything is. */
export function DiscardDialog(props: DiscardDialogProps): ReactElement {
  const { asked, loadPreview, onDiscard, onClose } = props;
  const action = useAction();
  const [preview, setPreview] = useState<DiscardPreview>();
  const { run } = action;
  // Once: a dialog shows what was true when it was opened, and the discard itself looks again.
  const [load] = useState(() => loadPreview);
  useEffect(() => {
    void run(async () => setPreview(await load()));
  }, [load]);
  const count = preview?.operations.length ?? 0;
  return (
    <Dialog
      title={`Discard ${plural(asked, "change")}?`}
      isBusy={action.isRunning}
      onClose={onClose}
      footer={
        <>
          <span className="spring" />
          <button type="button" className="button" onClick={onClose}>
            Keep
          </button>
          <button
            type="button"
            className="button danger"
            disabled={preview === undefined || count === 0 || action.isRunning}
            onClick={() => {
              void run(onDiscard).then((isDone) => isDone && onClose());
            }}
          >
            Discard {count > 0 ? number(count) : ""}
          </button>
        </>
      }
    >
      {preview === undefined ? (
        <p className="hint">{action.error === undefined ? "Looking at what depends on it…" : ""}</p>
      ) : (
        <PreviewWords preview={preview} asked={asked} />
      )}
      {action.error === undefined ? null : (
        <p className="problem" role="alert">
          {action.error}
        </p>
      )}
    </Dialog>
  );
}

function PreviewWords(props: {
  readonly preview: DiscardPreview;
  readonly asked: number;
}): ReactElement {
  const { operations, objects } = props.preview;
  const falling = operations.length - props.asked;
  return (
    <>
      <p>
        {operations.length === 0
          ? "There is nothing left to discard."
          : "The view goes back to what the platform knows. This cannot be undone."}
      </p>
      {falling > 0 ? (
        <p>
          <strong>{plural(falling, "more change")}</strong> cannot stand without{" "}
          {props.asked === 1 ? "it" : "them"} and would go too.
        </p>
      ) : null}
      {objects.length > 0 ? (
        <p>
          <strong>{plural(objects.length, "sample")}</strong>{" "}
          {objects.length === 1 ? "was" : "were"} never sent and would be gone.
        </p>
      ) : null}
      <ul className="falling">
        {operations.slice(0, shownEntries).map((entry) => (
          <li key={entry.id}>
            <span className="entry-name">{entry.name}</span>
            <span className="entry-what">{operationWords(entry.operation)}</span>
          </li>
        ))}
      </ul>
      {operations.length > shownEntries ? (
        <p className="hint">and {number(operations.length - shownEntries)} more</p>
      ) : null}
    </>
  );
}
