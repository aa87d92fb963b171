import { Agent, request } from "node:http";
import { createPlatform } from "@holdfast/platform";
import { startPlatform } from "../platform-process.ts";
import { median } from "../ratios.ts";
import { atLeast, type Figures } from "./figure.ts";

const creates = 5000;
const connections = 6;
/** Of one call. */
const deadlineMs = 30_000;

/** `/record/new` a second: through `fetch` in this process, and over loopback to a server in another. */
export async function platformCreate(rounds: number): Promise<Figures> {
  return {
    inProcess: atLeast(3000, await inProcess(rounds), "1/s"),
    loopback: atLeast(1500, await overLoopback(rounds), "1/s"),
  };
}

async function inProcess(rounds: number): Promise<number> {
  const platform = createPlatform({
    users: [{ name: "ada", token: "bench-token" }],
    projects: [{ name: "Bench" }],
  });
  const project = platform.projects[0]?.id ?? "";
  const headers = { "Content-Type": "application/json", Authorization: "Bearer bench-token" };
  return await perSecond(rounds, async (round) => {
    for (let count = 0; count < creates; count++) {
      const response = await platform.fetch("http://platform.holdfast.invalid/record/new", {
        method: "POST",
        headers,
        body: bodyOf(project, round, count),
      });
      if (response.status !== 200) throw new Error(await response.text());
      await response.text();
    }
  });
}

async function overLoopback(rounds: number): Promise<number> {
  const platform = await startPlatform();
  const agent = new Agent({ keepAlive: true, maxSockets: connections });
  try {
    return await perSecond(rounds, async (round) => {
      let count = 0;
      const connection = async (): Promise<void> => {
        while (count < creates) {
          count += 1;
          await post(agent, platform, bodyOf(platform.project, round, count));
        }
      };
      await Promise.all(Array.from({ length: connections }, connection));
    });
  } finally {
    agent.destroy();
    await platform.close();
  }
}

function post(
  agent: Agent,
  { url, token }: { readonly url: string; readonly token: string },
  body: string,
): Promise<void> {
  return new Promise((resolve, reject) => {
    const headers = {
      "Content-Type": "application/json",
      Authorization: `Bearer ${token}`,
      "Content-Length": Buffer.byteLength(body),
    };
    const options = { method: "POST", agent, headers, timeout: deadlineMs };
    const sent = request(`${url}/record/new`, options, (response) => {
      response.resume();
      response.once("end", () => {
        if (response.statusCode === 200) resolve();
        else reject(new Error(`/record/new answered ${response.statusCode}`));
      });
    });
    sent.once("error", reject);
    sent.once("timeout", () => sent.destroy(new Error(`no answer in ${deadlineMs} ms`)));
    sent.end(body);
  });
}

/** What an offline device sends for one described record. */
function bodyOf(project: string, round: number, count: number): string {
  return JSON.stringify({
    project,
    name: `S-${round}-${count}`,
    types: ["Sample"],
    tags: ["bench"],
    properties: { operator: "ada", ".holdfast-key": `${round}-${count}` },
    details: { tissue: "blood", round, count },
    close: true,
    nonce: `${round}-${count}`,
  });
}

/** The median of the rounds; the first warms up and does not count. */
async function perSecond(rounds: number, act: (round: number) => Promise<void>): Promise<number> {
  const rates: number[] = [];
  for (let round = 0; round <= rounds; round++) {
    const start = performance.now();
    await act(round);
    if (round > 0) rates.push((creates * 1000) / (performance.now() - start));
  }
  return median(rates);
}
