import { type ReactElement, useState } from "react";
import { Icon } from "./icon.tsx";

export interface ChipEditorProps {
  readonly label: string;
  readonly values: readonly string[];
  readonly placeholder: string;
  /** Why nothing can be changed any more. */
  readonly locked?: string;
  /** Resolves to whether it was taken; what was typed stays where not. */
  readonly onAdd: (values: readonly string[]) => Promise<boolean>;
  readonly onRemove: (value: string) => void;
}

/** Tags or types: Enter or a comma adds what is typed. */
export function ChipEditor(props: ChipEditorProps): ReactElement {
  const { label, values, placeholder, locked, onAdd, onRemove } = props;
  const [text, setText] = useState("");
  async function add(): Promise<void> {
    const added = text
      .split(",")
      .map((value) => value.trim())
      .filter((value) => value !== "" && !values.includes(value));
    if (added.length === 0 || (await onAdd(added))) setText("");
  }
  return (
    <div className="chips">
      {values.map((value) => (
        <span key={value} className="chip">
          {value}
          {locked === undefined ? (
            <button type="button" aria-label={`Remove ${value}`} onClick={() => onRemove(value)}>
              <Icon name="close" />
            </button>
          ) : null}
        </span>
      ))}
      {locked === undefined ? (
        <input
          value={text}
          placeholder={placeholder}
          aria-label={`Add to ${label}`}
          onChange={(event) => setText(event.target.value)}
          onBlur={() => void add()}
          onKeyDown={(event) => {
            if (event.key === "Enter" || event.key === ",") {
              event.preventDefault();
              void add();
            }
            const last = values.at(-1);
            if (event.key === "Backspace" && text === "" && last !== undefined) onRemove(last);
          }}
        />
      ) : values.length === 0 ? (
        <span className="faint">none</span>
      ) : null}
    </div>
  );
}
