// One planted run: plays histories until one breaks a promise, and tells which on standard output.
import "../support/fake-indexeddb.ts";
import { search } from "@holdfast/simulator";
import { parseArgs } from "node:util";

const { values } = parseArgs({
  options: {
    from: { type: "string", default: "0" },
    histories: { type: "string", default: "20000" },
  },
});
const from = Number(values.from);
const until = from + Number(values.histories);

function* seeds(): Iterable<string> {
  for (let number = from; number < until; number++) yield String(number);
}

let played = 0;
const { failures } = await search({
  seeds: seeds(),
  onHistory: (_, { violation }) => {
    played += 1;
    return violation === undefined;
  },
});
const [failure] = failures;
process.stdout.write(
  `${JSON.stringify({ played, ...(failure && { seed: Number(failure.history.seed), violation: failure.violation }) })}\n`,
);
