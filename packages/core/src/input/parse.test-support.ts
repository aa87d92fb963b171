import { failureOf } from "../failure.ts";

/** `Code: message` of what was refused; the text "accepted" otherwise. */
export function refusalOf(parse: () => unknown): string {
  try {
    parse();
    return "accepted";
  } catch (error) {
    const failure = failureOf(error);
    if (failure === undefined) throw error;
    return `${failure.code}: ${failure.message}`;
  }
}
