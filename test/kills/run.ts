import { argv, exit, stderr, stdout } from "node:process";
import { parseArgs } from "node:util";
import { runKills } from "./kills.ts";
import { servePage } from "../support/test-page.ts";

const { values } = parseArgs({
  args: argv.slice(2).filter((word) => word !== "--"),
  options: {
    times: { type: "string", default: "100" },
    seed: { type: "string", default: "1" },
  },
});
const [times, seed] = [Number(values.times), Number(values.seed)];
if (!Number.isSafeInteger(times) || times < 1 || !Number.isSafeInteger(seed)) {
  stderr.write("--times takes a whole number from 1, --seed a whole number\n");
  exit(2);
}

const startedAt = performance.now();
const page = await servePage("test/kills/page");
const result = await runKills({
  times,
  seed,
  pageUrl: page.url,
  onKill: (kills, breaches) => {
    const seconds = Math.round((performance.now() - startedAt) / 1_000);
    stderr.write(`killed ${kills} of ${times} times, ${seconds} s, ${breaches.length} failures\n`);
  },
});
await page.close();
for (const failure of result.failures) stderr.write(`${failure}\n`);
const seconds = Math.round((performance.now() - startedAt) / 1_000);
stdout.write(`${JSON.stringify({ ...result, failures: result.failures.length, seconds })}\n`);
exit(result.failures.length === 0 ? 0 : 1);
