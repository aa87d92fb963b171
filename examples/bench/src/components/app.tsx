import { type ReactElement, useEffect, useState } from "react";
import type { Bench } from "../model/bench.ts";
import { type Connection, connectionOf, searchOf } from "../model/connection.ts";
import { openBench } from "../model/open-bench.ts";
import { openEmbeddedHost, openRemoteHost } from "../model/open-host.ts";
import type { GivenToken } from "../model/token-holder.ts";
import { errorWords } from "../model/words.ts";
import type { OnConnect } from "./bench-dialogs.tsx";
import { BenchPage } from "./bench-page.tsx";
import { ConnectDialog } from "./connect-dialog.tsx";
import { OpeningFailed } from "./opening-failed.tsx";

/** Where to connect, with a token only until it has been handed on. */
interface Wanted {
  readonly connection: Connection;
  readonly given: GivenToken | undefined;
}

type Opening =
  | { readonly kind: "opening" }
  | { readonly kind: "open"; readonly bench: Bench }
  | { readonly kind: "failed"; readonly message: string };

export function App(): ReactElement {
  const [wanted, setWanted] = useState<Wanted>(() => wantedOfAddress());
  const opening = useBench(wanted);
  useEffect(() => {
    const goBack = (): void => setWanted(wantedOfAddress());
    addEventListener("popstate", goBack);
    return () => removeEventListener("popstate", goBack);
  }, []);
  const connect: OnConnect = (remote, given) => {
    history.pushState(undefined, "", remote === undefined ? location.pathname : searchOf(remote));
    setWanted({ ...wantedOfAddress(), given });
  };
  const { connection } = wanted;
  if (connection.kind === "incomplete") {
    return (
      <ConnectDialog
        known={connection.given}
        onConnect={connect}
        onEmbedded={() => connect()}
        onClose={() => connect()}
      />
    );
  }
  switch (opening.kind) {
    case "opening":
      return <main className="opening" aria-busy="true" />;
    case "open":
      return <BenchPage key={location.search} bench={opening.bench} onConnect={connect} />;
    case "failed":
      return <OpeningFailed message={opening.message} onRetry={() => setWanted({ ...wanted })} />;
  }
}

function wantedOfAddress(): Wanted {
  return { connection: connectionOf(location.search), given: undefined };
}

function useBench(wanted: Wanted): Opening {
  const [opening, setOpening] = useState<Opening>({ kind: "opening" });
  useEffect(() => {
    if (wanted.connection.kind === "incomplete") return undefined;
    setOpening({ kind: "opening" });
    let isLeft = false;
    const bench = open(wanted);
    bench.then(
      (opened) => {
        if (!isLeft) setOpening({ kind: "open", bench: opened });
      },
      (error: unknown) => {
        if (!isLeft) setOpening({ kind: "failed", message: errorWords(error) });
      },
    );
    return () => {
      isLeft = true;
      // What failed to open has told so above; what fails to close is gone with the page.
      bench.then((opened) => opened.close()).catch(() => undefined);
    };
  }, [wanted]);
  return opening;
}

async function open({ connection, given }: Wanted): Promise<Bench> {
  const host =
    connection.kind === "remote"
      ? await openRemoteHost(connection.remote, given)
      : await openEmbeddedHost();
  return await openBench(host);
}
