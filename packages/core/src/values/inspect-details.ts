import { isEntityId, isProvisionalId, holdsProvisionalId, type ProvisionalId } from "../ids.ts";
import { isPlainObject } from "./plain-object.ts";
import { kindOf, quoted } from "./words.ts";

/** Deeper than this is refused here: what no stack can walk, no platform will read. */
export const maxDetailsDepth = 1000;

export const linkKey = "$dnanexus_link";

/** All that one walk through details finds. */
export interface DetailsFindings {
  /** Why the platform would refuse them, and where. The walk ends there. */
  readonly problem?: string;
  /** The ids linked to, depth first, each once (DO §3.2). */
  readonly links: readonly string[];
  /** The provisional ids that are a whole string somewhere, key or value, each once. */
  readonly references: readonly ProvisionalId[];
  /** Where a provisional id stands inside a longer string: a message, for such a text cannot be translated. */
  readonly embedded?: string;
}

/** Walks any value an app may give as details, without believing that it is JSON. */
export function inspectDetails(value: unknown): DetailsFindings {
  const walk = new Walk("details", true);
  const problem =
    typeof value === "object" && value !== null
      ? walk.visit(value)
      : `details must be an object or an array, not ${kindOf(value)}`;
  return findingsOf(walk, problem);
}

/**
 * The same for any other JSON that goes to the platform, such as the stages of a workflow: there a link may also name
 * what is no data object (DO §3.2), and what it means is the platform's to judge.
 *
 * @param what - the path to the value, for messages.
 */
export function inspectJson(value: unknown, what: string): DetailsFindings {
  const walk = new Walk(what, false);
  return findingsOf(walk, walk.visit(value));
}

function findingsOf(walk: Walk, problem: string | undefined): DetailsFindings {
  return {
    links: [...walk.links],
    references: [...walk.references],
    ...(problem === undefined ? undefined : { problem }),
    ...(walk.embedded === undefined ? undefined : { embedded: walk.embedded }),
  };
}

/** What a provisional id inside a longer string is answered with. */
export function embeddedMessage(where: string): string {
  return (
    `${where} holds a provisional id inside a longer text, where the real one cannot be written in later; ` +
    "give the id as a string of its own, or as a link"
  );
}

class Walk {
  readonly links = new Set<string>();
  readonly references = new Set<ProvisionalId>();
  embedded: string | undefined;
  readonly #what: string;
  readonly #checksLinks: boolean;
  readonly #path: (string | number)[] = [];
  readonly #ancestors = new Set<object>();

  constructor(what: string, checksLinks: boolean) {
    this.#what = what;
    this.#checksLinks = checksLinks;
  }

  visit(value: unknown): string | undefined {
    switch (typeof value) {
      case "string":
        this.#note(value);
        return undefined;
      case "boolean":
        return undefined;
      case "number":
        return Number.isFinite(value) ? undefined : this.#refuse(`${value} is no JSON number`);
      case "object":
        return value === null ? undefined : this.#enter(value);
      default:
        return this.#refuse(`${kindOf(value)} cannot be written as JSON`);
    }
  }

  #enter(value: object): string | undefined {
    if (this.#ancestors.has(value)) return this.#refuse("the value contains itself");
    if (this.#path.length >= maxDetailsDepth) {
      return this.#refuse(`nested more than ${maxDetailsDepth} levels deep`);
    }
    this.#ancestors.add(value);
    const problem = Array.isArray(value) ? this.#visitItems(value) : this.#visitMembers(value);
    this.#ancestors.delete(value);
    return problem;
  }

  #visitItems(items: readonly unknown[]): string | undefined {
    for (let index = 0; index < items.length; index++) {
      const problem = this.#visitAt(index, items[index]);
      if (problem !== undefined) return problem;
    }
    return undefined;
  }

  #visitMembers(value: object): string | undefined {
    if (!isPlainObject(value)) {
      return this.#refuse(`${kindOf(value)} is no plain object; give plain JSON`);
    }
    const keys = Object.keys(value);
    if (this.#checksLinks && Object.hasOwn(value, linkKey)) {
      const problem = this.#checkLink(value[linkKey], keys.length);
      if (problem !== undefined) return problem;
    }
    for (const key of keys) {
      this.#note(key);
      const problem = this.#visitAt(key, value[key]);
      if (problem !== undefined) return problem;
    }
    return undefined;
  }

  #checkLink(target: unknown, keys: number): string | undefined {
    if (keys > 1) {
      return this.#refuse(`a link must have no key but "${linkKey}"; move the others beside it`);
    }
    if (typeof target !== "string") {
      return this.#refuse(`"${linkKey}" must be an id as a string, not ${kindOf(target)}`);
    }
    const isId: boolean = isEntityId(target);
    if (!isId) {
      const given = quoted(target);
      return this.#refuse(`"${linkKey}" must be an id such as record-xxxx, not ${given}`);
    }
    this.links.add(target);
    return undefined;
  }

  #visitAt(key: string | number, value: unknown): string | undefined {
    this.#path.push(key);
    const problem = this.visit(value);
    this.#path.pop();
    return problem;
  }

  #note(text: string): void {
    if (!text.includes("-hold")) return;
    if (isProvisionalId(text)) this.references.add(text);
    else if (holdsProvisionalId(text)) this.embedded ??= embeddedMessage(this.#where());
  }

  #refuse(reason: string): string {
    return `${this.#where()}: ${reason}`;
  }

  #where(): string {
    return `${this.#what}${this.#path.map(step).join("")}`;
  }
}

function step(key: string | number): string {
  if (typeof key === "number") return `[${key}]`;
  return /^[A-Za-z_][A-Za-z0-9_]*$/.test(key) ? `.${key}` : `[${quoted(key)}]`;
}
