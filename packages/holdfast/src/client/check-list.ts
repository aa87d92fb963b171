import { HoldfastError } from "@holdfast/core";

/** @throws HoldfastError `InvalidInput` where an app has passed something else. */
export function checkList(list: unknown, name: string): void {
  if (Array.isArray(list)) return;
  throw new HoldfastError({ code: "InvalidInput", message: `\`${name}\` must be a list.` });
}
