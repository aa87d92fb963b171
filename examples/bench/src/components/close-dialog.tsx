import type { ReactElement } from "react";
import { useAction } from "../hooks/use-action.ts";
import { number, plural } from "../model/format.ts";
import type { Sample } from "../model/sample.ts";
import { Dialog } from "./dialog.tsx";

export interface CloseDialogProps {
  /** All that were asked for, closed ones included. */
  readonly samples: readonly Sample[];
  readonly onConfirm: (open: readonly Sample[]) => Promise<void>;
  readonly onClose: () => void;
}

/** Says what a close fixes, because nothing takes it back. */
export function CloseDialog({ samples, onConfirm, onClose }: CloseDialogProps): ReactElement {
  const action = useAction();
  const open = samples.filter((sample) => sample.state === "open");
  const [only] = open;
  const isOne = open.length === 1 && only !== undefined;
  const closedAlready = samples.length - open.length;
  return (
    <Dialog
      title={isOne ? `Close ${only.name}?` : `Close ${plural(open.length, "sample")}?`}
      isBusy={action.isRunning}
      onClose={onClose}
      footer={
        <>
          <span className="spring" />
          <button type="button" className="button" disabled={action.isRunning} onClick={onClose}>
            Cancel
          </button>
          <button
            type="button"
            className="button primary"
            data-first-focus
            disabled={action.isRunning || open.length === 0}
            onClick={() => {
              void action.run(() => onConfirm(open)).then((isDone) => isDone && onClose());
            }}
          >
            {isOne ? "Close it" : `Close ${number(open.length)}`}
          </button>
        </>
      }
    >
      <p>Closing says that {isOne ? "this record is" : "these records are"} complete:</p>
      <ul className="consequences">
        <li>
          <strong>Fixed for good:</strong> types, details and the links in them. Nobody can change
          them again, here or on the platform.
        </li>
        <li>
          <strong>Still free:</strong> name, tags, properties and folder.
        </li>
        <li>It cannot be undone, only discarded while it has not been sent.</li>
      </ul>
      {closedAlready === 0 ? null : (
        <p className="hint">
          {number(closedAlready)} more {closedAlready === 1 ? "is" : "are"} closed already.
        </p>
      )}
      {action.error === undefined ? null : (
        <p className="problem" role="alert">
          {action.error}
        </p>
      )}
    </Dialog>
  );
}
