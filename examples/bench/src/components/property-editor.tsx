import { type ReactElement, useRef, useState } from "react";
import { useDraft } from "../hooks/use-draft.ts";
import { Icon } from "./icon.tsx";

export interface PropertyEditorProps {
  readonly properties: Readonly<Record<string, string>>;
  /** `null` removes one. Resolves to whether it was taken. */
  readonly onSet: (key: string, value: string | null) => Promise<boolean>;
}

export function PropertyEditor({ properties, onSet }: PropertyEditorProps): ReactElement {
  return (
    <div className="properties">
      {Object.entries(properties).map(([key, value]) => (
        <PropertyRow key={key} name={key} value={value} onSet={onSet} />
      ))}
      <NewProperty taken={properties} onSet={onSet} />
    </div>
  );
}

function PropertyRow(props: {
  readonly name: string;
  readonly value: string;
  readonly onSet: PropertyEditorProps["onSet"];
}): ReactElement {
  const { name, value, onSet } = props;
  const draft = useDraft(value, (text) => void onSet(name, text));
  return (
    <div className="property">
      <span className="property-key" title={name}>
        {name}
      </span>
      <input
        value={draft.text}
        aria-label={name}
        onChange={(event) => draft.setText(event.target.value)}
        onBlur={draft.commit}
        onKeyDown={draft.onKeyDown}
      />
      <button
        type="button"
        className="icon-button"
        aria-label={`Remove the property ${name}`}
        onClick={() => void onSet(name, null)}
      >
        <Icon name="close" />
      </button>
    </div>
  );
}

function NewProperty(props: {
  readonly taken: Readonly<Record<string, string>>;
  readonly onSet: PropertyEditorProps["onSet"];
}): ReactElement {
  const [key, setKey] = useState("");
  const [value, setValue] = useState("");
  const keyInput = useRef<HTMLInputElement>(null);
  const name = key.trim();
  const isReady = name !== "" && !Object.hasOwn(props.taken, name);
  async function add(): Promise<void> {
    if (!isReady || !(await props.onSet(name, value))) return;
    setKey("");
    setValue("");
    keyInput.current?.focus();
  }
  return (
    <form
      className="property new"
      onSubmit={(event) => {
        event.preventDefault();
        void add();
      }}
    >
      <input
        ref={keyInput}
        className="property-key"
        value={key}
        placeholder="property"
        aria-label="Name of a new property"
        aria-invalid={name !== "" && !isReady}
        onChange={(event) => setKey(event.target.value)}
      />
      <input
        value={value}
        placeholder="value"
        aria-label="Value of the new property"
        onChange={(event) => setValue(event.target.value)}
      />
      <button
        type="submit"
        className="icon-button"
        aria-label="Add the property"
        disabled={!isReady}
      >
        <Icon name="plus" />
      </button>
    </form>
  );
}
