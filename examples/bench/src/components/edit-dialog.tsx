import type { OperationChange, OutboxEntry } from "holdfast";
import { type ReactElement, useState } from "react";
import { useAction } from "../hooks/use-action.ts";
import { type ChangeField, changeOf, fieldsOf } from "../model/change-form.ts";
import { operationWords } from "../model/words.ts";
import { FormDialog } from "./form-dialog.tsx";

export interface EditDialogProps {
  readonly entry: OutboxEntry;
  readonly onEdit: (change: OperationChange) => Promise<void>;
  readonly onClose: () => void;
}

/** Mends a change that the platform refused, at its place in the order. */
export function EditDialog({ entry, onEdit, onClose }: EditDialogProps): ReactElement {
  const action = useAction();
  // As it was when the dialog was opened: what is typed is not to change under the person's hands.
  const [fields] = useState(() => fieldsOf(entry.operation));
  const [texts, setTexts] = useState<Partial<Record<ChangeField["name"], string>>>({});
  return (
    <FormDialog
      title={`${operationWords(entry.operation)}: ${entry.name}`}
      action={action}
      submitTitle={entry.state === "parked" ? "Save and try again" : "Save"}
      canSubmit={!action.isRunning}
      onSubmit={() => {
        void action
          .run(async () => onEdit(changeOf(fields, texts)))
          .then((isDone) => isDone && onClose());
      }}
      onClose={onClose}
    >
      {entry.reason === undefined ? null : <p className="hint">{entry.reason.message}</p>}
      {fields.map((field, index) => (
        <label key={field.name} className="field">
          <span>{field.label}</span>
          <FieldInput
            field={field}
            isFirst={index === 0}
            text={texts[field.name] ?? field.text}
            onText={(text) => setTexts({ ...texts, [field.name]: text })}
          />
        </label>
      ))}
    </FormDialog>
  );
}

function FieldInput(props: {
  readonly field: ChangeField;
  readonly text: string;
  readonly isFirst: boolean;
  readonly onText: (text: string) => void;
}): ReactElement {
  const { field, text, isFirst, onText } = props;
  const common = {
    value: text,
    autoComplete: "off",
    spellCheck: false,
    ...(isFirst ? { "data-first-focus": true } : {}),
  };
  return field.shape === "line" || field.shape === "list" ? (
    <input {...common} onChange={(event) => onText(event.target.value)} />
  ) : (
    <textarea
      {...common}
      rows={Math.min(10, Math.max(3, text.split("\n").length))}
      onChange={(event) => onText(event.target.value)}
    />
  );
}
