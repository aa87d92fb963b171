import { isJsonObject, isObjectId, type Json, type JsonObject } from "@holdfast/core";
import { invalidInput } from "../api-error.ts";
import { asHash, keyOf, member, optionalArray, optionalProject } from "../input/fields.ts";
import { given } from "../input/metadata.ts";
import { initialState } from "../lifecycle.ts";
import type { Copy } from "../world/data-object.ts";
import { hintedCopy, needLevel } from "./access.ts";
import type { Call } from "./call.ts";
import { asNewObject, createObject, type NewObject, projectOfNew } from "./new-object.ts";
import { objectClose } from "./object-close.ts";
import { objectFixedFields } from "./object-fixed-fields.ts";
import { objectFreeFields } from "./object-free-fields.ts";
import { objectReads } from "./object-reads.ts";
import { refusedByOthers } from "./other-classes.ts";
import { defineRoute, type Route } from "./route.ts";
import { asWorkflowChanges, workflowEdits } from "./workflow-edits.ts";
import {
  asExecutable,
  asStageFields,
  executableOf,
  newStage,
  refuseRepeatedStages,
  type StageFields,
} from "./workflow-stages.ts";

interface NewStage {
  readonly id: string | undefined;
  readonly executable: string;
  readonly fields: StageFields;
}

interface NewWorkflow extends NewObject {
  readonly own: JsonObject;
  readonly stages: readonly NewStage[] | undefined;
  readonly source: { readonly id: string; readonly project: string | undefined } | undefined;
}

const emptyWorkflow: JsonObject = {
  title: null,
  summary: "",
  description: "",
  inputs: null,
  outputs: null,
  outputFolder: null,
  stages: [],
};

/** Open until it is closed, edited by its version from 0 on (CS §6). What is given wins over the source's. */
const workflowNew: Route = defineRoute<NewWorkflow>({
  subject: "workflow",
  method: "new",
  takesNonce: true,
  parse: (input, body) => ({
    ...asNewObject(input, body),
    own: asWorkflowChanges(input),
    stages: given(input, "stages") ? asStages(input) : undefined,
    source: given(input, "initializeFrom") ? asSource(input) : undefined,
  }),
  run: (call, input) => {
    const project = projectOfNew(call, input);
    const source = input.source && hintedCopy(call, input.source.id, input.source.project);
    needLevel(call, project, "UPLOAD");
    const own = ownOf(call, input, source);
    return createObject(call, input, {
      class: "workflow",
      state: initialState("workflow"),
      source,
      own,
    });
  },
});

function ownOf(call: Call, input: NewWorkflow, source: Copy | undefined): JsonObject {
  const stages = input.stages?.map(({ id, executable, fields }) => {
    executableOf(call, executable);
    return newStage(id ?? call.world.newId("stage", []), executable, fields);
  });
  refuseRepeatedStages(stages ?? []);
  const given = stages === undefined ? input.own : { ...input.own, stages };
  const from = source?.object;
  const origin =
    from === undefined
      ? {}
      : { initializedFrom: { id: from.id, editVersion: from.own?.["editVersion"] ?? 0 } };
  return { ...emptyWorkflow, ...from?.own, ...given, ...origin, editVersion: 0 };
}

function asStages(input: JsonObject): readonly NewStage[] {
  return (optionalArray(input, "stages") ?? []).map((value: Json) => {
    if (!isJsonObject(value)) throw invalidInput(`expected ${keyOf("stages")} to hold hashes`);
    const id = member(value, "id");
    if (id !== undefined && typeof id !== "string") {
      throw invalidInput('expected key "id" of a stage to be a string');
    }
    return { id, executable: asExecutable(value), fields: asStageFields(value) };
  });
}

function asSource(input: JsonObject): NewWorkflow["source"] {
  const source = asHash(member(input, "initializeFrom"), keyOf("initializeFrom"));
  const id = member(source, "id");
  if (!isObjectId(id) || !id.startsWith("workflow-")) {
    throw invalidInput('expected key "id" of "initializeFrom" to be the ID of a workflow');
  }
  return { id, project: optionalProject(source) };
}

export const workflowRoutes: readonly Route[] = [
  workflowNew,
  ...objectReads("workflow-xxxx"),
  ...objectFixedFields("workflow-xxxx"),
  ...objectFreeFields("workflow-xxxx"),
  objectClose("workflow-xxxx"),
  ...workflowEdits,
  ...refusedByOthers(
    "workflow",
    workflowEdits.map(({ method }) => method),
  ),
];
