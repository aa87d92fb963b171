import type { Message, Opening, Result } from "./wire.ts";

/** What the worker exposes through Comlink: these three and nothing else (design §2). */
export interface HostEndpoint {
  /**
   * Says `hello` on `pushes` at once, and answers when the store is open. `api` is the embedded platform's port.
   * @param life - Name of a Web Lock that the worker holds as long as it lives.
   */
  open(
    opening: Opening,
    life: string,
    pushes: MessagePort,
    api?: MessagePort,
  ): Promise<Result<null>>;
  call(messages: readonly Message[]): Promise<readonly Result[]>;
  close(): Promise<null>;
}
