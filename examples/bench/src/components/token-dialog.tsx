import { type ReactElement, useState } from "react";
import type { GivenToken } from "../model/token-holder.ts";
import { Dialog } from "./dialog.tsx";
import { TokenField } from "./token-field.tsx";

export interface TokenDialogProps {
  readonly user: string;
  readonly onToken: (given: GivenToken) => void;
  readonly onClose: () => void;
}

export function TokenDialog({ user, onToken, onClose }: TokenDialogProps): ReactElement {
  const [given, setGiven] = useState<GivenToken>({ token: "", isKept: false });
  const token = given.token.trim();
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
          <button type="submit" form="token" className="button primary" disabled={token === ""}>
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
          onToken({ ...given, token });
          onClose();
        }}
      >
        <TokenField
          title={`Token of ${user}`}
          hint="A reload forgets it. A token of another user is never used."
          given={given}
          isFirst
          onChange={setGiven}
        />
      </form>
    </Dialog>
  );
}
