/** A piece of JSON that is written as it stands: the details of an object. */
export class JsonSource {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

/** What an answer is made of. A member that is undefined is left out. */
export type Output =
  | string
  | number
  | boolean
  | null
  | JsonSource
  | readonly Output[]
  | { readonly [key: string]: Output | undefined };

export function writeJson(value: Output): string {
  if (value instanceof JsonSource) return value.text;
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  if (isArray(value)) return `[${value.map(writeJson).join(",")}]`;
  let text = "";
  for (const [key, member] of Object.entries(value)) {
    if (member === undefined) continue;
    text += `${text === "" ? "" : ","}${JSON.stringify(key)}:${writeJson(member)}`;
  }
  return `{${text}}`;
}

// `Array.isArray` alone does not narrow a readonly array.
function isArray(
  value: readonly Output[] | { readonly [key: string]: Output | undefined },
): value is readonly Output[] {
  return Array.isArray(value);
}
