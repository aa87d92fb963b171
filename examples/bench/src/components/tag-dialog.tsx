import { type ReactElement, useState } from "react";
import { useAction } from "../hooks/use-action.ts";
import { plural } from "../model/format.ts";
import { FormDialog } from "./form-dialog.tsx";

export interface TagDialogProps {
  readonly count: number;
  readonly suggestions: readonly string[];
  readonly onTag: (tags: readonly string[]) => Promise<void>;
  readonly onClose: () => void;
}

export function TagDialog({ count, suggestions, onTag, onClose }: TagDialogProps): ReactElement {
  const action = useAction();
  const [text, setText] = useState("");
  const tags = text
    .split(",")
    .map((tag) => tag.trim())
    .filter((tag) => tag !== "");
  return (
    <FormDialog
      title={`Tag ${plural(count, "sample")}`}
      action={action}
      submitTitle="Tag"
      canSubmit={tags.length > 0 && !action.isRunning}
      onSubmit={() => {
        void action.run(() => onTag(tags)).then((isDone) => isDone && onClose());
      }}
      onClose={onClose}
    >
      <label className="field">
        <span>Tags, separated by commas</span>
        <input
          value={text}
          list="known-tags"
          data-first-focus
          autoComplete="off"
          onChange={(event) => setText(event.target.value)}
        />
        <datalist id="known-tags">
          {suggestions.map((tag) => (
            <option key={tag} value={tag} />
          ))}
        </datalist>
      </label>
    </FormDialog>
  );
}
