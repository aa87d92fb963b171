import { useEffect, useState } from "react";
import { every, wallClock } from "../model/environment.ts";

/** The device's time, as fresh as ages on the page need it. */
export function useNow(intervalMs: number): number {
  const [now, setNow] = useState(() => wallClock());
  useEffect(() => every(intervalMs, () => setNow(wallClock())), [intervalMs]);
  return now;
}
