import { keyProperty } from "../data-object.ts";
import { holdsProvisionalId, isProvisionalId, type ProvisionalId } from "../ids.ts";
import { refuseInput } from "./input-fields.ts";
import { embeddedMessage } from "../values/inspect-details.ts";
import { isPlainObject } from "../values/plain-object.ts";
import { propertyKeyProblem, propertyValueProblem } from "../values/values.ts";
import { kindOf, quoted } from "../values/words.ts";

export interface ParsedProperties<Value> {
  readonly properties: Readonly<Record<string, Value>>;
  /** The provisional ids that are values. */
  readonly references: readonly ProvisionalId[];
}

/** Properties of a create: strings only, since null has nothing to unset (DO §5.1). */
export function parseProperties(value: unknown, where: string): ParsedProperties<string> {
  return parse(value, where, checkValue);
}

/** Properties of setProperties: null unsets (DO §5). */
export function parsePropertyChanges(
  value: unknown,
  where: string,
): ParsedProperties<string | null> {
  return parse(value, where, (item, at) => (item === null ? null : checkValue(item, at)));
}

/** @throws HoldfastError `InvalidInput` for a key that is none, is reserved or holds a provisional id. */
export function checkPropertyKey(key: string, where: string): void {
  const problem = propertyKeyProblem(key);
  if (problem !== undefined) refuseInput(`${where}: ${problem}`);
  if (key === keyProperty) {
    refuseInput(
      `${where}: ${quoted(keyProperty)} is reserved for finding an object again after a lost answer; ` +
        "choose another key",
    );
  }
  if (holdsProvisionalId(key)) refuseInput(embeddedMessage(`${where}: the key ${quoted(key)}`));
}

function parse<Value extends string | null>(
  value: unknown,
  where: string,
  check: (item: unknown, at: string) => Value,
): ParsedProperties<Value> {
  if (!isPlainObject(value)) {
    refuseInput(`${where} must be a plain object of strings, not ${kindOf(value)}`);
  }
  const references = new Set<ProvisionalId>();
  const entries = Object.entries(value).map(([key, item]): [string, Value] => {
    checkPropertyKey(key, where);
    const checked = check(item, `${where}[${quoted(key)}]`);
    if (isProvisionalId(checked)) references.add(checked);
    return [key, checked];
  });
  return { properties: Object.fromEntries(entries), references: [...references] };
}

function checkValue(item: unknown, at: string): string {
  const problem = propertyValueProblem(item);
  if (problem !== undefined) refuseInput(`${at}: ${problem}`);
  const value = item as string;
  if (holdsProvisionalId(value) && !isProvisionalId(value)) refuseInput(embeddedMessage(at));
  return value;
}
