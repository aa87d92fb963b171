import type { ReactElement, ReactNode } from "react";
import { useAction } from "../hooks/use-action.ts";
import { Dialog } from "./dialog.tsx";

export interface ConfirmDialogProps {
  readonly title: string;
  readonly children: ReactNode;
  readonly confirmTitle: string;
  readonly onConfirm: () => Promise<void>;
  readonly onClose: () => void;
}

/** For what cannot be undone. */
export function ConfirmDialog(props: ConfirmDialogProps): ReactElement {
  const { title, children, confirmTitle, onConfirm, onClose } = props;
  const action = useAction();
  return (
    <Dialog
      title={title}
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
            className="button danger"
            disabled={action.isRunning}
            onClick={() => {
              void action.run(onConfirm).then((isDone) => isDone && onClose());
            }}
          >
            {confirmTitle}
          </button>
        </>
      }
    >
      {children}
      {action.error === undefined ? null : (
        <p className="problem" role="alert">
          {action.error}
        </p>
      )}
    </Dialog>
  );
}
