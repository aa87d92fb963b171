import type { RecordInput } from "holdfast";

/** A record of about 0.9 kB as a row, what a lab's sample looks like. */
export function sampleInput(project: string, index: number): RecordInput {
  return {
    project,
    folder: "/bench",
    parents: true,
    name: `S-${String(index).padStart(6, "0")}`,
    types: ["Sample"],
    tags: ["bench", `plate-${index % 96}`],
    properties: {
      operator: "ada",
      well: `A${index % 12}`,
      sex: index % 2 === 0 ? "female" : "male",
    },
    details: {
      tissue: "blood",
      population: "GBR",
      index,
      comment: "A line of text that a person would write about a sample, more or less. ".repeat(3),
    },
  };
}
