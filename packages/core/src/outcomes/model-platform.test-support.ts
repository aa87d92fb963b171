import type { Json, JsonObject } from "../json.ts";
import type { Answer } from "../request.ts";

/** One record of the model, as the platform would describe it. */
export interface ModelRecord {
  readonly id: string;
  readonly project: string;
  name: string;
  folder: string;
  state: "open" | "closed";
  hidden: boolean;
  types: Set<string>;
  tags: Set<string>;
  properties: Map<string, string>;
  /** Normal text: what is compared is the value. */
  details: string;
}

/**
 * The platform as far as planning can see it, written from DO §4–§6 without a look at our own rules. Whatever holds
 * `poison` is refused with InvalidInput: it stands for all that only the platform knows to be wrong.
 */
export class ModelPlatform {
  readonly records: Map<string, ModelRecord> = new Map();
  /** Each request that had an effect, a repeated close or nonce aside. */
  readonly effects: string[] = [];
  level: "VIEW" | "UPLOAD" | "CONTRIBUTE" = "CONTRIBUTE";
  readonly #replies = new Map<string, { readonly body: string; readonly id: string }>();

  send(path: string, body: string): Extract<Answer, { kind: "response" }> {
    try {
      return respond(200, this.#handle(path, body));
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      return respond(error.status, {
        error: { type: error.type, message: "refused by the model" },
      });
    }
  }

  #handle(path: string, body: string): JsonObject {
    const [, subject = "", method = ""] = path.split("/");
    const input = JSON.parse(body) as JsonObject;
    if (method === "new") return this.#create(input, body);
    if (body.includes("poison")) throw new Refusal("InvalidInput", 422);
    if (subject.startsWith("project-")) return this.#move(subject, input);
    const record = this.records.get(subject);
    if (record === undefined) throw new Refusal("ResourceNotFound", 404);
    this.#authorise(record, method);
    if (isFixed(method) && record.state !== "open") throw new Refusal("InvalidState", 422);
    if (method === "close" && record.state === "closed")
      return { id: record.id, detail: "closed already" };
    change(record, method, input);
    this.effects.push(path);
    return { id: record.id };
  }

  /** Of the folders all are there but one (CS §2.2). */
  #move(project: string, { objects, destination }: JsonObject): JsonObject {
    const [id = ""] = objects as readonly string[];
    const record = this.records.get(id);
    if (record === undefined || destination === "/gone") {
      throw new Refusal("ResourceNotFound", 404);
    }
    if (this.level !== "CONTRIBUTE") throw new Refusal("PermissionDenied", 401);
    record.folder = destination as string;
    this.effects.push("move");
    return { id: project };
  }

  #authorise(record: ModelRecord, method: string): void {
    const isCopyWide = !isFixed(method) && method !== "close";
    const needsContribute = isCopyWide && record.state !== "open";
    if (this.level === "VIEW" || (needsContribute && this.level === "UPLOAD")) {
      throw new Refusal("PermissionDenied", 401);
    }
  }

  #create(input: JsonObject, body: string): JsonObject {
    const nonce = input.nonce as string;
    const reply = this.#replies.get(nonce);
    if (reply !== undefined) {
      if (reply.body !== body) throw new Refusal("InvalidInput", 422);
      return { id: reply.id };
    }
    if (body.includes("poison")) throw new Refusal("InvalidInput", 422);
    const properties = Object.entries((input.properties ?? {}) as JsonObject);
    if (properties.some(([, value]) => value === null)) throw new Refusal("InvalidInput", 422);
    if (this.level === "VIEW") throw new Refusal("PermissionDenied", 401);
    const id = `record-${String(this.records.size + 1).padStart(24, "0")}`;
    this.records.set(id, {
      id,
      project: input.project as string,
      name: (input.name as string | undefined) ?? id,
      folder: (input.folder as string | undefined) ?? "/",
      state: input.close === true ? "closed" : "open",
      hidden: input.hidden === true,
      types: new Set((input.types ?? []) as string[]),
      tags: new Set((input.tags ?? []) as string[]),
      properties: new Map(properties as [string, string][]),
      details: JSON.stringify(input.details ?? {}),
    });
    this.#replies.set(nonce, { body, id });
    this.effects.push("/record/new");
    return { id };
  }

  /** Fields as sets, so that two records are equal where a user could not tell them apart. */
  summary(id: string): Json {
    const record = this.records.get(id);
    if (record === undefined) return null;
    const properties = [...record.properties].filter(([key]) => key !== ".holdfast-key");
    return {
      name: record.name === id ? null : record.name,
      folder: record.folder,
      state: record.state,
      hidden: record.hidden,
      details: record.details,
      types: [...record.types].toSorted(byText),
      tags: [...record.tags].toSorted(byText),
      properties: properties.toSorted(([left], [right]) => byText(left, right)),
    };
  }
}

class Refusal extends Error {
  readonly type: string;
  readonly status: number;

  constructor(type: string, status: number) {
    super(type);
    this.type = type;
    this.status = status;
  }
}

function respond(status: number, body: Json): Extract<Answer, { kind: "response" }> {
  return { kind: "response", status, body: JSON.stringify(body) };
}

function isFixed(method: string): boolean {
  return ["addTypes", "removeTypes", "setDetails", "setVisibility"].includes(method);
}

function change(record: ModelRecord, method: string, input: JsonObject): void {
  const types = (input.types ?? []) as string[];
  const tags = (input.tags ?? []) as string[];
  switch (method) {
    case "addTypes":
      for (const type of types) record.types.add(type);
      return;
    case "removeTypes":
      for (const type of types) record.types.delete(type);
      return;
    case "addTags":
      for (const tag of tags) record.tags.add(tag);
      return;
    case "removeTags":
      for (const tag of tags) record.tags.delete(tag);
      return;
    case "setDetails":
      record.details = JSON.stringify(input);
      return;
    case "setVisibility":
      record.hidden = input.hidden as boolean;
      return;
    case "rename":
      record.name = input.name as string;
      return;
    case "setProperties":
      for (const [key, value] of Object.entries(input.properties as JsonObject)) {
        if (value === null) record.properties.delete(key);
        else record.properties.set(key, value as string);
      }
      return;
    case "close":
      record.state = "closed";
      return;
    default:
      throw new Error(`the model has no method ${method}`);
  }
}

function byText(left: string, right: string): number {
  if (left === right) return 0;
  return left < right ? -1 : 1;
}
