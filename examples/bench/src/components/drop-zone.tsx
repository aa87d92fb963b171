import { type ReactElement, useEffect, useState } from "react";
import { Icon } from "./icon.tsx";

/** The whole page takes a sheet. */
export function DropZone({
  onFile,
}: {
  readonly onFile: (file: File) => void;
}): ReactElement | null {
  const [isOver, setOver] = useState(false);
  useEffect(() => {
    const ending = new AbortController();
    const { signal } = ending;
    addEventListener(
      "dragover",
      (event) => {
        if (event.dataTransfer?.types.includes("Files") !== true) return;
        event.preventDefault();
        setOver(true);
      },
      { signal },
    );
    addEventListener(
      "dragleave",
      (event) => {
        if (event.relatedTarget === null) setOver(false);
      },
      { signal },
    );
    addEventListener(
      "drop",
      (event) => {
        setOver(false);
        const file = event.dataTransfer?.files[0];
        if (file === undefined) return;
        event.preventDefault();
        onFile(file);
      },
      { signal },
    );
    return () => ending.abort();
  }, [onFile]);
  if (!isOver) return null;
  return (
    <div className="drop-zone" aria-hidden>
      <Icon name="import" />
      <span>Drop the sheet to look at it</span>
    </div>
  );
}
