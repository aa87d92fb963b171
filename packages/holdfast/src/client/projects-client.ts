import type { ProjectDescription } from "@holdfast/core";
import { map, type Observable } from "rxjs";
import type { ProjectEdit, Projects } from "../projects.ts";
import type { Receipt, WaitOptions } from "../receipt.ts";
import { Handle } from "./handle.ts";
import type { Line } from "./line.ts";
import { watchTarget } from "./value-watch.ts";

export class ProjectsClient implements Projects {
  readonly #line: Line;

  constructor(line: Line) {
    this.#line = line;
  }

  async get(project: string, options: WaitOptions = {}): Promise<ProjectDescription | undefined> {
    return (await this.#line.send({ kind: "project", project }, options)) ?? undefined;
  }

  watch(project: string): Observable<ProjectDescription | undefined> {
    return watchTarget<ProjectDescription | null>(this.#line, { of: "project", project }).pipe(
      map((value) => value ?? undefined),
    );
  }

  rename(project: string, name: string): Promise<Receipt> {
    return this.#edit(project, { kind: "rename", name });
  }

  setProperties(
    project: string,
    properties: Readonly<Record<string, string | null>>,
  ): Promise<Receipt> {
    return this.#edit(project, { kind: "setProperties", properties });
  }

  addTags(project: string, tags: readonly string[]): Promise<Receipt> {
    return this.#edit(project, { kind: "addTags", tags });
  }

  removeTags(project: string, tags: readonly string[]): Promise<Receipt> {
    return this.#edit(project, { kind: "removeTags", tags });
  }

  async #edit(project: string, edit: ProjectEdit): Promise<Receipt> {
    const { key, operation } = await this.#line.send({ kind: "editProject", project, edit });
    return new Handle(this.#line, key).receiptOf(operation);
  }
}
