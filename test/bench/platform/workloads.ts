import { platformCreate } from "./create.ts";
import type { Figures } from "./figure.ts";
import { platformFind } from "./find.ts";
import { platformUpload } from "./upload.ts";

/** What is measured of the platform itself, without a browser. Limits are absolute, so a busy machine may miss them. */
export const platformWorkloads: Readonly<Record<string, (rounds: number) => Promise<Figures>>> = {
  platformCreate,
  platformFind,
  platformUpload,
};

export function toLines(name: string, figures: Figures): string {
  return Object.entries(figures)
    .map(([figure, { value, unit, must, held }]) => {
      const limit =
        must === undefined
          ? ""
          : `must be ${"atLeast" in must ? `≥ ${must.atLeast}` : `≤ ${must.atMost}`} ${held === true ? "held" : "MISSED"}`;
      return `${name.padEnd(16)}${figure.padEnd(16)}${String(value).padStart(9)} ${unit.padEnd(4)}${limit}\n`;
    })
    .join("");
}
