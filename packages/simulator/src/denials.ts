import type { OperationId, OutboxRow } from "@holdfast/core";

/** What the platform has said about rights, and what is parked for want of them. */
export class Denials {
  #isHeard = false;
  readonly #parked = new Set<OperationId>();

  /** Of an answer as it comes back to a tab, whether or not that hears it. */
  hear(path: string, response: Response): void {
    if (this.#isHeard || (response.status < 400 && !/describe/i.test(path))) return;
    void response
      .clone()
      .text()
      .then(
        (text) => {
          this.#isHeard ||= denies.test(text);
        },
        // It broke off.
        () => undefined,
      );
  }

  parked({ id, parked }: OutboxRow): void {
    if (parked?.reason.code === "PermissionDenied") this.#parked.add(id);
  }

  /** What is parked though no answer so far denied anything, nor told of a level that is not the highest. */
  unheard(): readonly OperationId[] {
    if (this.#isHeard) this.#parked.clear();
    return [...this.#parked];
  }
}

const denies = /PermissionDenied|"level":\s*"(NONE|VIEW|UPLOAD|CONTRIBUTE)"/;
