import { argv, exit, stderr, stdout } from "node:process";
import { parseArgs } from "node:util";
import { mebibyte } from "./content.ts";
import { servePage } from "../support/test-page.ts";
import { runUploadKills } from "./upload-kills.ts";

const { values } = parseArgs({
  args: argv.slice(2).filter((word) => word !== "--"),
  options: {
    size: { type: "string", default: "300" },
    kills: { type: "string", default: "5" },
    seed: { type: "string", default: "1" },
  },
});
const [mebibytes, kills, seed] = [Number(values.size), Number(values.kills), Number(values.seed)];
if (![mebibytes, kills, seed].every((number) => Number.isSafeInteger(number)) || mebibytes < 1) {
  stderr.write("--size takes mebibytes from 1, --kills and --seed whole numbers\n");
  exit(2);
}

const startedAt = performance.now();
const seconds = (): number => Math.round((performance.now() - startedAt) / 1_000);
// Whatever hangs ends with it.
const deadline = setTimeout(() => {
  stderr.write("nothing is done after 20 minutes\n");
  exit(1);
}, 1_200_000);
const page = await servePage("test/upload-kills/page");
const result = await runUploadKills({
  ...{ mebibytes, kills, seed },
  pageUrl: page.url,
  onKill: (count, arrivedBytes) =>
    stderr.write(
      `killed ${count} of ${kills} times, ${Math.round(arrivedBytes / mebibyte)} MiB arrived, ${seconds()} s\n`,
    ),
});
await page.close();
clearTimeout(deadline);
for (const failure of result.failures) stderr.write(`${failure}\n`);
stdout.write(
  `${JSON.stringify({ ...result, failures: result.failures.length, seconds: seconds() })}\n`,
);
exit(result.failures.length === 0 ? 0 : 1);
