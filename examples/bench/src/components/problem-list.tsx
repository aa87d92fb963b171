import type { ReactElement } from "react";
import { maxProblems, type SheetProblem } from "../sheet/sheet.ts";
import { Icon } from "./icon.tsx";

/** Why a sheet is not imported, place by place. */
export function ProblemList(props: {
  readonly fileName: string;
  readonly problems: readonly SheetProblem[];
}): ReactElement {
  const { fileName, problems } = props;
  return (
    <div className="problems" role="alert">
      <p className="problem">
        <Icon name="alert" />
        <span>
          <strong>{fileName}</strong> was not imported. Nothing has changed on the bench.
        </span>
      </p>
      <ul>
        {problems.map((problem) => (
          <li key={`${problem.row} ${problem.column} ${problem.message}`}>
            <span className="place">{placeOf(problem)}</span>
            <span>{problem.message}</span>
          </li>
        ))}
      </ul>
      {problems.length >= maxProblems ? (
        <p className="hint">There may be more; these come first.</p>
      ) : null}
    </div>
  );
}

function placeOf({ row, column }: SheetProblem): string {
  const parts: string[] = [];
  if (row !== undefined) parts.push(`Row ${row}`);
  if (column !== undefined) parts.push(/^\d+$/.test(column) ? `column ${column}` : column);
  return parts.length === 0 ? "The file" : parts.join(", ");
}
