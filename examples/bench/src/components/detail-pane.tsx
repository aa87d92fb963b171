import type { ObjectHandle } from "holdfast";
import type { ReactElement } from "react";
import { useAction } from "../hooks/use-action.ts";
import { useSource } from "../hooks/use-source.ts";
import type { Bench } from "../model/bench.ts";
import { keepingOf, type Sample } from "../model/sample.ts";
import { NoSampleOpened } from "./empty-states.tsx";
import { type SampleActions, SampleDetail } from "./sample-detail.tsx";

export interface DetailPaneProps {
  readonly bench: Bench;
  readonly sample: Sample | undefined;
  readonly onLeave: () => void;
  readonly onCloseSample: (sample: Sample) => void;
  readonly onShowOutbox: () => void;
}

export function DetailPane({ sample, ...rest }: DetailPaneProps): ReactElement {
  if (sample === undefined) return <NoSampleOpened />;
  // Another sample is another form: nothing half typed passes from one to the other.
  return <Opened key={sample.key} sample={sample} {...rest} />;
}

function Opened(props: DetailPaneProps & { readonly sample: Sample }): ReactElement {
  const { bench, sample, onLeave, onCloseSample, onShowOutbox } = props;
  const sending = useSource(bench.sending);
  const action = useAction();
  function edit(change: (handle: ObjectHandle) => Promise<unknown>): Promise<boolean> {
    return action.run(() => change(bench.holdfast.objects.handle(sample.key)));
  }
  const actions: SampleActions = {
    rename: (name) => edit((handle) => handle.rename(name)),
    setProperty: (key, value) => edit((handle) => handle.setProperties({ [key]: value })),
    addTags: (tags) => edit((handle) => handle.addTags(tags)),
    removeTag: (tag) => edit((handle) => handle.removeTags([tag])),
    addTypes: (types) => edit((handle) => handle.addTypes(types)),
    removeType: (type) => edit((handle) => handle.removeTypes([type])),
    setDetails: (text) => edit((handle) => handle.setDetailsText(text)),
  };
  return (
    <SampleDetail
      sample={sample}
      keeping={keepingOf(sample, sending)}
      actions={actions}
      error={action.error}
      onDismissError={action.clearError}
      onCloseSample={() => onCloseSample(sample)}
      onLeave={onLeave}
      onShowOutbox={onShowOutbox}
    />
  );
}
