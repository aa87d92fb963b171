import type { ReactElement } from "react";
import { number, plural } from "../model/format.ts";
import type { KnownPolicy } from "../model/import-samples.ts";
import type { SheetComparison } from "../sheet/compare-sheet.ts";
import type { ColumnRole, Sheet } from "../sheet/sheet.ts";

export interface ImportPreviewProps {
  readonly fileName: string;
  readonly sheet: Sheet;
  readonly roles: readonly ColumnRole[];
  readonly onRole: (index: number, role: ColumnRole) => void;
  /** Absent while the columns' meaning leads to problems. */
  readonly comparison: SheetComparison | undefined;
  readonly policy: KnownPolicy;
  readonly onPolicy: (policy: KnownPolicy) => void;
}

const previewRows = 6;

const roleTitles: Readonly<Record<ColumnRole, string>> = {
  name: "Name",
  property: "Property",
  tags: "Tags",
  nowhere: "Leave out",
};

/** What will become of the sheet, before anything is written. */
export function ImportPreview(props: ImportPreviewProps): ReactElement {
  const { fileName, sheet, roles, onRole, comparison } = props;
  return (
    <>
      <p>
        <strong>{fileName}</strong> has {plural(sheet.rows.length, "sample")} and{" "}
        {plural(sheet.columns.length, "column")}. Choose what each column becomes.
      </p>
      <div className="preview" tabIndex={0} role="region" aria-label="First rows of the sheet">
        <table>
          <thead>
            <tr>
              {sheet.columns.map(({ index, heading }, at) => (
                <th key={index} scope="col">
                  <span className="preview-heading">{heading}</span>
                  <select
                    value={roles[at]}
                    aria-label={`What ${heading} becomes`}
                    onChange={(event) => onRole(at, event.target.value as ColumnRole)}
                  >
                    {Object.entries(roleTitles).map(([role, title]) => (
                      <option key={role} value={role}>
                        {title}
                      </option>
                    ))}
                  </select>
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {sheet.rows.slice(0, previewRows).map(({ row, cells }) => (
              <tr key={row}>
                {cells.map((cell, at) => (
                  <td key={sheet.columns[at]?.index} data-role={roles[at]}>
                    {cell}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {sheet.rows.length > previewRows ? (
        <p className="hint">
          and {plural(sheet.rows.length - previewRows, "more row", "more rows")}
        </p>
      ) : null}
      {comparison === undefined ? null : <KnownChoice {...props} comparison={comparison} />}
    </>
  );
}

function KnownChoice(
  props: ImportPreviewProps & { readonly comparison: SheetComparison },
): ReactElement | null {
  const { comparison, policy, onPolicy } = props;
  const known = comparison.same.length + comparison.changed.length;
  if (known === 0) return null;
  const total = known + comparison.fresh.length;
  const changed = comparison.changed.length;
  const choices: readonly (readonly [KnownPolicy, string])[] = [
    [
      "skip",
      comparison.fresh.length === 0
        ? "Skip them: there is nothing new to import"
        : `Skip them, and import the ${plural(comparison.fresh.length, "new one")}`,
    ],
    ...(changed === 0
      ? []
      : ([
          [
            "update",
            `${comparison.fresh.length === 0 ? "Bring" : "Import the new ones, and bring"} ${number(changed)} up to date with the sheet`,
          ],
        ] as const)),
    ["again", `Import all ${number(total)} once more, as new records`],
  ];
  return (
    <fieldset className="known">
      <legend>
        {known === total ? "All" : number(known)} of these samples are on the bench already
        {changed === 0 ? "." : `, ${number(changed)} with other values.`}
      </legend>
      {choices.map(([value, title]) => (
        <label key={value}>
          <input
            type="radio"
            name="known"
            checked={policy === value}
            onChange={() => onPolicy(value)}
          />
          {title}
        </label>
      ))}
    </fieldset>
  );
}
