import type { Channel } from "../ports.ts";

/** BroadcastChannel of one process: `join` once per tab. Messages arrive in a later microtask. */
export class LocalChannels {
  readonly #members = new Set<Member>();

  join(): Channel {
    const member: Member = { listeners: new Set() };
    this.#members.add(member);
    return {
      post: (message) => {
        const copy = JSON.stringify(message);
        for (const other of this.#members) {
          if (other === member) continue;
          queueMicrotask(() => {
            for (const listener of other.listeners) listener(JSON.parse(copy));
          });
        }
      },
      subscribe: (listener) => {
        member.listeners.add(listener);
        return () => {
          member.listeners.delete(listener);
        };
      },
      close: () => {
        this.#members.delete(member);
        member.listeners.clear();
      },
    };
  }
}

interface Member {
  readonly listeners: Set<(message: unknown) => void>;
}
