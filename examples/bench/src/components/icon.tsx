import type { ReactElement } from "react";

/** Strokes on a grid of 16, drawn for this page. */
const paths = {
  search: "M7 12A5 5 0 1 0 7 2a5 5 0 0 0 0 10ZM11 11l3.5 3.5",
  plus: "M8 3v10M3 8h10",
  import: "M8 2v8m0 0L5 7m3 3 3-3M2.5 11v2.5h11V11",
  lock: "M4 7h8v6.5H4zM5.5 7V5a2.5 2.5 0 0 1 5 0v2",
  open: "M4 7h8v6.5H4zM5.5 7V4.5A2.5 2.5 0 0 1 10.2 3.4",
  check: "m3 8.5 3.2 3L13 4.5",
  alert: "M8 2 1.5 13.5h13L8 2ZM8 6.5v3M8 11.5v.2",
  up: "M8 13.5v-11m0 0L4 6.5m4-4 4 4",
  device: "M2.5 3h11v7.5h-11zM6 13.5h4M8 10.5v3",
  close: "m4 4 8 8M12 4l-8 8",
  retry: "M13 8a5 5 0 1 1-1.6-3.7M13 2v3h-3",
  edit: "M3 13l.6-2.8L10.8 3l2.2 2.2-7.2 7.2L3 13ZM9.3 4.5l2.2 2.2",
  bin: "M3 4.5h10M6 4.5V3h4v1.5M4.5 4.5l.6 9h5.8l.6-9",
  pause: "M5.5 3.5v9M10.5 3.5v9",
  play: "m5 3 8 5-8 5V3Z",
  wave: "M1.5 8h3l2-5 3 10 2-5h3",
  online: "M1.5 6a9.5 9.5 0 0 1 13 0M4 8.7a6 6 0 0 1 8 0M6.3 11.2a2.6 2.6 0 0 1 3.4 0M8 13.5v.1",
  offline:
    "M2 2l12 12M1.5 6a9.5 9.5 0 0 1 3-1.9M7.5 3.3a9.5 9.5 0 0 1 7 2.7M4 8.7a6 6 0 0 1 2.5-1.4M8 13.5v.1",
  bolt: "M9 1.5 3.5 9H8l-1 5.5L12.5 7H8l1-5.5Z",
  tag: "M2 2.5h5.5l6 6-5 5-6-6v-5ZM5 5.4v.1",
  list: "M2.5 4h11M2.5 8h11M2.5 12h11",
  outbox:
    "M2 9.5h3.5l1 2h3l1-2H14M2 9.5V13h12V9.5M2 9.5 4 7M14 9.5 12 7M8 8V2m0 0L5.8 4.2M8 2l2.2 2.2",
  link: "M6.5 9.5 9.5 6.5M7 4.5 8.6 3a3 3 0 0 1 4.3 4.3L11.4 9M9 11.5 7.4 13A3 3 0 0 1 3.1 8.7L4.6 7",
  filter: "M2 3h12l-4.7 5.5V13L6.7 11.5V8.5L2 3Z",
  save: "M8 2v8m0 0L5 7m3 3 3-3M2.5 13.5h11",
  sheet: "M3 2h10v12H3zM3 6h10M3 10h10M7 6v8",
  keyboard: "M1.5 4.5h13v7h-13zM4 7v.1M6.7 7v.1M9.3 7v.1M12 7v.1M5 9.5h6",
} as const;

export type IconName = keyof typeof paths;

export interface IconProps {
  readonly name: IconName;
  /** Said aloud; without one the icon is an ornament. */
  readonly label?: string;
}

export function Icon({ name, label }: IconProps): ReactElement {
  return (
    <svg
      className="icon"
      viewBox="0 0 16 16"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.5"
      strokeLinecap="round"
      strokeLinejoin="round"
      {...(label === undefined ? { "aria-hidden": true } : { role: "img", "aria-label": label })}
    >
      <path d={paths[name]} />
    </svg>
  );
}
