// The few things of the host that core names. Everything else of the DOM and of Node stays out of core's sight:
// what is not declared here does not compile there.

interface AbortSignal {
  readonly aborted: boolean;
  readonly reason: unknown;
  throwIfAborted(): void;
  addEventListener(type: "abort", listener: () => void, options?: { once?: boolean }): void;
  removeEventListener(type: "abort", listener: () => void): void;
}

declare function queueMicrotask(callback: () => void): void;

interface Blob {
  readonly size: number;
  slice(start?: number, end?: number): Blob;
  arrayBuffer(): Promise<ArrayBuffer>;
}

declare const Blob: { new (parts: readonly Uint8Array[]): Blob };
