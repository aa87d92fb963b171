import { partOfBrokenBody } from "../faults/broken-body.ts";

/** A body as far as it arrived. */
export interface ArrivedBody {
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** The connection broke before its end. */
  readonly isBroken: boolean;
}

export async function readBody(response: Response): Promise<ArrivedBody> {
  const part = partOfBrokenBody(response);
  if (part !== undefined) return { bytes: part, isBroken: true };
  return { bytes: new Uint8Array(await response.arrayBuffer()), isBroken: false };
}
