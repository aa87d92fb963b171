import type { ReactElement, ReactNode } from "react";
import { Icon, type IconName } from "./icon.tsx";

export function ListEmpty(props: {
  readonly icon: IconName;
  readonly title: string;
  readonly children: ReactNode;
}): ReactElement {
  return (
    <div className="empty small">
      <span className="empty-mark">
        <Icon name={props.icon} />
      </span>
      <h3>{props.title}</h3>
      <p>{props.children}</p>
    </div>
  );
}
