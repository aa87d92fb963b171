import { HoldfastError, type Logger } from "@holdfast/core";
import type { Push } from "../wire.ts";

/** A worker has no logger of the app's; what it would say goes to the page. */
export function pushLogger(push: (push: Push) => void): Logger {
  const say = (level: "warn" | "error") => (message: string, data?: object) => {
    push({
      push: "log",
      level,
      message,
      ...(data === undefined ? {} : { data: JSON.stringify(data, plainErrors) }),
    });
  };
  return { debug() {}, warn: say("warn"), error: say("error") };
}

function plainErrors(_key: string, value: unknown): unknown {
  if (value instanceof HoldfastError) return value.failure;
  if (value instanceof Error)
    return { name: value.name, message: value.message, stack: value.stack };
  return value;
}
