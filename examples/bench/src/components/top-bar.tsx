import type { ReactElement, ReactNode } from "react";
import { Icon } from "./icon.tsx";

export interface TopBarProps {
  readonly place: string;
  readonly onConnect: () => void;
  readonly onFiles: () => void;
  /** The network switch, and the menus. */
  readonly children: ReactNode;
}

export function TopBar({ place, onConnect, onFiles, children }: TopBarProps): ReactElement {
  return (
    <header className="top-bar">
      <span className="logo" aria-hidden>
        <svg
          viewBox="0 0 24 24"
          fill="none"
          stroke="currentColor"
          strokeWidth="1.8"
          strokeLinecap="round"
          strokeLinejoin="round"
        >
          <path d="M9 3v6.5L4.6 17.5A2.5 2.5 0 0 0 6.8 21h10.4a2.5 2.5 0 0 0 2.2-3.5L15 9.500V3M7.5 3h9M7 14h10" />
        </svg>
      </span>
      <h1>Sample bench</h1>
      <button
        type="button"
        className="button quiet place"
        onClick={onConnect}
        title="Where the samples go"
      >
        <Icon name="link" />
        <span className="label">{place}</span>
      </button>
      <span className="spring" />
      <button type="button" className="button quiet" onClick={onFiles} title="Files (F)">
        <Icon name="sheet" />
        <span className="label">Files</span>
      </button>
      {children}
    </header>
  );
}
