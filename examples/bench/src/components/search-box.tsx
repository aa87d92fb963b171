import type { ReactElement, RefObject } from "react";
import { Icon } from "./icon.tsx";

export interface SearchBoxProps {
  readonly inputRef: RefObject<HTMLInputElement | null>;
  readonly text: string;
  readonly onText: (text: string) => void;
  /** Arrow down and Enter: on to the list. */
  readonly onLeave: () => void;
}

export function SearchBox({ inputRef, text, onText, onLeave }: SearchBoxProps): ReactElement {
  return (
    <label className="search">
      <Icon name="search" />
      <input
        ref={inputRef}
        type="search"
        value={text}
        placeholder="Search name, tag, value or pop:GBR"
        aria-label="Search samples"
        autoComplete="off"
        spellCheck={false}
        onChange={(event) => onText(event.target.value)}
        onKeyDown={(event) => {
          if (event.key === "ArrowDown" || event.key === "Enter") {
            event.preventDefault();
            onLeave();
          }
          if (event.key === "Escape" && text !== "") {
            event.preventDefault();
            event.stopPropagation();
            onText("");
          }
        }}
      />
      <kbd aria-hidden>/</kbd>
    </label>
  );
}
