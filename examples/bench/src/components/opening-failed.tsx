import type { ReactElement } from "react";
import { Icon } from "./icon.tsx";

export function OpeningFailed(props: {
  readonly message: string;
  readonly onRetry: () => void;
}): ReactElement {
  return (
    <main className="opening">
      <div className="empty" role="alert">
        <span className="empty-mark">
          <Icon name="alert" />
        </span>
        <h1>The bench could not be opened</h1>
        <p>{props.message}</p>
        <p className="hint">
          Nothing that was stored has been touched. Private windows and full disks are the usual
          causes.
        </p>
        <div className="buttons">
          <button type="button" className="button primary" onClick={props.onRetry}>
            Try again
          </button>
        </div>
      </div>
    </main>
  );
}
