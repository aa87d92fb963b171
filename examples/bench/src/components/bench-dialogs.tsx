import type { ReactElement } from "react";
import type { Bench } from "../model/bench.ts";
import type { RemoteConnection } from "../model/connection.ts";
import { closeSamples, createSample, tagSamples } from "../model/edit-samples.ts";
import type { Facets } from "../model/facets.ts";
import { plural } from "../model/format.ts";
import { importSamples } from "../model/import-samples.ts";
import type { Samples } from "../model/sample-source.ts";
import { startOver } from "../model/start-over.ts";
import type { GivenToken } from "../model/token-holder.ts";
import type { OpenDialog } from "../model/view-state.ts";
import { bulkWords, importWords } from "../model/words-of-results.ts";
import { errorWords } from "../model/words.ts";
import { CloseDialog } from "./close-dialog.tsx";
import { ConfirmDialog } from "./confirm-dialog.tsx";
import { ConnectDialog } from "./connect-dialog.tsx";
import { DiscardDialog } from "./discard-dialog.tsx";
import { EditDialog } from "./edit-dialog.tsx";
import { FilesDialog } from "./files-dialog.tsx";
import { ImportDialog } from "./import-dialog.tsx";
import { NewSampleDialog } from "./new-sample-dialog.tsx";
import { TagDialog } from "./tag-dialog.tsx";
import { TokenDialog } from "./token-dialog.tsx";

export interface BenchDialogsProps {
  readonly bench: Bench;
  readonly dialog: OpenDialog | undefined;
  readonly samples: Samples;
  readonly facets: Facets;
  readonly onDialog: (dialog: OpenDialog | undefined) => void;
  readonly onCreated: (key: string) => void;
  readonly onClosed: () => void;
  readonly onConnect: OnConnect;
}

/** To a real host with its token, or, with nothing, back to the platform in this browser. */
export type OnConnect = (remote?: RemoteConnection, given?: GivenToken) => void;

/** The dialog that is open, with what it does to the store. */
export function BenchDialogs(props: BenchDialogsProps): ReactElement | null {
  const { bench, dialog, samples, facets, onDialog } = props;
  const { holdfast, host, notices } = bench;
  function onClose(): void {
    onDialog(undefined);
  }
  switch (dialog?.kind) {
    case undefined:
      return null;
    case "import":
      return (
        <ImportDialog
          firstFile={dialog.file}
          project={host.project}
          known={samples.byKey}
          onClose={onClose}
          onImport={async (plan, onProgress) => {
            const result = await importSamples(holdfast, plan, { onProgress });
            const [tone, text] = importWords(result);
            notices.tell(tone, text);
          }}
        />
      );
    case "files":
      return <FilesDialog bench={bench} onClose={onClose} />;
    case "new":
      return (
        <NewSampleDialog
          suggestedKeys={facets.properties.map(({ key }) => key)}
          isNameTaken={(name) => [...samples.byKey.values()].some((other) => other.name === name)}
          onClose={onClose}
          onCreate={async (sample) =>
            props.onCreated(await createSample(holdfast, host.project, sample))
          }
        />
      );
    case "close":
      return (
        <CloseDialog
          samples={dialog.samples}
          onClose={onClose}
          onConfirm={async (open) => {
            const [tone, text] = bulkWords("closed", await closeSamples(holdfast, open));
            notices.tell(tone, text);
            props.onClosed();
          }}
        />
      );
    case "tag":
      return (
        <TagDialog
          count={dialog.samples.length}
          suggestions={facets.tags.map(({ value }) => value)}
          onClose={onClose}
          onTag={async (tags) => {
            const result = await tagSamples(holdfast, dialog.samples, tags);
            const [tone, text] = bulkWords("tagged", result);
            notices.tell(tone, text);
          }}
        />
      );
    case "discard":
      return (
        <DiscardDialog
          asked={dialog.asked}
          loadPreview={() => holdfast.outbox.discardPreview(dialog.selection)}
          onClose={onClose}
          onDiscard={async () => {
            const count = await holdfast.outbox.discard(dialog.selection);
            notices.tell("good", `${plural(count, "change")} discarded.`);
          }}
        />
      );
    case "edit":
      return (
        <EditDialog
          key={dialog.entry.id}
          entry={dialog.entry}
          onClose={onClose}
          onEdit={async (change) => {
            await holdfast.outbox.edit(dialog.entry.id, change);
            notices.tell("good", "Changed; it goes at its old place.");
          }}
        />
      );
    case "token":
      return (
        <TokenDialog
          user={host.user}
          onClose={onClose}
          onToken={(given) => {
            bench
              .giveToken(given)
              .catch((error: unknown) => notices.tell("bad", errorWords(error)));
          }}
        />
      );
    case "connect":
      return (
        <ConnectDialog
          known={host.kind === "remote" ? host.remote : {}}
          onClose={onClose}
          onEmbedded={() => props.onConnect()}
          onConnect={props.onConnect}
        />
      );
    case "startOver":
      return (
        <ConfirmDialog
          title="Start over?"
          confirmTitle="Empty everything"
          onClose={onClose}
          onConfirm={() => startOver(bench)}
        >
          <p>
            All samples of the bench are removed from this device and from the platform in this
            browser, sent or not. This cannot be undone.
          </p>
        </ConfirmDialog>
      );
  }
}
