import type { Md5 } from "@holdfast/core";
import { createMD5, type IHasher } from "hash-wasm";

/** Each is a WebAssembly instance of its own, which is used again once its digest is taken. */
const idle: IHasher[] = [];

/** MD5 by hash-wasm: browsers have none of their own. A page's policy must allow `wasm-unsafe-eval` for it. */
export async function newMd5(): Promise<Md5> {
  const hasher = idle.pop() ?? (await createMD5());
  hasher.init();
  return {
    update: (bytes) => void hasher.update(bytes),
    digest: () => {
      const digest = hasher.digest();
      idle.push(hasher);
      return digest;
    },
  };
}
