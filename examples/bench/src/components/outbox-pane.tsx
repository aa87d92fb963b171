import type { OutboxSelection } from "holdfast";
import { type ReactElement, useMemo } from "react";
import { useSource } from "../hooks/use-source.ts";
import type { Bench } from "../model/bench.ts";
import { saveFile } from "../model/environment.ts";
import { plural } from "../model/format.ts";
import type { OpenDialog } from "../model/view-state.ts";
import { errorWords } from "../model/words.ts";
import { type OutboxActions, OutboxPanel, type OutboxTab } from "./outbox-panel.tsx";

export interface OutboxPaneProps {
  readonly bench: Bench;
  readonly tab: OutboxTab;
  readonly onTab: (tab: OutboxTab) => void;
  readonly onOpen: (key: string) => void;
  readonly onDialog: (dialog: OpenDialog) => void;
}

export function OutboxPane(props: OutboxPaneProps): ReactElement {
  const { bench, tab, onTab, onOpen, onDialog } = props;
  const status = useSource(bench.status);
  const pending = useSource(bench.pending);
  const parked = useSource(bench.parked);
  const progress = useSource(bench.progress);
  const hasToken = useSource(bench.hasToken);
  const history = useSource(bench.history);
  const actions = useMemo(() => toActions({ bench, onOpen, onDialog }), [bench, onOpen, onDialog]);
  return (
    <OutboxPanel
      status={status}
      hasToken={hasToken}
      pending={pending}
      parked={parked}
      history={history}
      progress={progress}
      tab={tab}
      onTab={onTab}
      actions={actions}
    />
  );
}

function toActions(props: Pick<OutboxPaneProps, "bench" | "onOpen" | "onDialog">): OutboxActions {
  const { bench, onOpen, onDialog } = props;
  const { holdfast, notices, host } = bench;
  function act(work: Promise<unknown>): void {
    work.catch((error: unknown) => notices.tell("bad", errorWords(error)));
  }
  function retry(selection: OutboxSelection): void {
    act(
      holdfast.outbox.retry(selection).then((count) => {
        notices.tell("good", `${plural(count, "change")} will be tried again.`);
      }),
    );
  }
  return {
    pause: () => act(holdfast.pause()),
    resume: () => act(holdfast.resume()),
    giveToken() {
      if (host.kind === "remote") onDialog({ kind: "token" });
      else act(host.platform.renewToken().then(() => holdfast.resume()));
    },
    open: onOpen,
    nameOf: (object) => bench.samples.get().byKey.get(object)?.name,
    retry: (entry) => retry({ operations: [entry.id] }),
    retryKind: (code) => retry({ reason: code }),
    edit: (entry) => onDialog({ kind: "edit", entry }),
    saveAsNew: (entry) =>
      act(
        holdfast.outbox.saveAsNew(entry.id).then(({ key }) => {
          notices.tell("good", `${entry.name} is saved as a new, open sample.`);
          onOpen(key);
        }),
      ),
    discard: (entry) =>
      onDialog({ kind: "discard", selection: { operations: [entry.id] }, asked: 1 }),
    discardKind: (code, count) =>
      onDialog({ kind: "discard", selection: { reason: code }, asked: count }),
    refreshHistory: () => act(bench.history.refresh()),
    exportHistory: () =>
      act(holdfast.history.export().then((blob) => saveFile(blob, "sample-bench-history.jsonl"))),
  };
}
