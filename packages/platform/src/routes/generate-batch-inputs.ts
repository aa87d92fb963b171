import type { JsonObject } from "@holdfast/core";
import { invalidInput, noFolder } from "../api-error.ts";
import { batchInputs } from "../assumed.ts";
import { asHash, keyOf, member, requiredProject } from "../input/fields.ts";
import { asFolder, given } from "../input/metadata.ts";
import type { Output } from "../json/json-writer.ts";
import { asPattern } from "../search/name-condition.ts";
import type { Copy } from "../world/data-object.ts";
import type { Project } from "../world/project.ts";
import { projectAt } from "./access.ts";
import { defineRoute, type Route } from "./route.ts";

interface Wanted {
  readonly project: string;
  readonly folder: string;
  /** Input → what the name of its file must match; the first group is the batch. */
  readonly patterns: readonly (readonly [input: string, pattern: RegExp])[];
}

interface Match {
  readonly name: string;
  readonly ids: string[];
}

/** Batch → input → its files. */
type Batches = Map<string, Map<string, Match>>;

/** Files that belong together by their names, as `dx generate_batch_inputs` asks and reads them [client]. */
export const generateBatchInputs: Route = defineRoute<Wanted>({
  subject: "system",
  method: "generateBatchInputs",
  parse: (input) => ({
    project: requiredProject(input),
    folder: given(input, "folder") ? asFolder(member(input, "folder"), "folder") : "/",
    patterns: asPatterns(input),
  }),
  run: (call, { project, folder, patterns }) => {
    const files = filesIn(projectAt(call, project, "VIEW"), folder);
    const batches: Batches = new Map();
    for (const copy of files) {
      for (const [input, pattern] of patterns) addMatch(batches, input, { pattern, copy });
    }
    return {
      batchInputs: [...batches].map(([id, matches]) => batchOf(id, matches, patterns.length)),
    };
  },
});

function asPatterns(input: JsonObject): Wanted["patterns"] {
  const patterns = Object.entries(asHash(member(input, "inputs"), keyOf("inputs")));
  if (patterns.length === 0) throw invalidInput(`expected ${keyOf("inputs")} to name an input`);
  return patterns.map(([name, pattern]) => {
    if (typeof pattern !== "string") throw invalidInput(`expected ${keyOf(name)} to be a string`);
    return [name, asPattern(pattern, keyOf(name))] as const;
  });
}

/** In the order in which they were made. */
function filesIn(project: Project, folder: string): readonly Copy[] {
  const { folders, index } = project;
  if (!folders.has(folder)) throw noFolder(folder, project.id);
  return (batchInputs.recurses ? folders.within(folder) : [folder])
    .flatMap((path) => [...index.inFolder(path)])
    .filter(({ object }) => object.class === "file" && !object.hidden)
    .sort((left, right) => left.object.created - right.object.created);
}

function addMatch(
  batches: Batches,
  input: string,
  { pattern, copy }: { readonly pattern: RegExp; readonly copy: Copy },
): void {
  const id = pattern.exec(copy.name)?.[1];
  if (id === undefined) return;
  const batch = batches.get(id) ?? new Map<string, Match>();
  const match = batch.get(input);
  if (match === undefined) batch.set(input, { name: copy.name, ids: [copy.object.id] });
  else match.ids.push(copy.object.id);
  batches.set(id, batch);
}

function batchOf(id: string, matches: ReadonlyMap<string, Match>, wanted: number): Output {
  const isSound =
    matches.size === wanted && [...matches.values()].every(({ ids }) => ids.length === 1);
  return {
    batchPattern: id,
    inputs: Object.fromEntries(
      [...matches].map(([input, { name, ids }]) => [input, { name, ids }]),
    ),
    error: isSound ? undefined : batchInputs.error,
  };
}
