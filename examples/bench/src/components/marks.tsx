import type { ReactElement } from "react";
import type { Keeping, Sample } from "../model/sample.ts";
import { keepingWords } from "../model/words.ts";
import { Icon, type IconName } from "./icon.tsx";

export function StateBadge({ state }: { readonly state: Sample["state"] }): ReactElement {
  return (
    <span className="state" data-state={state}>
      <Icon name={state === "open" ? "open" : "lock"} />
      {state}
    </span>
  );
}

const keepingIcons: Readonly<Record<Keeping, IconName>> = {
  confirmed: "check",
  stored: "device",
  sent: "up",
  parked: "alert",
};

/** How far the changes have come; in a narrow row the words are said, not shown. */
export function KeepingMark(props: {
  readonly keeping: Keeping;
  readonly isIconOnly?: boolean;
}): ReactElement {
  const { keeping, isIconOnly = false } = props;
  const words = keepingWords[keeping];
  return (
    <span className="keeping" data-keeping={keeping} {...(isIconOnly ? { title: words } : {})}>
      {isIconOnly ? (
        <Icon name={keepingIcons[keeping]} label={words} />
      ) : (
        <>
          <Icon name={keepingIcons[keeping]} />
          {words}
        </>
      )}
    </span>
  );
}
