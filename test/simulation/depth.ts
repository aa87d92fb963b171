import type { DeviceStorage, History } from "@holdfast/simulator";

/** Where each device keeps its stores. Default: in the model of the `Store` port. */
export interface Depth {
  readonly storage?: (history: History) => DeviceStorage;
}
