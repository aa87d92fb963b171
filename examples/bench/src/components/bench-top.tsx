import type { ReactElement } from "react";
import { useSource } from "../hooks/use-source.ts";
import type { Bench } from "../model/bench.ts";
import type { EmbeddedPlatform } from "../model/embedded-platform.ts";
import { placeWords } from "../model/host.ts";
import type { OpenDialog } from "../model/view-state.ts";
import { errorWords } from "../model/words.ts";
import { BrowserNetwork, NetworkSwitch } from "./network-switch.tsx";
import { useOnline } from "../hooks/use-online.ts";
import { TopBar } from "./top-bar.tsx";
import { TroubleMenu } from "./trouble-menu.tsx";

export interface BenchTopProps {
  readonly bench: Bench;
  readonly onDialog: (dialog: OpenDialog) => void;
}

export function BenchTop({ bench, onDialog }: BenchTopProps): ReactElement {
  const { host } = bench;
  return (
    <TopBar
      place={placeWords(host)}
      onConnect={() => onDialog({ kind: "connect" })}
      onFiles={() => onDialog({ kind: "files" })}
    >
      {host.kind === "embedded" ? (
        <EmbeddedControls bench={bench} platform={host.platform} onDialog={onDialog} />
      ) : (
        <RemoteNetwork />
      )}
    </TopBar>
  );
}

function RemoteNetwork(): ReactElement {
  return <BrowserNetwork isOnline={useOnline()} />;
}

function EmbeddedControls(
  props: BenchTopProps & { readonly platform: EmbeddedPlatform },
): ReactElement {
  const { bench, platform, onDialog } = props;
  const { notices } = bench;
  const network = useSource(platform.network);
  const mayWrite = useSource(platform.mayWrite);
  function make(trouble: () => Promise<void>, told?: string): void {
    trouble().then(
      () => {
        if (told !== undefined) notices.tell("good", told);
      },
      (error: unknown) => notices.tell("bad", errorWords(error)),
    );
  }
  return (
    <>
      <TroubleMenu
        mayWrite={mayWrite}
        actions={{
          refuseNextCreate: () =>
            make(platform.refuseNextCreate, "The next create will be refused."),
          cutNextAnswer: () => make(platform.cutNextAnswer, "The next answer will be lost."),
          refuseToken: () => make(platform.refuseToken, "The token is no longer good."),
          setMayWrite: (may) => make(() => platform.setMayWrite(may)),
          reload: () => location.reload(),
          startOver: () => onDialog({ kind: "startOver" }),
        }}
      />
      <NetworkSwitch
        network={network}
        onNetwork={(chosen) => make(() => platform.setNetwork(chosen))}
      />
    </>
  );
}
