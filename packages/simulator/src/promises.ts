import type { HistoryRow, Json, JsonObject, LocalKey, OperationId } from "@holdfast/core";
import type { ObjectNumber } from "./history.ts";

/** One change somebody asked for. */
export interface Wish {
  /** As the outbox and the history call it. */
  readonly kind: string;
  /** In the platform's words; ids as the app gave them. */
  input: JsonObject;
  /** Which one it is, once the call has resolved. */
  operation?: OperationId;
  /** What of its input was changed while it waited; `isFirst` where it comes before all else that was asked for of it. */
  amended?: { readonly fields: readonly string[]; readonly isFirst: boolean };
}

/** One copy of an object, as far as somebody has asked for something of it. */
export interface Subject {
  readonly number: ObjectNumber;
  readonly class: string;
  readonly project: string;
  /** Known once the call that makes it has resolved. */
  key?: LocalKey;
  id?: string;
  readonly wishes: Wish[];
  /** What it is made of where it is not made from nothing: then only what was asked for since can be told. */
  readonly isCopy: boolean;
  /** Every content that somebody has wanted to give it. */
  readonly contents: Uint8Array[];
  /** What somebody else has done to it. */
  readonly foreign: {
    readonly tags: Set<string>;
    /** Fields that two have changed: who wins is no matter of ours. */
    readonly contested: Set<string>;
    closed: boolean;
    removed: boolean;
  };
  /** A person gave up what may have happened: then nobody can say how it looks. */
  gaveUpInDoubt: boolean;
}

/** What the app's user was promised: each call that resolved is a wish that must come true, stay, or be shown as parked. */
export class Promises {
  readonly subjects: Map<ObjectNumber, Subject> = new Map();
  /** Of projects and their folders, by the project. */
  readonly containers: Map<string, Wish[]> = new Map();
  /** Calls that have resolved. */
  kept = 0;
  /** Calls that were refused, with the reason. */
  readonly refused: { readonly what: string; readonly code: string }[] = [];

  /** A call that is to make an object. */
  expect(subject: Pick<Subject, "number" | "class" | "project" | "isCopy">): Subject {
    const whole: Subject = {
      ...subject,
      wishes: [],
      contents: [],
      foreign: { tags: new Set(), contested: new Set(), closed: false, removed: false },
      gaveUpInDoubt: false,
    };
    this.subjects.set(subject.number, whole);
    return whole;
  }

  container(project: string): Wish[] {
    const wishes = this.containers.get(project) ?? [];
    this.containers.set(project, wishes);
    return wishes;
  }

  /** The subject with that key. */
  of(key: string): Subject | undefined {
    return this.all.find((subject) => subject.key === key);
  }

  get all(): readonly Subject[] {
    return [...this.subjects.values()];
  }

  /** Every wish of a call that resolved. */
  get wishes(): readonly Wish[] {
    const ofObjects = this.all.flatMap(({ wishes }) => wishes);
    return [...ofObjects, ...[...this.containers.values()].flat()];
  }

  wishOf(operation: string): Wish | undefined {
    return this.wishes.find((wish) => wish.operation === operation);
  }
}

/** Whether a text stands anywhere inside a value. */
export function mentions(value: Json, text: string): boolean {
  return JSON.stringify(value).includes(text);
}

/** Whether the platform has confirmed it. */
export function isDone(outcome: HistoryRow["outcome"] | undefined): boolean {
  return outcome === "acked" || outcome === "found";
}
