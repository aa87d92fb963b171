import type { DataObjectClass, ProvisionalId } from "../ids.ts";
import { type InputFields, refuseInput } from "./input-fields.ts";
import { isJsonObject, type Json, type JsonText } from "../json.ts";
import { ownFieldsOf } from "../objects/own-fields.ts";
import { inspectJson } from "../values/inspect-details.ts";
import { kindOf } from "../values/words.ts";

export interface OwnInput {
  /** Undefined where nothing was given. */
  readonly own: JsonText | undefined;
  /** Provisional ids in it, such as in a default value of a workflow's input. */
  readonly references: readonly ProvisionalId[];
}

type Check = (value: Json) => string | undefined;

/** What each field must be (DO §7.1, CS §6): why a value is refused, undefined where it is taken. */
const checks: Readonly<Record<string, Check>> = {
  media: textProblem,
  title: orNull(textProblem),
  summary: textProblem,
  description: textProblem,
  outputFolder: orNull(textProblem),
  inputs: orNull(parametersProblem),
  outputs: orNull(parametersProblem),
  stages: stagesProblem,
};

/** Reads the fields that only the class takes. @throws HoldfastError `InvalidInput`. */
export function parseOwn(objectClass: DataObjectClass, fields: InputFields): OwnInput {
  const given: Record<string, Json> = {};
  const references = new Set<ProvisionalId>();
  for (const name of ownFieldsOf(objectClass)) {
    if (!fields.has(name)) continue;
    const value = fields.get(name);
    const found = inspectJson(value, fields.at(name));
    const problem = found.problem ?? found.embedded ?? checkOf(name, value as Json, fields);
    if (problem !== undefined) refuseInput(problem);
    for (const id of found.references) references.add(id);
    given[name] = value as Json;
  }
  const own = Object.keys(given).length === 0 ? undefined : (JSON.stringify(given) as JsonText);
  return { own, references: [...references] };
}

function checkOf(name: string, value: Json, fields: InputFields): string | undefined {
  const problem = checks[name]?.(value);
  return problem === undefined ? undefined : `${fields.at(name)} ${problem}`;
}

function orNull(check: Check): Check {
  return (value) => (value === null ? undefined : check(value));
}

function textProblem(value: Json): string | undefined {
  return typeof value === "string" ? undefined : `must be a string, not ${kindOf(value)}`;
}

function parametersProblem(value: Json): string | undefined {
  const isSpec =
    Array.isArray(value) &&
    (value as readonly Json[]).every(
      (one) =>
        isJsonObject(one) && typeof one["name"] === "string" && typeof one["class"] === "string",
    );
  return isSpec ? undefined : 'must be an array of hashes with a "name" and a "class"';
}

function stagesProblem(value: Json): string | undefined {
  if (!Array.isArray(value)) return `must be an array, not ${kindOf(value)}`;
  const stages = value as readonly Json[];
  const isRunnable = stages.every(
    (one) =>
      isJsonObject(one) &&
      typeof one["executable"] === "string" &&
      /^(applet|app|workflow|globalworkflow)-./.test(one["executable"]),
  );
  if (!isRunnable) return 'must hold hashes with the id of an "executable"';
  const ids = stages.flatMap((one) => (isJsonObject(one) && one["id"]) || []);
  if (!ids.every((id) => typeof id === "string")) return 'must hold stages whose "id" is a string';
  return new Set(ids).size < ids.length ? "must not hold two stages with the same id" : undefined;
}
