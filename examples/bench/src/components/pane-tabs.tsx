import type { ReactElement } from "react";
import { useSource } from "../hooks/use-source.ts";
import type { Bench } from "../model/bench.ts";
import { number } from "../model/format.ts";
import type { Pane } from "../model/view-state.ts";
import { Icon } from "./icon.tsx";

export interface PaneTabsProps {
  readonly bench: Bench;
  readonly pane: Pane;
  readonly sampleCount: number;
  readonly onPane: (pane: Pane) => void;
}

/** In a narrow window, what is shown of list and outbox. */
export function PaneTabs({ bench, pane, sampleCount, onPane }: PaneTabsProps): ReactElement {
  const { counts } = useSource(bench.status);
  return (
    <nav className="pane-tabs" aria-label="Panes">
      <PaneTab name="samples" pane={pane} count={sampleCount} onPane={onPane} />
      <PaneTab
        name="outbox"
        pane={pane}
        count={counts.waiting + counts.parked}
        isUrgent={counts.parked > 0}
        onPane={onPane}
      />
    </nav>
  );
}

function PaneTab(props: {
  readonly name: Pane;
  readonly pane: Pane;
  readonly count: number;
  readonly isUrgent?: boolean;
  readonly onPane: (pane: Pane) => void;
}): ReactElement {
  const { name, pane, count, isUrgent = false, onPane } = props;
  return (
    <button
      type="button"
      aria-current={name === pane ? "page" : undefined}
      data-urgent={isUrgent || undefined}
      onClick={() => onPane(name)}
    >
      <Icon name={name === "samples" ? "list" : "outbox"} />
      {name === "samples" ? "Samples" : "Outbox"}
      <span className="count">{number(count)}</span>
    </button>
  );
}
