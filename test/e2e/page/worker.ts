import { serveHost, type WorkerPorts } from "holdfast/serve-host";
import type { Breakage } from "./breakage.ts";
import { withFreezer } from "./freezer.ts";
import { countOpenTransactions } from "./open-transactions.ts";

countOpenTransactions();

const {
  isMute = false,
  hasNoFileSystem = false,
  freezer,
  ...limits
} = JSON.parse(self.name || "{}") as Breakage;

if (hasNoFileSystem) {
  StorageManager.prototype.getDirectory = () =>
    Promise.reject(new DOMException("Not in this mode.", "SecurityError"));
}

serveHost({
  limits,
  change: (ports) => {
    const freezing = freezer === undefined ? ports : withFreezer(ports, freezer);
    return isMute ? muted(freezing) : freezing;
  },
});

function muted(ports: WorkerPorts): WorkerPorts {
  return {
    ...ports,
    openChannel: (name) => ({ ...ports.openChannel(name), post: () => {} }),
  };
}
