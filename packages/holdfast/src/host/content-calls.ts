import {
  type Clock,
  type ContentStore,
  failureOf,
  forgetContent,
  HoldfastError,
  type LocalKey,
  type Random,
  sizeOfParts,
  type Store,
  touchContent,
  wantContent,
} from "@holdfast/core";
import type { Handlers } from "./handlers.ts";
import { findObject } from "./object-keys.ts";

export interface ContentCallPorts {
  readonly store: Store;
  readonly contents: ContentStore;
  readonly clock: Clock;
  readonly random: Random;
}

/** Reading contents of files, and wanting them here. */
export function contentCalls(ports: ContentCallPorts): Handlers<"wantContent" | "readContent"> {
  const { store, clock, random } = ports;
  return {
    wantContent: async ({ object, keepOffline }) => {
      const found = await findObject(store, object);
      if ("failure" in found) throw new HoldfastError(found.failure);
      const { key } = found.row;
      const wish = keepOffline === undefined ? {} : { keepOffline };
      const wanted = await store.write(wantContent({ key, at: clock.now(), random, ...wish }));
      return { key, isHere: wanted.kind === "here" };
    },
    readContent: ({ object, from }) => readContent(ports, object, from),
  };
}

/** Of what is still being written no more is read at once: a browser may take what it gave for changed a second later. */
const readAtOnce = 16 * 2 ** 20;

async function readContent(
  ports: ContentCallPorts,
  key: LocalKey,
  from: number | undefined,
): Promise<Blob> {
  const { store, contents, clock } = ports;
  const [object] = await store.get("objects", [key]);
  const isComing = object?.content === undefined && from !== undefined;
  const name = isComing ? object?.fetching?.content : object?.content;
  const [row] = name === undefined ? [] : await store.get("contents", [name]);
  if (row === undefined) throw notHere(key);
  const here = sizeOfParts(row.parts);
  try {
    const start = Math.min(from ?? 0, here);
    const end = from === undefined ? here : Math.min(here, start + readAtOnce);
    const blob = await contents.read(row.name, start, end);
    if (!isComing) await store.write(touchContent(row.name, clock.now()));
    return blob;
  } catch (error) {
    // The device has lost what the platform still has: it is fetched again.
    if (failureOf(error)?.code !== "StorageFailed" || row.isOnPlatform !== true) throw error;
    await store.write(forgetContent({ file: key, content: row.name }));
    throw notHere(key);
  }
}

function notHere(object: LocalKey): HoldfastError {
  const message = `The content of ${object} is not on this device any more; ask for it again.`;
  return new HoldfastError({ code: "ResourceNotFound", message, object });
}
