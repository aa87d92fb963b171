import type { ObjectDescription, Transfer } from "holdfast";
import { memo, type ReactElement } from "react";
import { bytes } from "../model/format.ts";
import { failureWords } from "../model/words.ts";
import { Icon } from "./icon.tsx";

export interface FileActions {
  readonly save: (file: ObjectDescription) => void;
  readonly keep: (file: ObjectDescription, isKept: boolean) => void;
  readonly remove: (file: ObjectDescription) => void;
}

export interface FileRowProps {
  readonly file: ObjectDescription;
  readonly transfer: Transfer | undefined;
  readonly isOffline: boolean;
  readonly actions: FileActions;
}

/** One file: what it is, where its content is, and what can be done with it. */
export const FileRow = memo(function FileRow(props: FileRowProps): ReactElement {
  const { file, transfer, isOffline, actions } = props;
  const isHere = file.content?.state === "here";
  const isKept = file.content?.keepOffline === true;
  return (
    <div className="file-row" data-bad={isStuck(file) || undefined}>
      <span className="entry-mark">
        <Icon name={isHere ? "device" : "online"} />
      </span>
      <span className="file-main">
        <span className="entry-name">{pathOf(file)}</span>
        {transfer === undefined ? (
          <span className="file-note">{noteOf(file)}</span>
        ) : (
          <progress
            aria-label={`${transfer.direction} of ${file.name}`}
            value={transfer.confirmed}
            max={Math.max(1, transfer.size)}
          />
        )}
      </span>
      <span className="entry-side">{sizeOf(file, transfer)}</span>
      <button
        type="button"
        className="icon-button"
        aria-label={`Keep ${file.name} offline`}
        title="Keep offline"
        aria-pressed={isKept}
        onClick={() => actions.keep(file, !isKept)}
      >
        <Icon name={isKept ? "lock" : "open"} />
      </button>
      <button
        type="button"
        className="icon-button"
        aria-label={`Save ${file.name}`}
        title={isHere || !isOffline ? "Save a copy" : "Comes when the network is back"}
        onClick={() => actions.save(file)}
      >
        <Icon name="save" />
      </button>
      <button
        type="button"
        className="icon-button"
        aria-label={`Remove ${file.name}`}
        title="Remove"
        onClick={() => actions.remove(file)}
      >
        <Icon name="bin" />
      </button>
    </div>
  );
});

function isStuck({ parked, content }: ObjectDescription): boolean {
  return parked > 0 || content?.refused !== undefined;
}

function pathOf({ folder, name }: ObjectDescription): string {
  return folder === "/" ? name : `${folder.slice(1)}/${name}`;
}

/** The platform tells it once the file is closed, and until then what is on this device. */
function sizeOf({ size, content }: ObjectDescription, transfer: Transfer | undefined): string {
  if (transfer !== undefined) return `${bytes(transfer.confirmed)} / ${bytes(transfer.size)}`;
  const known = size ?? content?.size;
  return known === undefined ? "" : bytes(known);
}

function noteOf({ content, pending, parked, state }: ObjectDescription): string {
  if (parked > 0) return "Waits for a decision: see the outbox.";
  if (content?.refused !== undefined) return failureWords(content.refused);
  if (pending > 0) return "On this device; goes to the platform.";
  if (content?.state === "fetching") return "Comes from the platform.";
  if (state === "closing") return "On the platform, closing.";
  return content?.state === "here" ? "On the platform and on this device." : "On the platform.";
}
