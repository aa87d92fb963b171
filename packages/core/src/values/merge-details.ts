import type { JsonText } from "../json.ts";
import { linkKey } from "./inspect-details.ts";
import { type JsonNode, normalNumber, parseJsonNodes } from "./json-nodes.ts";

export interface DetailsVersions {
  /** What both began with. */
  readonly base: JsonText;
  readonly ours: JsonText;
  readonly theirs: JsonText;
}

export interface MergedDetails {
  /** Ours at the paths in conflict. Every value stands as its own side wrote it, digits included. */
  readonly ours: JsonText;
  /** Theirs at the paths in conflict. */
  readonly theirs: JsonText;
  /** JSON pointers (RFC 6901) to what both sides changed, each in its own way; `""` is all of it. */
  readonly paths: readonly string[];
}

/**
 * Merges two changes of one document, per path (design §7). Members of objects are merged; a list is one value, since
 * nobody can say what a position means to both sides, and so is a link.
 *
 * A number that the platform has rounded to a double counts as unchanged, so that ours keeps its digits (design §4.9).
 */
export function mergeDetails({ base, ours, theirs }: DetailsVersions): MergedDetails {
  const [before, left, right] = [sideOf(base), sideOf(ours), sideOf(theirs)];
  const paths: string[] = [];
  const merge = (prefers: "ours" | "theirs", conflicts: string[]): JsonText =>
    (new Merge(prefers, conflicts).merge({ base: before, ours: left, theirs: right }, "") ??
      "{}") as JsonText;
  return { ours: merge("ours", paths), theirs: merge("theirs", []), paths };
}

/** A value, and the text it stands in. */
interface Side {
  readonly text: string;
  readonly node: JsonNode;
}

/** Undefined where a side does not have the path. */
interface Versions {
  readonly base: Side | undefined;
  readonly ours: Side | undefined;
  readonly theirs: Side | undefined;
}

class Merge {
  readonly #prefers: "ours" | "theirs";
  readonly #conflicts: string[];

  constructor(prefers: "ours" | "theirs", conflicts: string[]) {
    this.#prefers = prefers;
    this.#conflicts = conflicts;
  }

  /** The text of the merged value, undefined where it is gone. */
  merge(versions: Versions, path: string): string | undefined {
    const { base, ours, theirs } = versions;
    if (isSame(ours, theirs) || isSame(base, theirs)) return textOf(ours);
    if (isSame(base, ours)) return textOf(theirs);
    if (isOpen(ours) && isOpen(theirs) && (base === undefined || isOpen(base))) {
      return this.#mergeMembers(versions, path);
    }
    this.#conflicts.push(path);
    return textOf(versions[this.#prefers]);
  }

  /** In their order, and what is only ours behind. */
  #mergeMembers({ base, ours, theirs }: Versions, path: string): string {
    const keys = new Set([...membersOf(theirs).keys(), ...membersOf(ours).keys()]);
    const members: string[] = [];
    for (const key of keys) {
      const versions = {
        base: memberOf(base, key),
        ours: memberOf(ours, key),
        theirs: memberOf(theirs, key),
      };
      const merged = this.merge(versions, `${path}/${pointerStep(key)}`);
      if (merged !== undefined) members.push(`${JSON.stringify(key)}:${merged}`);
    }
    return `{${members.join(",")}}`;
  }
}

function sideOf(text: string): Side {
  return { text, node: parseJsonNodes(text) };
}

function textOf(side: Side | undefined): string | undefined {
  return side?.text.slice(side.node.start, side.node.end);
}

function membersOf(side: Side | undefined): ReadonlyMap<string, JsonNode> {
  return side?.node.type === "object" ? side.node.members : noMembers;
}

const noMembers: ReadonlyMap<string, JsonNode> = new Map();

function memberOf(side: Side | undefined, key: string): Side | undefined {
  const node = membersOf(side).get(key);
  return side === undefined || node === undefined ? undefined : { text: side.text, node };
}

function isOpen(side: Side | undefined): boolean {
  return side?.node.type === "object" && !side.node.members.has(linkKey);
}

function pointerStep(key: string): string {
  return key.replaceAll("~", "~0").replaceAll("/", "~1");
}

function isSame(known: Side | undefined, seen: Side | undefined): boolean {
  if (known === undefined || seen === undefined) return known === seen;
  return isSameNode(known.node, seen.node);
}

/** The same, or what becomes of it where numbers are kept as doubles. */
function isSameNode(known: JsonNode, seen: JsonNode): boolean {
  switch (known.type) {
    case "object":
      return (
        seen.type === "object" &&
        known.members.size === seen.members.size &&
        [...known.members].every(([key, value]) => {
          const other = seen.members.get(key);
          return other !== undefined && isSameNode(value, other);
        })
      );
    case "array":
      return (
        seen.type === "array" &&
        known.items.length === seen.items.length &&
        known.items.every((item, index) => isSameNode(item, seen.items[index] as JsonNode))
      );
    case "number":
      return seen.type === "number" && isSameNumber(known.source, seen.source);
    case "string":
    case "literal":
      return seen.type === known.type && seen.value === known.value;
  }
}

function isSameNumber(known: string, seen: string): boolean {
  if (known === seen) return true;
  const number = Number(known);
  const exact = normalNumber(seen);
  if (normalNumber(known) === exact) return true;
  return Number.isFinite(number) && normalNumber(String(number)) === exact;
}
