import { execFile } from "node:child_process";
import { promisify } from "node:util";

/** What a program says when it is asked for its version. */
export async function versionOf(program: string, ...question: readonly string[]): Promise<string> {
  const { stdout } = await promisify(execFile)(program, question);
  return stdout.trim();
}
