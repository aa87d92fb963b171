import {
  type Failure,
  parseUploadParameters,
  type ProjectId,
  type UploadParameters,
} from "@holdfast/core";
import type { EngineLimits } from "./limits.ts";
import type { Reader } from "./reader.ts";

/** What the regions of projects take: asked once for each project in a term (DO §7.2). */
export class ParametersOfProjects {
  readonly #reader: Pick<Reader, "ask">;
  readonly #limits: Pick<EngineLimits, "serverErrorsUntilParked">;
  readonly #known = new Map<ProjectId, Promise<UploadParameters | Failure>>();

  constructor(reader: Pick<Reader, "ask">, limits: Pick<EngineLimits, "serverErrorsUntilParked">) {
    this.#reader = reader;
    this.#limits = limits;
  }

  async of(project: ProjectId): Promise<UploadParameters | Failure> {
    const asked = this.#known.get(project) ?? this.#ask(project);
    this.#known.set(project, asked);
    const parameters = await asked;
    if ("code" in parameters) this.#known.delete(project);
    return parameters;
  }

  async #ask(project: ProjectId): Promise<UploadParameters | Failure> {
    const reply = await this.#reader.ask({
      path: `/${project}/describe`,
      body: { fields: { fileUploadParameters: true } },
      attempts: this.#limits.serverErrorsUntilParked,
      parse: (body) => parseUploadParameters(body["fileUploadParameters"]),
    });
    switch (reply.kind) {
      case "answered":
        return reply.value;
      case "refused":
        return reply.failure;
      case "unanswered":
        return {
          code: "Undecidable",
          message: `What ${project} takes as parts of files could not be read. Retry later.`,
        };
    }
  }
}
