import type { ReactElement } from "react";
import { type Network, networks } from "../model/network.ts";
import { Icon, type IconName } from "./icon.tsx";

export interface NetworkSwitchProps {
  readonly network: Network;
  readonly onNetwork: (network: Network) => void;
}

const faces: Readonly<Record<Network, { readonly title: string; readonly icon: IconName }>> = {
  online: { title: "Online", icon: "online" },
  flaky: { title: "Flaky", icon: "wave" },
  offline: { title: "Offline", icon: "offline" },
};

/** The network between this browser and the platform in it. */
export function NetworkSwitch({ network, onNetwork }: NetworkSwitchProps): ReactElement {
  return (
    <fieldset className="switch" data-network={network}>
      <legend className="unseen">Network</legend>
      {networks.map((name) => (
        <label key={name}>
          <input
            type="radio"
            name="network"
            className="unseen"
            checked={name === network}
            onChange={() => onNetwork(name)}
          />
          <Icon name={faces[name].icon} />
          <span className="label">{faces[name].title}</span>
        </label>
      ))}
    </fieldset>
  );
}

/** Of a real host: the browser's own network, which no page can switch. */
export function BrowserNetwork({ isOnline }: { readonly isOnline: boolean }): ReactElement {
  const face = faces[isOnline ? "online" : "offline"];
  return (
    <span className="switch fixed" data-network={isOnline ? "online" : "offline"}>
      <Icon name={face.icon} />
      <span className="label">{face.title}</span>
    </span>
  );
}
