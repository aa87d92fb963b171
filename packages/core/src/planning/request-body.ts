import { assert, unreachable } from "../assert.ts";
import { keyProperty, type ObjectRow } from "../data-object.ts";
import { emptyDetails, replaceIds } from "../values/details-text.ts";
import { valuesWithRealIds } from "../values/references.ts";
import {
  classOfId,
  dataObjectClasses,
  holdsProvisionalId,
  isObjectId,
  isProjectId,
  isProjectKey,
  isProvisionalId,
  type ObjectId,
  type ProvisionalId,
} from "../ids.ts";
import { isJsonObject, type Json } from "../json.ts";
import type { FirstAttempt, JournalRow } from "../journal.ts";
import type { CreateInput, FolderOperation, Operation } from "../operation.ts";
import type { PlannedRequest, RequestMethod } from "./plan.ts";
import type { Expectation } from "./expectation.ts";
import { expectationOfProject, pathOfProject } from "./project-request.ts";

/** Who journals, and when (design §5, write-ahead). */
export interface JournalStamp {
  readonly number: number;
  readonly epoch: number;
  readonly firstAttempt: FirstAttempt;
}

export interface BodyContext {
  readonly object: ObjectRow;
  /** Undefined where the id is not known yet, which `nextOf` has excluded. */
  readonly realIdOf: (id: ProvisionalId) => ObjectId | undefined;
}

/**
 * The request as it will leave, byte for byte: real ids written in, the key property and the nonce in a create.
 * The same plan gives the same bytes. Throws, as a bug, where a provisional id would remain.
 */
export function toJournalRow(
  planned: PlannedRequest,
  context: BodyContext,
  stamp: JournalStamp,
): JournalRow {
  const { object } = context;
  const create = planned.operations[0]?.create;
  const isCreate = planned.effect.kind === "create";
  assert(!isCreate || create !== undefined, `create in ${planned.lane} has a nonce and a key`);
  const translate = (id: ProvisionalId): ObjectId | undefined =>
    id === object.id && object.realId !== undefined ? object.realId : context.realIdOf(id);
  const path = pathOf(planned.effect, object);
  const body = bodyOf(planned.effect, {
    object,
    // A method of the project itself has it in its route.
    project: object.class === "project" ? undefined : object.project,
    create,
    translate,
  });
  assert(!holdsProvisionalId(path) && !holdsProvisionalId(body), `${path} holds no provisional id`);
  return {
    version: 1,
    number: stamp.number,
    path,
    body,
    ...(isCreate && create !== undefined ? { nonce: create.nonce, key: create.key } : undefined),
    ...(isCreate && planned.operations[0]?.refused === true ? { asksFirst: true } : undefined),
    lane: planned.lane,
    operations: planned.operations.map((row) => row.sequence),
    epoch: stamp.epoch,
    firstAttempt: stamp.firstAttempt,
  };
}

/** Reads a journalled request's route. Throws, as a bug, where it is none of ours. */
export function expectationOf(journal: Pick<JournalRow, "path" | "body" | "lane">): Expectation {
  if (isProjectKey(journal.lane)) return expectationOfProject(journal);
  const [, subject = "", word = ""] = journal.path.split("/");
  if (isProjectId(subject)) {
    const method = containerMethods.get(word);
    assert(method !== undefined, `${journal.path} is a route of ours`);
    const id = onlyObjectOf(journal.body);
    return { method, class: classOfId(id), id, container: subject };
  }
  const method = word;
  assert(isObjectMethod(method), `${journal.path} is a route of ours`);
  if (method === "new") {
    const found = dataObjectClasses.find((name) => name === subject);
    assert(found !== undefined, `${journal.path} names a class`);
    return { method, class: found };
  }
  assert(isObjectId(subject), `${journal.path} names an object`);
  return { method, class: classOfId(subject), id: subject };
}

type ContainerMethod = "move" | "remove" | "clone";

/** The platform's words for what is asked of a container (CS §2.2, §3, §4). */
const containerRoutes: Readonly<Record<ContainerMethod, string>> = {
  move: "move",
  remove: "removeObjects",
  clone: "clone",
};

const containerMethods: ReadonlyMap<string, ContainerMethod> = new Map(
  Object.entries(containerRoutes).map(([method, word]) => [word, method as ContainerMethod]),
);

type ObjectMethod = Exclude<RequestMethod, ContainerMethod | FolderOperation["kind"]>;

const objectMethods: Readonly<Record<ObjectMethod, true>> = {
  new: true,
  addTypes: true,
  removeTypes: true,
  setDetails: true,
  setVisibility: true,
  rename: true,
  setProperties: true,
  addTags: true,
  removeTags: true,
  close: true,
};

function isObjectMethod(method: string): method is keyof typeof objectMethods {
  return Object.hasOwn(objectMethods, method);
}

function realIdOfObject(object: ObjectRow): ObjectId {
  const id = object.realId ?? object.id;
  assert(
    !isProvisionalId(id),
    `${object.key} has a real id before anything but its create is sent`,
  );
  return id;
}

function pathOf(effect: Operation, object: ObjectRow): string {
  if (object.class === "project") return pathOfProject(effect, object.project);
  switch (effect.kind) {
    case "create":
      return `/${object.class}/new`;
    case "move":
    case "remove":
      return `/${object.project}/${containerRoutes[effect.kind]}`;
    case "clone":
      return `/${effect.from}/${containerRoutes.clone}`;
    default:
      return `/${realIdOfObject(object)}/${effect.kind}`;
  }
}

/** Of a call of a container, which here names one object. */
function onlyObjectOf(body: string): ObjectId {
  const parsed = JSON.parse(body) as Json;
  const objects = isJsonObject(parsed) ? parsed["objects"] : undefined;
  const [id, ...others] = Array.isArray(objects) ? (objects as readonly Json[]) : [];
  assert(isObjectId(id) && others.length === 0, "a call of a container names one object");
  return id;
}

interface BodyParts {
  readonly object: ObjectRow;
  readonly project: string | undefined;
  readonly create: { readonly nonce: string; readonly key: string } | undefined;
  readonly translate: (id: ProvisionalId) => string | undefined;
}

/**
 * Input of each method: DO §5, §6; CS §2.2, §3, §4. Rename, tags and properties are of one copy and name its project.
 * A removal is forced, since only then may it be sent twice.
 */
function bodyOf(effect: Operation, parts: BodyParts): string {
  const { object, project, translate } = parts;
  switch (effect.kind) {
    case "create":
      return createBody(effect.input, parts);
    case "setDetails":
      return replaceIds(effect.details, translate);
    case "addTypes":
    case "removeTypes":
      return JSON.stringify({ types: effect.types });
    case "setVisibility":
      return JSON.stringify({ hidden: effect.hidden });
    case "rename":
      return JSON.stringify({ project, name: effect.name });
    case "setProperties":
      return JSON.stringify({
        project,
        properties: valuesWithRealIds(effect.properties, translate),
      });
    case "addTags":
    case "removeTags":
      return JSON.stringify({ project, tags: effect.tags });
    case "close":
      return "{}";
    case "attach":
      throw new Error("Content is uploaded part by part, not in one call.");
    case "move":
      return JSON.stringify({ objects: [realIdOfObject(object)], destination: effect.folder });
    case "remove":
      return JSON.stringify({ objects: [realIdOfObject(object)], force: true });
    case "newFolder":
      return JSON.stringify({ folder: effect.folder, parents: effect.parents });
    case "renameFolder":
      return JSON.stringify({ folder: effect.folder, name: effect.name });
    case "moveFolder":
      return JSON.stringify({ folders: [effect.folder], destination: effect.destination });
    case "removeFolder":
      return JSON.stringify({ folder: effect.folder, force: true });
    case "clone": {
      const { object: id, parents, state } = effect;
      const objects = [isProvisionalId(id) ? (translate(id) ?? id) : id];
      return JSON.stringify({ objects, project, destination: state.folder, parents });
    }
    default:
      return unreachable(effect);
  }
}

/** Whatever is as the platform would make it anyway is not sent; the name above all, which it knows and we do not. */
function createBody(input: CreateInput, { project, create, translate }: BodyParts): string {
  const members: string[] = [];
  const put = (key: string, value: Json | undefined): void => {
    if (value !== undefined) members.push(`${JSON.stringify(key)}:${JSON.stringify(value)}`);
  };
  put("project", project);
  put("name", input.name ?? undefined);
  put("folder", input.folder);
  put("parents", input.parents || undefined);
  put("types", orNothing(input.types));
  put("tags", orNothing(input.tags));
  const properties = valuesWithRealIds(input.properties, translate);
  const key = create === undefined ? {} : { [keyProperty]: create.key };
  put("properties", { ...properties, ...key });
  if (input.details !== emptyDetails) {
    members.push(`"details":${replaceIds(input.details, translate)}`);
  }
  put("hidden", input.hidden || undefined);
  put("close", input.close || undefined);
  if (input.own !== undefined) members.push(replaceIds(input.own, translate).slice(1, -1));
  put("nonce", create?.nonce);
  return `{${members.join(",")}}`;
}

function orNothing(values: readonly string[]): readonly string[] | undefined {
  return values.length === 0 ? undefined : values;
}
