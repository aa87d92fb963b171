import { isJsonObject, type JsonObject } from "@holdfast/core";
import { ApiError, invalidInput } from "../api-error.ts";
import { levelOfWorkflowEdit, refusalOfOtherEditVersion } from "../assumed.ts";
import { asSpec } from "../input/class-fields.ts";
import {
  keyOf,
  member,
  optionalArray,
  optionalBoolean,
  optionalHash,
  optionalInteger,
  optionalString,
  requiredString,
} from "../input/fields.ts";
import type { Output } from "../json/json-writer.ts";
import { reaches } from "../levels.ts";
import type { DataObject } from "../world/data-object.ts";
import { insufficient, levelIn, visibleObject } from "./access.ts";
import { type Call, recordEffect } from "./call.ts";
import { defineRoute, type Route } from "./route.ts";
import {
  asExecutable,
  asStageFields,
  changedStage,
  executableOf,
  inputClasses,
  isCompatible,
  newStage,
  type Stage,
  type StageFields,
  stageAt,
  stagesOf,
} from "./workflow-stages.ts";

/** What an edit makes of the workflow; nothing leaves it and its version as they are. */
interface Edited {
  readonly own?: JsonObject;
  /** Beside the id and the version. */
  readonly answer?: JsonObject;
}

interface Edit<Input> {
  readonly method: string;
  readonly parse: (input: JsonObject) => Input;
  readonly decide: (call: Call, object: DataObject, input: Input) => Edited;
}

/** Every edit names the version it was made for, and the answer the one after it (CS §6). */
function edit<Input>({ method, parse, decide }: Edit<Input>): Route {
  return defineRoute<{ readonly version: number; readonly input: Input }>({
    subject: "workflow-xxxx",
    method,
    parse: (input) => ({ version: asVersion(input), input: parse(input) }),
    run: (call, { version, input }) => {
      const object = editable(call, version);
      const { own, answer } = decide(call, object, input);
      const next = apply(call, object, own);
      return {
        id: object.id,
        editVersion: next,
        ...(answer as { readonly [key: string]: Output }),
      };
    },
  });
}

function asVersion(input: JsonObject): number {
  const version = optionalInteger(input, "editVersion");
  if (version !== undefined) return version;
  throw invalidInput(`expected ${keyOf("editVersion")} to be an integer; it is missing`);
}

/** The workflow of the call: level, then state, then version (DO §1.7). */
function editable(call: Call, version: number): DataObject {
  const object = visibleObject(call, call.subject);
  const level = levelIn(call, object.origin);
  if (!reaches(level, levelOfWorkflowEdit)) {
    throw insufficient(`"${object.id}"`, levelOfWorkflowEdit, level);
  }
  if (object.state !== "open") {
    throw new ApiError("InvalidState", `"${object.id}" is ${object.state}`);
  }
  const current = versionOf(object);
  if (version !== current) {
    throw new ApiError(
      refusalOfOtherEditVersion,
      `"${object.id}" has the edit version ${current}, not ${version}`,
    );
  }
  return object;
}

function versionOf({ own }: DataObject): number {
  return Number(own?.["editVersion"] ?? 0);
}

function apply(call: Call, object: DataObject, own: JsonObject | undefined): number {
  const current = versionOf(object);
  if (own === undefined || Object.keys(own).length === 0) return current;
  const next = current + 1;
  const changed = call.world.editObject(
    object,
    { own: { ...object.own, ...own, editVersion: next } },
    call.at,
  );
  recordEffect(call, { id: object.id, project: object.origin }, changed);
  return next;
}

interface AddStage {
  readonly id: string | undefined;
  readonly executable: string;
  readonly fields: StageFields;
}

const addStage: Route = edit<AddStage>({
  method: "addStage",
  parse: (input) => ({
    id: optionalString(input, "id"),
    executable: asExecutable(input),
    fields: asStageFields(input),
  }),
  decide: (call, object, { id, executable, fields }) => {
    executableOf(call, executable);
    const stages = stagesOf(object);
    if (id !== undefined && stages.some((stage) => stage.id === id)) {
      throw invalidInput(`there is a stage "${id}" already`);
    }
    const stage = id ?? call.world.newId("stage", []);
    return {
      own: { stages: [...stages, newStage(stage, executable, fields)] },
      answer: { stage },
    };
  },
});

const removeStage: Route = edit<string>({
  method: "removeStage",
  parse: (input) => requiredString(input, "stage"),
  decide: (_, object, id) => {
    const index = stageAt(object, id);
    return { own: { stages: stagesOf(object).toSpliced(index, 1) } };
  },
});

interface MoveStage {
  readonly id: string;
  readonly index: number;
}

const moveStage: Route = edit<MoveStage>({
  method: "moveStage",
  parse: (input) => {
    const index = optionalInteger(input, "newIndex");
    if (index === undefined) throw invalidInput(`expected ${keyOf("newIndex")} to be an integer`);
    return { id: requiredString(input, "stage"), index };
  },
  decide: (_, object, { id, index }) => {
    const from = stageAt(object, id);
    const stages = stagesOf(object);
    const stage = stages[from];
    if (stage === undefined || index < 0 || index >= stages.length) {
      throw invalidInput(`expected ${keyOf("newIndex")} to be the index of a stage`);
    }
    return { own: { stages: stages.toSpliced(from, 1).toSpliced(index, 0, stage) } };
  },
});

interface Update {
  readonly own: JsonObject;
  readonly stages: ReadonlyMap<string, StageFields>;
}

/** An update of nothing raises no version (CS §6 [client]). */
const update: Route = edit<Update>({
  method: "update",
  parse: (input) => ({ own: asWorkflowChanges(input), stages: asStageChanges(input) }),
  decide: (_, object, { own, stages: changes }) => {
    if (changes.size === 0) return { own };
    const stages: Stage[] = [...stagesOf(object)];
    for (const [id, fields] of changes) {
      const index = stageAt(object, id);
      stages[index] = changedStage(stages[index] as Stage, fields);
    }
    return { own: { ...own, stages } };
  },
});

/** What is given; null unsets. */
export function asWorkflowChanges(input: JsonObject): JsonObject {
  const changes: Record<string, JsonObject[string] | undefined> = {};
  for (const key of ["title", "summary", "description", "outputFolder"]) {
    const isNull = member(input, key) === null && key !== "summary" && key !== "description";
    changes[key] = isNull ? null : optionalString(input, key);
  }
  for (const key of ["inputs", "outputs"]) {
    changes[key] = member(input, key) === null ? null : asSpec(input, key);
  }
  changes["ignoreReuse"] = asReusedStages(input);
  const given = Object.entries(changes).filter(([, value]) => value !== undefined);
  return Object.fromEntries(given) as JsonObject;
}

/** The stages whose work is never taken from an earlier run, or `*` for all (`workflow_builder.py` [client]); null unsets. */
function asReusedStages(input: JsonObject): readonly string[] | null | undefined {
  if (member(input, "ignoreReuse") === null) return null;
  const stages = optionalArray(input, "ignoreReuse");
  if (stages?.every((stage) => typeof stage === "string") === false) {
    throw invalidInput(`expected ${keyOf("ignoreReuse")} to be an array of strings`);
  }
  return stages as readonly string[] | undefined;
}

function asStageChanges(input: JsonObject): ReadonlyMap<string, StageFields> {
  const changes = Object.entries(optionalHash(input, "stages") ?? {});
  return new Map(
    changes.map(([id, fields]) => {
      if (!isJsonObject(fields)) throw invalidInput(`expected stage "${id}" to be a hash`);
      return [id, asStageFields(fields)];
    }),
  );
}

interface Replace {
  readonly id: string;
  readonly executable: string;
  readonly force: boolean;
}

const asReplace = (input: JsonObject): Replace => ({
  id: requiredString(input, "stage"),
  executable: asExecutable(input),
  force: optionalBoolean(input, "force") ?? false,
});

/** An incompatible one only with `force`, and then without the inputs that it does not take (CS §6 [client]). */
const updateStageExecutable: Route = edit<Replace>({
  method: "updateStageExecutable",
  parse: asReplace,
  decide: (call, object, { id, executable, force }) => {
    const index = stageAt(object, id);
    const stages: Stage[] = [...stagesOf(object)];
    const stage = stages[index] as Stage;
    const other = executableOf(call, executable);
    const known = call.world.objects.get(stage.executable);
    const compatible = known === undefined || isCompatible(known, other);
    if (!compatible && !force) {
      // The official client looks for the word and reads the details.
      throw new ApiError(
        "InvalidState",
        `"${executable}" is not compatible: it does not take the inputs of the stage`,
        { details: { incompatibilities: [] } },
      );
    }
    const takes = inputClasses(other);
    const inputs = Object.entries((stage["input"] ?? {}) as JsonObject);
    const input = Object.fromEntries(inputs.filter(([name]) => compatible || takes.has(name)));
    stages[index] = { ...stage, executable, input };
    return { own: { stages }, answer: { compatible } };
  },
});

const isStageCompatible: Route = edit<Replace>({
  method: "isStageCompatible",
  parse: asReplace,
  decide: (call, object, { id, executable }) => {
    const stage = stagesOf(object)[stageAt(object, id)];
    const known = call.world.objects.get(stage?.executable ?? "");
    const other = executableOf(call, executable);
    return { answer: { compatible: known === undefined || isCompatible(known, other) } };
  },
});

export const workflowEdits: readonly Route[] = [
  addStage,
  removeStage,
  moveStage,
  update,
  updateStageExecutable,
  isStageCompatible,
];
