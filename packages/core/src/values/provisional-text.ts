import { holdsProvisionalId } from "../ids.ts";
import { quoted } from "./words.ts";

type ProblemOf = (value: unknown) => string | undefined;

/**
 * The same check for a text that is never translated (names, tags, folders): there a provisional id would be sent as
 * it stands, and mean nothing to anybody but this device.
 */
export function embeddedProblem(problemOf: ProblemOf): ProblemOf {
  return (value) => {
    const problem = problemOf(value);
    if (problem !== undefined) return problem;
    if (!holdsProvisionalId(value as string)) return undefined;
    return (
      `${quoted(value as string)} holds a provisional id, which only this device understands; ` +
      "refer to other objects in details or in a property value"
    );
  };
}
