import { expect, test } from "vitest";
import { toSvg } from "./chart.ts";
import { type PaceName, paces } from "./paces.ts";
import { settingOf } from "./setting.ts";
import { type Stampede, stampede } from "./stampede.ts";
import { summarise } from "./summary.ts";

const setting = { ...settingOf({ seed: 3, clients: 40 }), outageMs: 60_000 };
const operations = setting.clients * 50;
/** Some thousand requests are a second's work, on a machine that does nothing else. */
const patient = 60_000;

function play(name: PaceName): Promise<Stampede> {
  return stampede({ ...setting, open: paces[name].open, onProgress: () => undefined });
}

test(
  "a crowd at Holdfast's pace asks little more than is served, and everyone is done",
  async () => {
    const [ours, theirs] = [await play("holdfast"), await play("everySecond")];
    const [calm, loud] = [summarise(ours), summarise(theirs)];
    // All that fits into a second, twice over: it takes no longer than that.
    expect(calm.drainedS.all).toBeLessThan(250);
    expect(calm.refused / calm.requests).toBeLessThan(0.25);
    expect(calm.peak).toBeLessThan(4 * setting.perSecond);
    expect(loud.refused / loud.requests).toBeGreaterThan(0.8);
    expect(loud.peak).toBeGreaterThan(10 * setting.perSecond);
    for (const { seconds } of [ours, theirs]) {
      expect(seconds.reduce((sum, one) => sum + one.operations, 0)).toBe(operations);
      expect(Math.max(...seconds.map(({ served }) => served))).toBeLessThanOrEqual(
        2 * setting.perSecond,
      );
    }
  },
  patient,
);

test(
  "the same seed gives the same crowd and the same picture",
  async () => {
    const picture = async (): Promise<string> =>
      toSvg({
        crowds: [["holdfast", await play("holdfast")]],
        perSecond: setting.perSecond,
        operations,
      });
    expect(await picture()).toBe(await picture());
  },
  patient,
);
