import { type ReactElement, type ReactNode, useId, useRef } from "react";
import { Icon, type IconName } from "./icon.tsx";

export interface MenuProps {
  readonly label: string;
  readonly icon: IconName;
  readonly children: ReactNode;
}

/** A button and what it opens below itself. The browser closes it on Escape and on a click elsewhere. */
export function Menu({ label, icon, children }: MenuProps): ReactElement {
  const id = useId();
  const button = useRef<HTMLButtonElement>(null);
  const panel = useRef<HTMLDivElement>(null);
  return (
    <>
      <button ref={button} type="button" className="button quiet" popoverTarget={id}>
        <Icon name={icon} />
        <span className="label">{label}</span>
      </button>
      <div
        ref={panel}
        id={id}
        popover="auto"
        className="menu"
        onBeforeToggle={(event) => {
          if (event.newState !== "open") return;
          const place = button.current?.getBoundingClientRect();
          if (place === undefined) return;
          event.currentTarget.style.top = `${place.bottom + 6}px`;
          event.currentTarget.style.right = `${Math.max(8, innerWidth - place.right)}px`;
        }}
        onClick={(event) => {
          if ((event.target as Element).closest("[data-closes]") !== null) {
            panel.current?.hidePopover();
          }
        }}
      >
        {children}
      </div>
    </>
  );
}

export interface MenuItemProps {
  readonly title: string;
  readonly hint?: string;
  readonly onSelect: () => void;
  /** Shown as a switch that is on or off. */
  readonly isOn?: boolean;
  readonly isDisabled?: boolean;
}

export function MenuItem({
  title,
  hint,
  onSelect,
  isOn,
  isDisabled = false,
}: MenuItemProps): ReactElement {
  return (
    <button
      type="button"
      className="menu-item"
      data-closes={isOn === undefined ? "" : undefined}
      {...(isOn === undefined ? {} : { role: "switch", "aria-checked": isOn })}
      disabled={isDisabled}
      onClick={onSelect}
    >
      <span className="menu-title">{title}</span>
      {hint === undefined ? null : <span className="menu-hint">{hint}</span>}
    </button>
  );
}
