import fc from "fast-check";
import { expect, test } from "vitest";
import type { Holdfast } from "./holdfast.ts";
import { World } from "./in-thread.test-support.ts";
import type { ObjectHandle } from "./object-handle.ts";

const step = fc.record({
  tab: fc.nat(2),
  n: fc.nat(5),
  does: fc.constantFrom("create", "link", "tag", "rename", "close", "details", "reopen", "many"),
});
const histories = fc.record({
  steps: fc.array(step, { minLength: 5, maxLength: 40 }),
  isOnline: fc.boolean(),
});
const queries = [
  {},
  { limit: 3 },
  { tags: "t", limit: 4 },
  { state: "open", limit: 2 },
  { name: { glob: "S-*" }, limit: 5 },
] as const;

/** Waits for what needs no clock: the news of the last commits. */
async function until(holds: () => Promise<boolean>): Promise<void> {
  for (let turn = 0; turn < 200 && !(await holds()); turn++) await new Promise(setImmediate);
}

test("tabs that come and go show what each of them would find, and every receipt comes true", async () => {
  await fc.assert(
    fc.asyncProperty(histories, async ({ steps, isOnline }) => {
      await using world = new World();
      const { project } = world;
      const shown = new Map<Holdfast, Map<string, readonly unknown[]>>();
      const open = async (): Promise<Holdfast> => {
        const tab = await world.open({ paused: !isOnline });
        const rows = new Map<string, readonly unknown[]>();
        shown.set(tab, rows);
        for (const query of queries) {
          tab.objects.watch(query).subscribe((some) => rows.set(JSON.stringify(query), some));
        }
        return tab;
      };
      const tabs = [await open(), await open(), await open()];
      const handles: ObjectHandle[] = [];
      const stored: Promise<unknown>[] = [];
      const receipts: Promise<unknown>[] = [];
      const taken = (promise: Promise<{ acked(): Promise<void> }>): void => {
        const kept = promise.then(
          (receipt) =>
            receipts.push(receipt.acked().catch((error: { code: string }) => error.code)),
          // A fixed field after a close: refused in the platform's words.
          (error: { code: string }) =>
            expect(["InvalidState", "StorageClosed"]).toContain(error.code),
        );
        stored.push(kept);
      };
      for (const { tab, n, does } of steps) {
        const holdfast = tabs[tab] as Holdfast;
        const known = handles[n % Math.max(1, handles.length)];
        const handle = known && holdfast.objects.handle(known.key);
        if (does === "create" || does === "link") {
          const details = does === "link" && known ? { of: { $dnanexus_link: known.id } } : {};
          const made = await holdfast.records.create({ project, name: `S-${n}`, details });
          handles.push(made);
          taken(Promise.resolve(made.receipt));
        } else if (does === "many") {
          const inputs = Array.from({ length: 3 }, () => ({ project, close: true }));
          const many = await holdfast.records.createMany(inputs);
          for (const one of many) taken(Promise.resolve(one.receipt));
        } else if (does === "reopen") {
          await holdfast.close();
          shown.delete(holdfast);
          tabs[tab] = await open();
        } else if (handle !== undefined) {
          if (does === "tag") taken(handle.addTags(["t"]));
          if (does === "rename") taken(handle.rename(`N-${n}`));
          if (does === "details") taken(handle.setDetails({ n }));
          if (does === "close") taken(handle.close());
        }
      }
      await Promise.all(stored);
      if (isOnline) {
        const ends = await Promise.all(receipts);
        // A tab that was closed while it waited says so; nobody else may say anything but yes.
        expect(ends.filter((end) => end !== undefined && end !== "StorageClosed")).toEqual([]);
      }
      for (const [index, tab] of tabs.entries()) {
        for (const query of queries) {
          const other = tabs[(index + 1) % tabs.length] as Holdfast;
          const show = (): unknown => shown.get(tab)?.get(JSON.stringify(query));
          await until(
            async () => JSON.stringify(show()) === JSON.stringify(await other.objects.find(query)),
          );
          const rows = show();
          expect(rows, JSON.stringify(query)).toEqual(await tab.objects.find(query));
          expect(rows, JSON.stringify(query)).toEqual(await other.objects.find(query));
        }
      }
      expect(await tabs[0]?.outbox.list()).toHaveLength(isOnline ? 0 : receipts.length);
    }),
    { numRuns: 15, seed: 1 },
  );
}, 120_000);
