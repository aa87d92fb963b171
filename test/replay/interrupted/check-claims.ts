import { expect } from "vitest";
import type { Claim } from "./claim.ts";

export function checkClaims(claims: readonly Claim[]): void {
  for (const { what, seen, expected } of claims) {
    expect({ [what]: seen }).toMatchObject({ [what]: expected });
  }
}
