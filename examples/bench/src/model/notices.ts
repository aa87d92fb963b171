import { createSource, type Source } from "./source.ts";

export interface Notice {
  readonly id: number;
  readonly tone: "good" | "bad";
  readonly text: string;
}

export interface Notices extends Source<readonly Notice[]> {
  readonly tell: (tone: Notice["tone"], text: string) => void;
  readonly dismiss: (id: number) => void;
}

/** More at once would cover the list. */
const maxNotices = 3;
const goodNoticeMs = 6_000;

/** Good news leaves by itself, bad news when the person has read it. */
export function createNotices(after: (delayMs: number, callback: () => void) => void): Notices {
  const source = createSource<readonly Notice[]>([]);
  let lastId = 0;
  function dismiss(id: number): void {
    source.set(source.get().filter((notice) => notice.id !== id));
  }
  return {
    get: source.get,
    subscribe: source.subscribe,
    dismiss,
    tell(tone, text) {
      lastId += 1;
      const id = lastId;
      const others = source.get().filter((notice) => notice.text !== text);
      source.set([...others, { id, tone, text }].slice(-maxNotices));
      if (tone === "good") after(goodNoticeMs, () => dismiss(id));
    },
  };
}
