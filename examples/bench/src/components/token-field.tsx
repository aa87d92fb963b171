import type { ReactElement } from "react";
import type { GivenToken } from "../model/token-holder.ts";

export interface TokenFieldProps {
  readonly title: string;
  readonly hint: string;
  readonly given: GivenToken;
  readonly isFirst?: boolean;
  readonly onChange: (given: GivenToken) => void;
}

/** A token, and whether it may outlive the tab. */
export function TokenField(props: TokenFieldProps): ReactElement {
  const { title, hint, given, isFirst = false, onChange } = props;
  return (
    <>
      <label className="field">
        <span>{title}</span>
        <input
          type="password"
          value={given.token}
          data-first-focus={isFirst || undefined}
          autoComplete="off"
          onChange={(event) => onChange({ ...given, token: event.target.value })}
        />
        <small className="hint">
          {given.isKept
            ? "Kept in this browser until you give one without the tick below."
            : `Kept in this tab's memory only. ${hint}`}
        </small>
      </label>
      <label className="check">
        <input
          type="checkbox"
          checked={given.isKept}
          onChange={(event) => onChange({ ...given, isKept: event.target.checked })}
        />
        <span>Send also when every tab is closed: this browser keeps the token</span>
      </label>
    </>
  );
}
