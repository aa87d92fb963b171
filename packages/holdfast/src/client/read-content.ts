import { failureOf, type LocalKey } from "@holdfast/core";
import type { WaitOptions } from "../receipt.ts";
import type { Line } from "./line.ts";

/** All bytes of the file, once they are here. What is evicted between arriving and reading is asked for once more. */
export async function readContent(
  line: Line,
  object: LocalKey,
  options: WaitOptions,
): Promise<Blob> {
  for (let isAgain = false; ; isAgain = true) {
    const { key, isHere } = await line.send({ kind: "wantContent", object }, options);
    if (!isHere) await line.wait({ until: "content", object: key }, options);
    try {
      return await line.send({ kind: "readContent", object: key }, options);
    } catch (error) {
      if (isAgain || failureOf(error)?.code !== "ResourceNotFound") throw error;
    }
  }
}
