import { type ReactElement, useState } from "react";
import type { GivenToken } from "../model/token-holder.ts";
import { FormDialog } from "./form-dialog.tsx";
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
    <FormDialog
      title="Give a token"
      submitTitle="Use it"
      canSubmit={token !== ""}
      onSubmit={() => {
        onToken({ ...given, token });
        onClose();
      }}
      cancelTitle="Later"
      onClose={onClose}
    >
      <TokenField
        title={`Token of ${user}`}
        hint="A reload forgets it. A token of another user is never used."
        given={given}
        isFirst
        onChange={setGiven}
      />
    </FormDialog>
  );
}
