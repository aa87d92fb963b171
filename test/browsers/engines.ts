import { installDebianPackages, isDebian, isRoot } from "../support/debian.ts";
import { chromium } from "./chromium.ts";
import type { Engine } from "./engine.ts";
import { firefox, firefoxPackages } from "./firefox.ts";
import { webKitGtk, webKitGtkPackages } from "./web-kit-gtk.ts";

export interface EngineSlot {
  readonly name: string;
  /** Undefined where it is not on this machine. */
  readonly engine: Engine | undefined;
  /** Debian's packages with it. */
  readonly packages: readonly string[];
}

/** Every engine that the suites know, whether it is there or not. */
export function engines(): readonly EngineSlot[] {
  return [
    { name: "Chromium", engine: chromium, packages: [] },
    { name: "Firefox", engine: firefox(), packages: firefoxPackages },
    { name: "WebKitGTK", engine: webKitGtk(), packages: webKitGtkPackages },
  ];
}

/** On Debian as root, installs the engines that are not there; elsewhere it leaves that to whoever's machine it is. */
export function installEngines(): void {
  const missing = engines().filter(({ engine }) => engine === undefined);
  if (missing.length === 0 || !isDebian() || !isRoot()) return;
  installDebianPackages(missing.flatMap(({ packages }) => packages));
}
