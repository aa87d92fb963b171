import { changeCases } from "./store-conformance/changes.ts";
import { findCases } from "./store-conformance/find.ts";
import { lifetimeCases } from "./store-conformance/lifetime.ts";
import { readCases } from "./store-conformance/reads.ts";
import type { StoreWorld } from "./store-conformance/world.ts";
import { writeCases } from "./store-conformance/writes.ts";

export type { StoreWorld } from "./store-conformance/world.ts";

export interface StoreConformance {
  /** Registers one test, as vitest's `test` does. */
  test(name: string, run: () => Promise<void>): void;
  /**
   * A database nobody else uses.
   * @param options - `keepChanges`: how many changes it can name later.
   */
  newWorld(options: { readonly keepChanges: number }): Promise<StoreWorld>;
}

/** What every implementation of the `Store` port must do, as tests of whichever runner is handed in. */
export function storeConformance(runner: StoreConformance): void {
  const cases = [...writeCases, ...readCases, ...findCases, ...changeCases, ...lifetimeCases];
  for (const conformanceCase of cases) {
    runner.test(conformanceCase.name, async () => {
      const world = await runner.newWorld({ keepChanges: 20 });
      try {
        await conformanceCase.run(world);
      } finally {
        await world.close();
      }
    });
  }
}
