import { type ReactElement, useRef } from "react";
import { Icon } from "./icon.tsx";

/** Choose a sheet. Dropping one works everywhere on the page. */
export function FilePicker({ onFile }: { readonly onFile: (file: File) => void }): ReactElement {
  const input = useRef<HTMLInputElement>(null);
  return (
    <div className="picker">
      <span className="empty-mark">
        <Icon name="sheet" />
      </span>
      <p>Drop a CSV or tab-separated sheet here: one sample a row, headings in the first row.</p>
      <button
        type="button"
        className="button"
        data-first-focus
        onClick={() => input.current?.click()}
      >
        Choose a file…
      </button>
      <input
        ref={input}
        type="file"
        hidden
        aria-label="Sample sheet"
        accept=".csv,.tsv,.txt,.tab,.panel,text/csv,text/tab-separated-values,text/plain"
        onChange={(event) => {
          const file = event.target.files?.[0];
          // So that the same file, mended meanwhile, can be chosen again.
          event.target.value = "";
          if (file !== undefined) onFile(file);
        }}
      />
    </div>
  );
}
