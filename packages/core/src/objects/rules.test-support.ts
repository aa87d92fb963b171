import fc from "fast-check";
import type { ObjectState } from "../data-object.ts";
import { states } from "../data-object.ts";
import { dataObjectClasses } from "../ids.ts";
import type { JsonText } from "../json.ts";
import { linksOfText } from "../values/links.ts";
import type { CreateInput } from "../operation.ts";
import type { EditOperation } from "../input/parse-edit.ts";
import { sampleRealId, sampleState } from "../testing/sample-rows.ts";

// Few values each, so that what one operation adds another removes.
export const word: fc.Arbitrary<string> = fc.constantFrom("a", "b", "c", "__proto__");
export const words: fc.Arbitrary<readonly string[]> = fc.array(word, { maxLength: 4 });
export const properties: fc.Arbitrary<Readonly<Record<string, string>>> = fc
  .array(fc.tuple(word, fc.constantFrom("", "1", "2")), { maxLength: 4 })
  .map((entries) => Object.fromEntries(entries));

export const details: fc.Arbitrary<JsonText> = fc
  .constantFrom({}, [], { a: 1 }, { link: { $dnanexus_link: sampleRealId(1) } }, [
    { $dnanexus_link: sampleRealId(2) },
    { $dnanexus_link: sampleRealId(1) },
  ])
  .map((value) => JSON.stringify(value) as JsonText);

const time = fc.constantFrom(1000, 2000, 3000);

export const objectState: fc.Arbitrary<ObjectState> = fc
  .record({
    name: fc.option(word),
    folder: fc.constantFrom("/", "/x", "/x/y", "/xy"),
    state: fc.constantFrom(...states),
    hidden: fc.boolean(),
    types: fc.uniqueArray(word, { maxLength: 3 }),
    tags: fc.uniqueArray(word, { maxLength: 3 }),
    properties,
    details,
    created: time,
    modified: time,
  })
  .map((state) => sampleState({ ...state, links: linksOfText(state.details) }));

export const objectClass: fc.Arbitrary<(typeof dataObjectClasses)[number]> = fc.constantFrom(
  ...dataObjectClasses,
);

export const edit: fc.Arbitrary<EditOperation> = fc.oneof(
  fc.record({ kind: fc.constantFrom("addTypes", "removeTypes"), types: words }),
  fc.record({ kind: fc.constantFrom("addTags", "removeTags"), tags: words }),
  fc.record({ kind: fc.constant("setDetails"), details }),
  fc.record({ kind: fc.constant("setVisibility"), hidden: fc.boolean() }),
  fc.record({ kind: fc.constant("rename"), name: word }),
  fc.record({
    kind: fc.constant("setProperties"),
    properties: fc
      .array(fc.tuple(word, fc.constantFrom(null, "", "1", "2")), { maxLength: 4 })
      .map((entries): Readonly<Record<string, string | null>> => Object.fromEntries(entries)),
  }),
  fc.record({ kind: fc.constant("close") }),
) as fc.Arbitrary<EditOperation>;

export const createInput: fc.Arbitrary<CreateInput> = fc.record({
  name: fc.option(word),
  folder: fc.constantFrom("/", "/x"),
  parents: fc.boolean(),
  types: words,
  tags: words,
  properties,
  details,
  hidden: fc.boolean(),
  close: fc.boolean(),
});
