import { type ReactElement, useState } from "react";
import { Dialog } from "./dialog.tsx";

export interface TokenDialogProps {
  readonly user: string;
  readonly onToken: (token: string) => void;
  readonly onClose: () => void;
}

export function TokenDialog({ user, onToken, onClose }: TokenDialogProps): ReactElement {
  const [token, setToken] = useState("");
  return (
    <Dialog
      title="Give a token"
      onClose={onClose}
      footer={
        <>
          <span className="spring" />
          <button type="button" className="button" onClick={onClose}>
            Later
          </button>
          <button
            type="submit"
            form="token"
            className="button primary"
            disabled={token.trim() === ""}
          >
            Use it
          </button>
        </>
      }
    >
      <form
        id="token"
        className="form"
        onSubmit={(event) => {
          event.preventDefault();
          onToken(token.trim());
          onClose();
        }}
      >
        <label className="field">
          <span>Token of {user}</span>
          <input
            type="password"
            value={token}
            data-first-focus
            autoComplete="off"
            onChange={(event) => setToken(event.target.value)}
          />
          <small className="hint">
            It stays in this tab's memory; a reload forgets it. A token of another user is never
            used.
          </small>
        </label>
      </form>
    </Dialog>
  );
}
