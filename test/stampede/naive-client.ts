import { delay, type JournalRow } from "@holdfast/core";
import { Gate } from "../../packages/sync/src/gate.ts";
import { type Client, type ClientParts, rowsOf } from "./crowd.ts";

/** How long after a failure the same request is sent again. */
export type NaiveWait = (attempt: number) => number;

/** What many apps do: everything at once over six connections, and each request again after a while until it succeeds. */
export function openNaiveClient(
  { clock, platform, number, account, workload }: ClientParts,
  waitMs: NaiveWait,
): Client {
  const { signal } = new AbortController();
  const connections = new Gate({
    clock,
    connections: 6,
    partConnections: 6,
    requestsPerSecond: Infinity,
    burst: 1,
  });
  const online = Promise.withResolvers<void>();
  const send = async ({ path }: JournalRow): Promise<void> => {
    for (let attempt = 1; ; attempt++) {
      const release = await connections.pass(signal);
      const answer = await platform.call({ account, client: number, path }, () => "");
      release({ left: true });
      if (answer.kind === "response" && answer.status === 200) return;
      await delay(clock, waitMs(attempt));
    }
  };
  const work = async (): Promise<void> => {
    await online.promise;
    const lanes = rowsOf(number, workload);
    await Promise.all(
      lanes.map(async (rows) => {
        for (const row of rows) await send(row);
      }),
    );
  };
  return { number, account, drained: work(), online: online.resolve };
}
