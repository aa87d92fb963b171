import { describeObject } from "../describe/describe-object.ts";
import { asSelection, type FieldSelection } from "../input/describe-input.ts";
import { optionalProject } from "../input/fields.ts";
import { JsonSource } from "../json/json-writer.ts";
import { hintedCopy, visibleCopies, visibleObject } from "./access.ts";
import { defineRoute, type Route, type Subject } from "./route.ts";

/** The older booleans that records and files document (DO §5.2). */
const olderFields = ["properties", "details", "parts"];

interface DescribeInput {
  readonly hint: string | undefined;
  readonly selection: FieldSelection;
}

/** Reads of one object: they take VIEW, and a hint instead of a project (DO §5). */
export function objectReads(subject: Subject): readonly Route[] {
  return [
    defineRoute<DescribeInput>({
      subject,
      method: "describe",
      parse: (input) => ({
        hint: optionalProject(input),
        selection: asSelection(input, olderFields),
      }),
      run: (call, { hint, selection }) =>
        describeObject(hintedCopy(call, call.subject, hint), selection),
    }),
    defineRoute<string | undefined>({
      subject,
      method: "getDetails",
      parse: optionalProject,
      run: (call, hint) => new JsonSource(hintedCopy(call, call.subject, hint).object.details),
    }),
    defineRoute<void>({
      subject,
      method: "listProjects",
      parse: () => {},
      run: (call) => {
        const copies = visibleCopies(call, visibleObject(call, call.subject));
        return Object.fromEntries(
          copies.map(({ project }) => [
            project,
            call.world.projects.get(project)?.levelOf(call.user.id) ?? "NONE",
          ]),
        );
      },
    }),
  ];
}
