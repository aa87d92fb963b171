import { type PaceName, paces } from "./paces.ts";
import type { Setting } from "./setting.ts";
import type { Summary } from "./summary.ts";

/** The page that goes with the picture. */
export function toPage(
  setting: Setting,
  summaries: readonly (readonly [PaceName, Summary])[],
): string {
  const { clients, workload, clientsPerAccount, accountPerSecond, perSecond, outageMs, seed } =
    setting;
  const operations = workload.lanes * workload.requestsPerLane;
  const idealS = (clients * operations) / perSecond;
  const rows = summaries.map(([name, summary]) => {
    const { drainedS, requests, refused, peak, fairness } = summary;
    return [
      paces[name].title,
      count(requests),
      `${count(refused)} (${Math.round((100 * refused) / requests)} %)`,
      `${count(peak)} (${(peak / perSecond).toFixed(1)} ×)`,
      seconds(drainedS.first5),
      seconds(drainedS.half),
      seconds(drainedS.first95),
      seconds(drainedS.all),
      fairness.toFixed(2),
    ];
  });
  return `# ${count(clients)} clients come back at once

![Requests per second and what is left to do, over time](stampede.svg)

${count(clients)} clients of ${count(clients / clientsPerAccount)} accounts, ${operations} operations each, hear in the same instant that the network is back
after ${outageMs / 60_000} minutes. The platform serves ${accountPerSecond} requests a second of an account and ${count(perSecond)} in all, and answers what is
beyond with 429 or 503 and a Retry-After of 20 to 30 s. The operations alone would fill ${Math.round(idealS)} s.

${table([
  [
    "pace",
    "requests",
    "of them refused",
    "most in a second (of what is served)",
    "5 % done",
    "half",
    "95 %",
    "all",
    "fairness",
  ],
  ["---", "--:", "--:", "--:", "--:", "--:", "--:", "--:", "--:"],
  ...rows,
])}
Fairness is Jain's index of the clients' throughput: 1 where all are served alike. A refusal costs this platform nothing,
which favours who asks too often: a real one has to receive, parse and answer what it refuses, and the networks in between carry it.

Holdfast's clients run the engine's own session, connection with its breaker, budget, dispatcher, reader and carrier on virtual
time; lanes are not merged and nothing is stored. They also ask who they are, for the time, and survey, which is in their requests.
\`npm run stampede -- --clients ${clients} --seed ${seed}\` writes this page and the picture; why the pace is as it is stands in
[decision 28](decisions/0028-pace-and-handover.md).
`;
}

function table(rows: readonly (readonly string[])[]): string {
  return rows.map((cells) => `| ${cells.join(" | ")} |\n`).join("");
}

export function count(value: number): string {
  return Math.round(value).toLocaleString("en-US");
}

function seconds(value: number | undefined): string {
  return value === undefined ? "never" : `${Math.round(value)} s`;
}
