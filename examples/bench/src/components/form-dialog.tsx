import { type ReactElement, type ReactNode, useId } from "react";
import type { Action } from "../hooks/use-action.ts";
import { Dialog } from "./dialog.tsx";

export interface FormDialogProps {
  readonly title: string;
  /** What runs once the form is sent: meanwhile the dialog stays, and its error stands below the fields. */
  readonly action?: Action;
  /** On the button that sends. */
  readonly submitTitle: string;
  readonly canSubmit: boolean;
  readonly onSubmit: () => void;
  /** On the button that gives up. Default: Cancel. */
  readonly cancelTitle?: string;
  readonly onClose: () => void;
  /** Left of the buttons. */
  readonly aside?: ReactNode;
  readonly children: ReactNode;
}

/** A dialog of fields that are sent together. */
export function FormDialog(props: FormDialogProps): ReactElement {
  const { title, action, submitTitle, canSubmit, onSubmit, onClose, aside, children } = props;
  const id = useId();
  return (
    <Dialog
      title={title}
      isBusy={action?.isRunning ?? false}
      onClose={onClose}
      footer={
        <>
          {aside}
          <span className="spring" />
          <button type="button" className="button" onClick={onClose}>
            {props.cancelTitle ?? "Cancel"}
          </button>
          <button type="submit" form={id} className="button primary" disabled={!canSubmit}>
            {submitTitle}
          </button>
        </>
      }
    >
      <form
        id={id}
        className="form"
        onSubmit={(event) => {
          event.preventDefault();
          onSubmit();
        }}
      >
        {children}
        {action?.error === undefined ? null : (
          <p className="problem" role="alert">
            {action.error}
          </p>
        )}
      </form>
    </Dialog>
  );
}
