import type { ReactElement } from "react";
import { Icon } from "./icon.tsx";

export function NoSamples(props: {
  readonly onImport: () => void;
  readonly onCreate: () => void;
}): ReactElement {
  return (
    <div className="empty">
      <span className="empty-mark">
        <Icon name="sheet" />
      </span>
      <h3>The bench is empty</h3>
      <p>
        Drop a sample sheet anywhere on this page (CSV or tab-separated), or begin with one sample.
        No network is needed: what you do is kept on this device and sent once.
      </p>
      <div className="buttons">
        <button type="button" className="button primary" onClick={props.onImport}>
          <Icon name="import" />
          Import a sheet
        </button>
        <button type="button" className="button" onClick={props.onCreate}>
          <Icon name="plus" />
          New sample
        </button>
      </div>
    </div>
  );
}

export function NothingFound({ onClear }: { readonly onClear: () => void }): ReactElement {
  return (
    <div className="empty">
      <span className="empty-mark">
        <Icon name="search" />
      </span>
      <h3>No sample matches</h3>
      <p>Take a word or a filter away.</p>
      <div className="buttons">
        <button type="button" className="button" onClick={onClear}>
          Show all samples
        </button>
      </div>
    </div>
  );
}

/** Before the device has answered: a fraction of a second, so nothing is said. */
export function Loading(): ReactElement {
  return <div className="empty" aria-busy="true" />;
}

export function NoSampleOpened(): ReactElement {
  const keys: readonly (readonly [string, string])[] = [
    ["↑ ↓", "move"],
    ["Enter", "look at a sample"],
    ["Space", "choose it"],
    ["/", "search"],
    ["n", "new sample"],
    ["i", "import a sheet"],
    ["c", "close"],
    ["Esc", "back"],
  ];
  return (
    <div className="empty">
      <span className="empty-mark">
        <Icon name="list" />
      </span>
      <h3>No sample opened</h3>
      <p>Choose one from the list to see and edit it.</p>
      <dl className="keys">
        {keys.map(([key, meaning]) => (
          <div key={key}>
            <dt>
              <kbd>{key}</kbd>
            </dt>
            <dd>{meaning}</dd>
          </div>
        ))}
      </dl>
    </div>
  );
}
