import { type ReactElement, useState } from "react";
import { type ConnectionProblem, problemsOf, type RemoteConnection } from "../model/connection.ts";
import type { GivenToken } from "../model/token-holder.ts";
import { Dialog } from "./dialog.tsx";
import { TokenField } from "./token-field.tsx";

export interface ConnectDialogProps {
  readonly known: Partial<RemoteConnection>;
  readonly onConnect: (remote: RemoteConnection, given: GivenToken) => void;
  /** Back to the platform in the browser. */
  readonly onEmbedded: () => void;
  readonly onClose: () => void;
}

const fields: readonly (readonly [keyof RemoteConnection, string, string])[] = [
  ["api", "API host", "https://api.dnanexus.com"],
  ["user", "User id", "user-ada"],
  ["project", "Project id", "project-…"],
];

export function ConnectDialog(props: ConnectDialogProps): ReactElement {
  const { known, onConnect, onEmbedded, onClose } = props;
  const [remote, setRemote] = useState<RemoteConnection>({
    api: known.api ?? "",
    user: known.user ?? "",
    project: known.project ?? "",
  });
  const [given, setGiven] = useState<GivenToken>({ token: "", isKept: false });
  const [problems, setProblems] = useState<readonly ConnectionProblem[]>([]);
  function connect(): void {
    const found = problemsOf(remote);
    setProblems(found);
    if (found.length === 0) onConnect(remote, { ...given, token: given.token.trim() });
  }
  return (
    <Dialog
      title="Where the samples go"
      onClose={onClose}
      footer={
        <>
          <button type="button" className="button text" onClick={onEmbedded}>
            Use the platform in this browser
          </button>
          <span className="spring" />
          <button type="submit" form="connect" className="button primary">
            Connect
          </button>
        </>
      }
    >
      <form
        id="connect"
        className="form"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          connect();
        }}
      >
        {fields.map(([name, title, example]) => {
          const isFirstEmpty = name === fields.find(([field]) => !known[field])?.[0];
          const problem = problems.find(({ field }) => field === name);
          return (
            <label key={name} className="field">
              <span>{title}</span>
              <input
                value={remote[name]}
                placeholder={example}
                autoComplete="off"
                spellCheck={false}
                data-first-focus={isFirstEmpty || undefined}
                aria-invalid={problem !== undefined}
                onChange={(event) => setRemote({ ...remote, [name]: event.target.value.trim() })}
              />
              <small className="hint bad" aria-live="polite">
                {problem?.message ?? ""}
              </small>
            </label>
          );
        })}
        <TokenField
          title="Token"
          hint="Without one the bench works offline."
          given={given}
          onChange={setGiven}
        />
      </form>
    </Dialog>
  );
}
