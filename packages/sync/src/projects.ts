import {
  type Clock,
  type Failure,
  isPlatformFailure,
  isProjectLevel,
  type Level,
  type ProjectId,
  projectLevels,
} from "@holdfast/core";
import type { Reader } from "./reader.ts";

export type ProjectLevel = Level | "NONE";

export type ProjectFacts =
  | { readonly kind: "visible"; readonly level: ProjectLevel }
  /** Not there, or not for us: nothing in it can be done. */
  | { readonly kind: "hidden"; readonly failure: Failure }
  /** The platform would not say; what is forbidden will be refused. */
  | { readonly kind: "unknown" };

/** One describe per project and connection, asked when the first lane of the project is looked at. */
export class Projects {
  readonly #reader: Reader;
  readonly #clock: Clock;
  readonly #facts = new Map<
    ProjectId,
    { readonly facts: Promise<ProjectFacts>; readonly askedAt: number }
  >();

  constructor(reader: Reader, clock: Clock) {
    this.#reader = reader;
    this.#clock = clock;
  }

  /** After a reconnect rights may have changed. */
  forget(): void {
    this.#facts.clear();
  }

  factsOf(project: ProjectId): Promise<ProjectFacts> {
    return this.#facts.get(project)?.facts ?? this.#askAgain(project);
  }

  /** Asked no longer ago than that. */
  recentFactsOf(project: ProjectId, withinMs: number): Promise<ProjectFacts> {
    const known = this.#facts.get(project);
    if (known !== undefined && this.#clock.monotonic() - known.askedAt <= withinMs) {
      return known.facts;
    }
    return this.#askAgain(project);
  }

  #askAgain(project: ProjectId): Promise<ProjectFacts> {
    const facts = this.#ask(project);
    this.#facts.set(project, { facts, askedAt: this.#clock.monotonic() });
    return facts;
  }

  async #ask(project: ProjectId): Promise<ProjectFacts> {
    const reply = await this.#reader.ask({
      path: `/${project}/describe`,
      body: { fields: { level: true } },
      attempts: 3,
      parse: (body) => (isProjectLevel(body["level"]) ? body["level"] : undefined),
    });
    switch (reply.kind) {
      case "answered":
        return { kind: "visible", level: reply.value };
      case "refused":
        return isOutOfReach(reply.failure)
          ? { kind: "hidden", failure: reply.failure }
          : { kind: "unknown" };
      case "unanswered":
        return { kind: "unknown" };
    }
  }
}

export function isAtLeast(level: ProjectLevel, needed: Level): boolean {
  return projectLevels.indexOf(level) >= projectLevels.indexOf(needed);
}

function isOutOfReach(failure: Failure): boolean {
  return (
    isPlatformFailure(failure) &&
    (failure.code === "ResourceNotFound" || failure.code === "PermissionDenied")
  );
}
