import { type ReactElement, type ReactNode, useId, useLayoutEffect, useRef } from "react";
import { Icon } from "./icon.tsx";

export interface DialogProps {
  readonly title: string;
  readonly onClose: () => void;
  readonly children: ReactNode;
  /** Buttons, the main one last. */
  readonly footer: ReactNode;
  readonly isWide?: boolean;
  /** While something runs that must not be left alone. */
  readonly isBusy?: boolean;
}

/**
 * Open for as long as it is mounted; gives the focus back when it goes. What bears `data-first-focus` has it first
 * (React's `autoFocus` comes before the browser opens the dialog, which then chooses for itself).
 */
export function Dialog(props: DialogProps): ReactElement {
  const { title, onClose, children, footer, isWide = false, isBusy = false } = props;
  const ref = useRef<HTMLDialogElement>(null);
  const titleId = useId();
  useLayoutEffect(() => {
    const dialog = ref.current;
    dialog?.showModal();
    dialog?.querySelector<HTMLElement>("[data-first-focus]")?.focus();
    return () => dialog?.close();
  }, []);
  return (
    <dialog
      ref={ref}
      className={isWide ? "dialog wide" : "dialog"}
      aria-labelledby={titleId}
      onCancel={(event) => {
        // The page decides when it goes, so that it is never closed and still mounted.
        if (event.target !== event.currentTarget) return;
        event.preventDefault();
        if (!isBusy) onClose();
      }}
    >
      <header className="dialog-head">
        <h2 id={titleId}>{title}</h2>
        <button
          type="button"
          className="icon-button"
          aria-label="Close this dialog"
          disabled={isBusy}
          onClick={onClose}
        >
          <Icon name="close" />
        </button>
      </header>
      <div className="dialog-body">{children}</div>
      <footer className="dialog-foot">{footer}</footer>
    </dialog>
  );
}
