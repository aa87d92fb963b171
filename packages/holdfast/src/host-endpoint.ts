import type { Message, Opening, Result } from "./wire.ts";

/** What comes with the opening: the first message. */
export interface OpeningPorts {
  /** Name of a Web Lock that the worker holds as long as it lives. */
  readonly life: string;
  /** Where the worker says what it says unasked; `hello` first, at once. */
  readonly pushes: MessagePort;
  /** The embedded platform's, where there is one. */
  readonly api?: MessagePort;
}

/** What the worker exposes through Comlink: these three and nothing else (design §2). */
export interface HostEndpoint {
  /** Answers when the store is open. */
  open(opening: Opening, ports: OpeningPorts): Promise<Result<null>>;
  call(messages: readonly Message[]): Promise<readonly Result[]>;
  close(): Promise<null>;
}
