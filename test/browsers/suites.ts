import { contentStoreConformance } from "@holdfast/core/testing";
import { storeSuite } from "../browser/store-suite.ts";
import { browserCases } from "../replay/interrupted/all.ts";

/** A suite whose cases run within one page. */
export type Suite = "store" | "contents" | "interrupted";

/** The cases of each, in the order in which the page knows them. */
export const suites: Readonly<Record<Suite, readonly string[]>> = {
  store: storeSuite.map(({ name }) => name),
  contents: contentNames(),
  interrupted: browserCases.map(({ group, name }) => `${group}: ${name}`),
};

function contentNames(): readonly string[] {
  const names: string[] = [];
  contentStoreConformance({
    test: (name) => void names.push(name),
    newWorld: () => Promise.reject(new Error("Nothing runs here.")),
  });
  return names;
}
