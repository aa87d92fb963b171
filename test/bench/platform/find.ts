import { createPlatform, type Platform } from "@holdfast/platform";
import { median } from "../ratios.ts";
import { atMost, type Figure, type Figures } from "./figure.ts";

const objects = 100_000;
const limitMs = 50;
const asked = 15;

/** First pages of searches in one project of 100,000 objects: the median of each, and the worst answer of all. */
export async function platformFind(): Promise<Figures> {
  const platform = createPlatform({
    users: [{ name: "ada", token: "bench-token" }],
    projects: [{ name: "Bench" }],
  });
  const project = platform.projects[0]?.id ?? "";
  const middle = await fill(platform, project);
  const figures: Record<string, Figure> = {};
  let worst = 0;
  for (const [name, query] of Object.entries(queries(project, middle))) {
    const times: number[] = [];
    // The first one warms up.
    for (let count = 0; count <= asked; count++) {
      const start = performance.now();
      await post(platform, "/system/findDataObjects", { scope: { project }, ...query });
      if (count > 0) times.push(performance.now() - start);
    }
    worst = Math.max(worst, ...times);
    figures[name] = atMost(limitMs, median(times), "ms");
  }
  return { ...figures, worst: atMost(limitMs, worst, "ms") };
}

function queries(project: string, middle: number): Readonly<Record<string, object>> {
  return {
    all: {},
    described: { describe: true },
    fields: { describe: { fields: { name: true, state: true, properties: true } } },
    name: { name: "S-54321" },
    nobody: { name: "nobody" },
    glob: { name: { glob: "S-5432*" } },
    property: { properties: { plate: "P-12" } },
    rareType: { type: "Rare" },
    tags: { tags: { $and: ["odd", "third"] } },
    closed: { class: "record", state: "closed" },
    none: { state: "closing" },
    modified: { modified: { after: middle, before: middle + 1000 }, visibility: "either" },
    folder: { scope: { project, folder: "/run", recurse: false } },
    created: { sortBy: { field: "created", ordering: "ascending" } },
  };
}

/**
 * Makes one record by the API, and the others out of it in the file of the world: a hundred thousand calls would
 * take longer than what is measured.
 *
 * @returns A time at which half of them had been modified.
 */
async function fill(platform: Platform, project: string): Promise<number> {
  await post(platform, `/${project}/newFolder`, { folder: "/run" });
  await post(platform, "/record/new", { project, details: { tissue: "blood" } });
  const world = platform.snapshot();
  const [made] = world.objects;
  const [copy] = made?.copies ?? [];
  if (made === undefined || copy === undefined) throw new Error("there is no record");
  const rows = Array.from({ length: objects }, (_, count) => ({
    ...made,
    id: `record-${String(count).padStart(24, "0")}`,
    types: count % 5000 === 0 ? ["Sample", "Rare"] : ["Sample"],
    state: count % 4 === 0 ? "open" : "closed",
    copies: [
      {
        ...copy,
        name: `S-${count}`,
        folder: count % 100 === 0 ? "/run" : "/",
        tags: [...(count % 2 === 1 ? ["odd"] : []), ...(count % 3 === 0 ? ["third"] : [])],
        properties: { plate: `P-${count % 1000}` },
        modified: copy.modified + count,
      },
    ],
  }));
  await platform.restore({ ...world, objects: rows });
  return copy.modified + objects / 2;
}

async function post(platform: Platform, path: string, input: object): Promise<void> {
  const response = await platform.fetch(`http://platform.holdfast.invalid${path}`, {
    method: "POST",
    headers: { "Content-Type": "application/json", Authorization: "Bearer bench-token" },
    body: JSON.stringify(input),
  });
  const text = await response.text();
  if (response.status !== 200) throw new Error(text);
}
