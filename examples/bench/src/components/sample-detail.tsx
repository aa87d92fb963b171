import type { ReactElement, ReactNode } from "react";
import { useDraft } from "../hooks/use-draft.ts";
import { instant } from "../model/format.ts";
import { detailsTextOf, type Keeping, type Sample } from "../model/sample.ts";
import { ChipEditor } from "./chip-editor.tsx";
import { DetailsEditor } from "./details-editor.tsx";
import { Icon } from "./icon.tsx";
import { KeepingMark, StateBadge } from "./marks.tsx";
import { PropertyEditor } from "./property-editor.tsx";

/** What can be done with the sample. Each resolves to whether it was taken. */
export interface SampleActions {
  readonly rename: (name: string) => Promise<boolean>;
  readonly setProperty: (key: string, value: string | null) => Promise<boolean>;
  readonly addTags: (tags: readonly string[]) => Promise<boolean>;
  readonly removeTag: (tag: string) => Promise<boolean>;
  readonly addTypes: (types: readonly string[]) => Promise<boolean>;
  readonly removeType: (type: string) => Promise<boolean>;
  readonly setDetails: (text: string) => Promise<boolean>;
}

export interface SampleDetailProps {
  readonly sample: Sample;
  readonly keeping: Keeping;
  readonly actions: SampleActions;
  readonly error: string | undefined;
  readonly onDismissError: () => void;
  readonly onCloseSample: () => void;
  readonly onLeave: () => void;
  readonly onShowOutbox: () => void;
}

const fixedForGood = "Fixed for good since the sample was closed.";

export function SampleDetail(props: SampleDetailProps): ReactElement {
  const { sample, keeping, actions, error } = props;
  const isOpen = sample.state === "open";
  return (
    <>
      <header className="detail-head">
        <NameField name={sample.name} onRename={actions.rename} />
        <button
          type="button"
          className="icon-button"
          aria-label="Leave this sample"
          onClick={props.onLeave}
        >
          <Icon name="close" />
        </button>
        <div className="detail-marks">
          <StateBadge state={sample.state} />
          <KeepingMark keeping={keeping} />
          {sample.parked > 0 ? (
            <button type="button" className="button text" onClick={props.onShowOutbox}>
              See why
            </button>
          ) : null}
        </div>
      </header>
      <div className="detail-body">
        <Section title="Properties">
          <PropertyEditor properties={sample.properties} onSet={actions.setProperty} />
        </Section>
        <Section title="Tags">
          <ChipEditor
            label="tags"
            values={sample.tags}
            placeholder="add a tag"
            onAdd={actions.addTags}
            onRemove={(tag) => void actions.removeTag(tag)}
          />
        </Section>
        <Section title="Types" {...(isOpen ? {} : { note: fixedForGood })}>
          <ChipEditor
            label="types"
            values={sample.types}
            placeholder="add a type"
            {...(isOpen ? {} : { locked: fixedForGood })}
            onAdd={actions.addTypes}
            onRemove={(type) => void actions.removeType(type)}
          />
        </Section>
        <Section title="Details" {...(isOpen ? {} : { note: fixedForGood })}>
          <DetailsEditor
            text={detailsTextOf(sample)}
            isLocked={!isOpen}
            onSave={actions.setDetails}
          />
        </Section>
        <Facts sample={sample} />
      </div>
      {error === undefined ? null : (
        <p className="problem" role="alert">
          <Icon name="alert" />
          <span>{error}</span>
          <button
            type="button"
            className="icon-button"
            aria-label="Dismiss"
            onClick={props.onDismissError}
          >
            <Icon name="close" />
          </button>
        </p>
      )}
      <footer className="detail-foot">
        {isOpen ? (
          <button type="button" className="button" onClick={props.onCloseSample}>
            <Icon name="lock" />
            Close this sample…
          </button>
        ) : (
          <span className="hint">Name, tags and properties can still be changed.</span>
        )}
      </footer>
    </>
  );
}

function NameField(props: {
  readonly name: string;
  readonly onRename: SampleActions["rename"];
}): ReactElement {
  const draft = useDraft(props.name, (name) => void props.onRename(name));
  return (
    <h2 className="detail-name">
      <input
        value={draft.text}
        aria-label="Name"
        spellCheck={false}
        onChange={(event) => draft.setText(event.target.value)}
        onBlur={draft.commit}
        onKeyDown={draft.onKeyDown}
      />
    </h2>
  );
}

function Section(props: {
  readonly title: string;
  readonly note?: string;
  readonly children: ReactNode;
}): ReactElement {
  return (
    <section className="detail-section">
      <h3>
        {props.title}
        {props.note === undefined ? null : (
          <span className="lock-note" title={props.note}>
            <Icon name="lock" label={props.note} />
          </span>
        )}
      </h3>
      {props.children}
    </section>
  );
}

function Facts({ sample }: { readonly sample: Sample }): ReactElement {
  const facts: readonly (readonly [string, string])[] = [
    ["Id", sample.isProvisional ? `${sample.id}, until the platform gives one` : sample.id],
    ["Folder", sample.folder],
    ["Created", `${instant(sample.created)} by ${sample.createdBy.user}`],
    ["Modified", instant(sample.modified)],
  ];
  return (
    <dl className="facts">
      {facts.map(([term, fact]) => (
        <div key={term}>
          <dt>{term}</dt>
          <dd>{fact}</dd>
        </div>
      ))}
    </dl>
  );
}
