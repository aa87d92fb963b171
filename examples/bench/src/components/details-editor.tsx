import { type ReactElement, useId, useState } from "react";
import { checkDetails, prettyDetails } from "../model/details-text.ts";

export interface DetailsEditorProps {
  /** The stored JSON text. */
  readonly text: string;
  readonly isLocked: boolean;
  /** Resolves to whether it was taken. */
  readonly onSave: (text: string) => Promise<boolean>;
}

export function DetailsEditor({ text, isLocked, onSave }: DetailsEditorProps): ReactElement {
  const stored = prettyDetails(text);
  const [typed, setTyped] = useState<string>();
  const messageId = useId();
  const shown = typed ?? stored;
  if (isLocked) return <pre className="details">{stored}</pre>;
  const checked = checkDetails(shown);
  const isChanged = typed !== undefined && typed !== stored;
  async function save(): Promise<void> {
    if (checked.ok && (await onSave(checked.text))) setTyped(undefined);
  }
  return (
    <div className="details-editor">
      <textarea
        value={shown}
        rows={Math.min(14, Math.max(4, shown.split("\n").length))}
        spellCheck={false}
        aria-label="Details, as JSON"
        aria-invalid={!checked.ok}
        aria-describedby={messageId}
        onChange={(event) => setTyped(event.target.value)}
        onKeyDown={(event) => {
          if (event.key === "Enter" && (event.metaKey || event.ctrlKey)) void save();
          if (event.key === "Escape" && isChanged) {
            event.stopPropagation();
            setTyped(undefined);
          }
        }}
      />
      <div className="details-foot">
        <span id={messageId} className={checked.ok ? "hint" : "hint bad"} aria-live="polite">
          {checked.ok ? (isChanged ? "Ctrl + Enter saves." : "") : checked.message}
        </span>
        <button
          type="button"
          className="button text"
          disabled={!isChanged}
          onClick={() => setTyped(undefined)}
        >
          Revert
        </button>
        <button
          type="button"
          className="button small"
          disabled={!isChanged || !checked.ok}
          onClick={() => void save()}
        >
          Save
        </button>
      </div>
    </div>
  );
}
