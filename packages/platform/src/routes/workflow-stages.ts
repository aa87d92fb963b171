import { isJsonObject, type Json, type JsonObject } from "@holdfast/core";
import { ApiError, invalidInput, notFound } from "../api-error.ts";
import { keyOf, member, optionalHash, optionalString, requiredString } from "../input/fields.ts";
import type { DataObject } from "../world/data-object.ts";
import { visibleObject } from "./access.ts";
import type { Call } from "./call.ts";

/** A stage as it is described. */
export type Stage = JsonObject & { readonly id: string; readonly executable: string };

/** The fields of a stage that an edit names; null unsets the first two. */
export interface StageFields {
  readonly name?: string | null;
  readonly folder?: string | null;
  readonly input?: JsonObject;
  readonly executionPolicy?: JsonObject;
  readonly systemRequirements?: JsonObject;
}

export function stagesOf({ own }: DataObject): readonly Stage[] {
  return (own?.["stages"] ?? []) as readonly Stage[];
}

export function asStageFields(input: JsonObject): StageFields {
  const fields: Record<string, Json | undefined> = {
    name: asTextOrNull(input, "name"),
    folder: asTextOrNull(input, "folder"),
    input: optionalHash(input, "input"),
    executionPolicy: optionalHash(input, "executionPolicy"),
    systemRequirements: optionalHash(input, "systemRequirements"),
  };
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
}

/** A new stage; what it is not given is empty. */
export function newStage(id: string, executable: string, fields: StageFields): Stage {
  const empty = { input: {}, executionPolicy: {}, systemRequirements: {} };
  return changedStage({ id, executable, name: null, folder: null, ...empty }, fields);
}

/** Inputs are merged: null takes one away. Other fields are replaced. */
export function changedStage(stage: Stage, { input, ...fields }: StageFields): Stage {
  const before = stage["input"];
  const merged = Object.entries({ ...(isJsonObject(before) ? before : {}), ...input });
  const kept = merged.filter(([, value]) => value !== null);
  return { ...stage, ...fields, input: Object.fromEntries(kept) };
}

export function stageAt(object: DataObject, id: string): number {
  const index = stagesOf(object).findIndex((stage) => stage.id === id);
  if (index === -1) throw notFound(`stage "${id}" in "${object.id}"`);
  return index;
}

/** Only applets run here; the caller must see it. */
export function executableOf(call: Call, id: string): DataObject {
  if (!id.startsWith("applet-")) throw notFound(`"${id}"`);
  return visibleObject(call, id);
}

export function asExecutable(input: JsonObject): string {
  const id = requiredString(input, "executable");
  if (/^(applet|app|workflow|globalworkflow)-./.test(id)) return id;
  throw invalidInput(`expected ${keyOf("executable")} to be the ID of an executable`);
}

/** Whether the other executable takes every input of this one, as the same class [assumed]. */
export function isCompatible(current: DataObject, other: DataObject): boolean {
  const theirs = inputClasses(other);
  return [...inputClasses(current)].every(([name, className]) => theirs.get(name) === className);
}

export function inputClasses({ own }: DataObject): ReadonlyMap<string, Json | undefined> {
  const spec = own?.["inputSpec"];
  const parameters: readonly Json[] = Array.isArray(spec) ? spec : [];
  return new Map(
    parameters
      .filter(isJsonObject)
      .flatMap(({ name, class: className }) =>
        typeof name === "string" ? [[name, className] as const] : [],
      ),
  );
}

/** Refuses stages that a client may not name: the same id twice. */
export function refuseRepeatedStages(stages: readonly Stage[]): void {
  const ids = new Set(stages.map(({ id }) => id));
  if (ids.size < stages.length) throw new ApiError("InvalidInput", "two stages have the same ID");
}

function asTextOrNull(input: JsonObject, key: string): string | null | undefined {
  return member(input, key) === null ? null : optionalString(input, key);
}
