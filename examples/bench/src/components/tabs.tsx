import { type ReactElement, type ReactNode, useId } from "react";

export interface Tab<Name extends string> {
  readonly name: Name;
  readonly title: string;
  readonly count?: string;
  /** Asks to be looked at. */
  readonly isUrgent?: boolean;
}

export interface TabsProps<Name extends string> {
  readonly label: string;
  readonly tabs: readonly Tab<Name>[];
  readonly current: Name;
  readonly onChange: (name: Name) => void;
  readonly children: ReactNode;
}

export function Tabs<Name extends string>(props: TabsProps<Name>): ReactElement {
  const { label, tabs, current, onChange, children } = props;
  const id = useId();
  function step(by: number): void {
    const at = tabs.findIndex((tab) => tab.name === current);
    const next = tabs[(at + by + tabs.length) % tabs.length];
    if (next === undefined) return;
    onChange(next.name);
    document.getElementById(`${id}-${next.name}`)?.focus();
  }
  return (
    <>
      <div className="tabs" role="tablist" aria-label={label}>
        {tabs.map(({ name, title, count, isUrgent }) => (
          <button
            key={name}
            id={`${id}-${name}`}
            type="button"
            role="tab"
            aria-selected={name === current}
            aria-controls={`${id}-panel`}
            tabIndex={name === current ? 0 : -1}
            data-urgent={isUrgent || undefined}
            onClick={() => onChange(name)}
            onKeyDown={(event) => {
              if (event.key === "ArrowRight") step(1);
              if (event.key === "ArrowLeft") step(-1);
            }}
          >
            {title}
            {count === undefined ? null : <span className="count">{count}</span>}
          </button>
        ))}
      </div>
      <div
        id={`${id}-panel`}
        className="tab-panel"
        role="tabpanel"
        aria-labelledby={`${id}-${current}`}
      >
        {children}
      </div>
    </>
  );
}
