import { type ReactElement, useState } from "react";
import { useAction } from "../hooks/use-action.ts";
import { checkDetails } from "../model/details-text.ts";
import type { NewSample } from "../model/edit-samples.ts";
import { FormDialog } from "./form-dialog.tsx";
import { Icon } from "./icon.tsx";

export interface NewSampleDialogProps {
  /** Properties other samples have: offered, so that one lab writes one word. */
  readonly suggestedKeys: readonly string[];
  readonly isNameTaken: (name: string) => boolean;
  readonly onCreate: (sample: NewSample) => Promise<void>;
  readonly onClose: () => void;
}

interface Line {
  readonly key: string;
  readonly value: string;
}

export function NewSampleDialog(props: NewSampleDialogProps): ReactElement {
  const { suggestedKeys, isNameTaken, onCreate, onClose } = props;
  const action = useAction();
  const [name, setName] = useState("");
  const [tags, setTags] = useState("");
  const [details, setDetails] = useState("");
  const [isClosed, setClosed] = useState(false);
  const [lines, setLines] = useState<readonly Line[]>(
    suggestedKeys.slice(0, 4).map((key) => ({ key, value: "" })),
  );
  const checked = checkDetails(details);
  const isReady = name.trim() !== "" && checked.ok && !action.isRunning;

  async function create(): Promise<void> {
    if (!isReady || !checked.ok) return;
    const filled = lines.filter((line) => line.key.trim() !== "" && line.value.trim() !== "");
    const sample: NewSample = {
      name: name.trim(),
      tags: tags
        .split(",")
        .map((tag) => tag.trim())
        .filter((tag) => tag !== ""),
      properties: Object.fromEntries(filled.map((line) => [line.key.trim(), line.value.trim()])),
      detailsText: checked.text,
      close: isClosed,
    };
    if (await action.run(() => onCreate(sample))) onClose();
  }
  function setLine(index: number, line: Line): void {
    setLines(lines.map((other, at) => (at === index ? line : other)));
  }

  return (
    <FormDialog
      title="New sample"
      action={action}
      submitTitle="Create"
      canSubmit={isReady}
      onSubmit={() => void create()}
      onClose={onClose}
      aside={
        <label className="check">
          <input
            type="checkbox"
            checked={isClosed}
            onChange={(event) => setClosed(event.target.checked)}
          />
          Close it at once
        </label>
      }
    >
      <label className="field">
        <span>Name</span>
        <input
          value={name}
          data-first-focus
          autoComplete="off"
          spellCheck={false}
          onChange={(event) => setName(event.target.value)}
        />
        <small className="hint" aria-live="polite">
          {isNameTaken(name.trim()) ? "A sample of this name is on the bench already." : ""}
        </small>
      </label>
      <div className="field">
        <span>Properties</span>
        {lines.map((line, index) => (
          <div key={index} className="property">
            <input
              className="property-key"
              value={line.key}
              list="property-keys"
              placeholder="property"
              aria-label={`Name of property ${index + 1}`}
              onChange={(event) => setLine(index, { ...line, key: event.target.value })}
            />
            <input
              value={line.value}
              placeholder="value"
              aria-label={`Value of ${line.key === "" ? `property ${index + 1}` : line.key}`}
              onChange={(event) => setLine(index, { ...line, value: event.target.value })}
            />
            <button
              type="button"
              className="icon-button"
              aria-label={`Remove property ${index + 1}`}
              onClick={() => setLines(lines.filter((_, at) => at !== index))}
            >
              <Icon name="close" />
            </button>
          </div>
        ))}
        <datalist id="property-keys">
          {suggestedKeys.map((key) => (
            <option key={key} value={key} />
          ))}
        </datalist>
        <button
          type="button"
          className="button text start"
          onClick={() => setLines([...lines, { key: "", value: "" }])}
        >
          <Icon name="plus" />
          Add a property
        </button>
      </div>
      <label className="field">
        <span>Tags</span>
        <input
          value={tags}
          placeholder="separated by commas"
          autoComplete="off"
          onChange={(event) => setTags(event.target.value)}
        />
      </label>
      <label className="field">
        <span>Details (JSON)</span>
        <textarea
          value={details}
          rows={3}
          spellCheck={false}
          placeholder='{ "tissue": "blood" }'
          aria-invalid={!checked.ok}
          onChange={(event) => setDetails(event.target.value)}
        />
        <small className={checked.ok ? "hint" : "hint bad"} aria-live="polite">
          {checked.ok ? "" : checked.message}
        </small>
      </label>
    </FormDialog>
  );
}
