import type { ReactElement } from "react";
import type { Notice } from "../model/notices.ts";
import { Icon } from "./icon.tsx";

export function NoticeList(props: {
  readonly notices: readonly Notice[];
  readonly onDismiss: (id: number) => void;
}): ReactElement {
  return (
    <div className="notices" role="status" aria-live="polite">
      {props.notices.map(({ id, tone, text }) => (
        <p key={id} className="notice" data-tone={tone}>
          <Icon name={tone === "good" ? "check" : "alert"} />
          <span>{text}</span>
          <button
            type="button"
            className="icon-button"
            aria-label="Dismiss"
            onClick={() => props.onDismiss(id)}
          >
            <Icon name="close" />
          </button>
        </p>
      ))}
    </div>
  );
}
