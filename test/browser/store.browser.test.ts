import { describe, test } from "vitest";
import { checkClaims } from "../replay/interrupted/check-claims.ts";
import { storeSuite } from "./store-suite.ts";

describe("the store on the browser's IndexedDB", () => {
  test.each(storeSuite)("$name", async ({ run }) => checkClaims(await run()));
});
