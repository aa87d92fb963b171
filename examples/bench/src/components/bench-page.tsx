import { type ReactElement, useCallback, useMemo, useRef, useState } from "react";
import { useListView } from "../hooks/use-list-view.ts";
import { useMedia } from "../hooks/use-media.ts";
import { useRowActions } from "../hooks/use-row-actions.ts";
import { useSelection } from "../hooks/use-selection.ts";
import { useShortcuts } from "../hooks/use-shortcuts.ts";
import { useSource } from "../hooks/use-source.ts";
import { firstSort, toggledSort } from "../model/arrange.ts";
import type { Bench } from "../model/bench.ts";
import { type Filter, isFiltering, noFilter } from "../model/filter.ts";
import { clearChosen, chooseAll } from "../model/selection.ts";
import type { OpenDialog, Pane } from "../model/view-state.ts";
import { BenchDialogs, type OnConnect } from "./bench-dialogs.tsx";
import { BenchFoot } from "./bench-foot.tsx";
import { BenchTop } from "./bench-top.tsx";
import { DetailPane } from "./detail-pane.tsx";
import { DropZone } from "./drop-zone.tsx";
import { OutboxPane } from "./outbox-pane.tsx";
import type { OutboxTab } from "./outbox-panel.tsx";
import { PaneTabs } from "./pane-tabs.tsx";
import { SamplePanel } from "./sample-panel.tsx";

/** The whole page: joins what the store says with what the person has chosen to see. */
export function BenchPage(props: {
  readonly bench: Bench;
  readonly onConnect: OnConnect;
}): ReactElement {
  const { bench, onConnect } = props;
  const samples = useSource(bench.samples);
  const sending = useSource(bench.sending);
  const [filter, setFilter] = useState<Filter>(noFilter);
  const [sort, setSort] = useState(firstSort);
  const [opened, setOpened] = useState<string>();
  const [dialog, setDialog] = useState<OpenDialog>();
  const [pane, setPane] = useState<Pane>("samples");
  const [outboxTab, setOutboxTab] = useState<OutboxTab>("waiting");
  const searchRef = useRef<HTMLInputElement>(null);
  const listRef = useRef<HTMLElement>(null);
  const isWide = useMedia("(min-width: 1180px)");
  const { shown, shownKeys, facets } = useListView({ samples, sort, filter, sending });
  const { selection, setSelection } = useSelection(samples);

  const chosen = useMemo(
    () => valuesOf(samples.byKey, selection.chosen),
    [samples, selection.chosen],
  );
  const targets = chosen.length > 0 ? chosen : shown;
  const openCount = useMemo(
    () => targets.reduce((count, sample) => count + Number(sample.state === "open"), 0),
    [targets],
  );
  const openedSample = opened === undefined ? undefined : samples.byKey.get(opened);

  const open = useCallback(
    (key: string) => {
      setOpened(key);
      setPane("samples");
      setSelection((current) => ({ ...current, active: key, anchor: key }));
    },
    [setSelection],
  );
  const showParked = useCallback(() => {
    setOutboxTab("parked");
    setPane("outbox");
    if (!isWide) setOpened(undefined);
  }, [isWide]);
  const openImport = useCallback((file?: File) => setDialog({ kind: "import", file }), []);
  const focusList = (): void => listRef.current?.querySelector<HTMLElement>("[role=grid]")?.focus();
  const askClose = (): void => {
    if (openCount > 0) setDialog({ kind: "close", samples: targets });
  };
  const rows = useRowActions({ shownKeys, selection, setSelection, open, opened, isWide });

  useShortcuts({
    "/": () => {
      setPane("samples");
      searchRef.current?.focus();
      searchRef.current?.select();
    },
    n: () => setDialog({ kind: "new" }),
    f: () => setDialog({ kind: "files" }),
    i: () => openImport(),
    c: () => {
      const active = openedSample ?? samples.byKey.get(selection.active ?? "");
      if (chosen.length > 0) askClose();
      else if (active?.state === "open") setDialog({ kind: "close", samples: [active] });
    },
    Escape: () => {
      if (opened !== undefined) setOpened(undefined);
      else if (selection.chosen.size > 0) setSelection(clearChosen);
      else if (isFiltering(filter)) setFilter(noFilter);
      focusList();
    },
  });

  return (
    <div className="page" data-pane={pane} data-opened={openedSample !== undefined || undefined}>
      <BenchTop bench={bench} onDialog={setDialog} />
      <main className="panes">
        <section ref={listRef} className="pane samples" aria-label="Samples">
          <SamplePanel
            isLoaded={samples.isLoaded}
            total={samples.byKey.size}
            shown={shown}
            facets={facets}
            sending={sending}
            filter={filter}
            sort={sort}
            selection={selection}
            opened={opened}
            openCount={openCount}
            searchRef={searchRef}
            listRef={listRef}
            actions={{
              filter: setFilter,
              clearFilter: () => setFilter(noFilter),
              sort: (field) => setSort(toggledSort(sort, field)),
              rows: rows.actions,
              keyDown: rows.keyDown,
              toggleAll: () =>
                setSelection((current) =>
                  shownKeys.every((key) => current.chosen.has(key))
                    ? clearChosen(current)
                    : chooseAll(current, shownKeys),
                ),
              clearChosen: () => setSelection(clearChosen),
              create: () => setDialog({ kind: "new" }),
              import: () => openImport(),
              tag: () => setDialog({ kind: "tag", samples: chosen }),
              close: askClose,
            }}
          />
        </section>
        <aside className="pane detail" aria-label="Sample">
          <DetailPane
            bench={bench}
            sample={openedSample}
            onLeave={() => {
              setOpened(undefined);
              focusList();
            }}
            onCloseSample={(sample) => setDialog({ kind: "close", samples: [sample] })}
            onShowOutbox={showParked}
          />
        </aside>
        <aside className="pane outbox" aria-label="Outbox">
          <OutboxPane
            bench={bench}
            tab={outboxTab}
            onTab={setOutboxTab}
            onOpen={open}
            onDialog={setDialog}
          />
        </aside>
      </main>
      <PaneTabs bench={bench} pane={pane} sampleCount={samples.byKey.size} onPane={setPane} />
      <BenchFoot bench={bench} />
      {dialog?.kind === "files" ? null : <DropZone onFile={openImport} />}
      <BenchDialogs
        bench={bench}
        dialog={dialog}
        samples={samples}
        facets={facets}
        onDialog={setDialog}
        onCreated={open}
        onClosed={() => setSelection(clearChosen)}
        onConnect={onConnect}
      />
    </div>
  );
}

function valuesOf<Value>(
  byKey: ReadonlyMap<string, Value>,
  keys: ReadonlySet<string>,
): readonly Value[] {
  return [...keys].flatMap((key) => byKey.get(key) ?? []);
}
