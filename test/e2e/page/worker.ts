import { serveHost } from "holdfast/serve-host";
import type { Breakage } from "./breakage.ts";

const { isMute = false, ...limits } = JSON.parse(self.name || "{}") as Breakage;

serveHost({
  limits,
  change: (ports) => {
    if (!isMute) return ports;
    return {
      ...ports,
      openChannel: (name) => ({ ...ports.openChannel(name), post: () => {} }),
    };
  },
});
