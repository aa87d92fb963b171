import { spawnSync } from "node:child_process";
import { argv, exit, stdout } from "node:process";
import { fileURLToPath } from "node:url";
import { engines, installEngines } from "./engines.ts";

// npm run browsers [-- ARGUMENTS OF VITEST]: see docs/decisions/0036-browsers.md

const config = fileURLToPath(new URL("vitest.config.ts", import.meta.url));

installEngines();
for (const { name, engine } of engines()) {
  if (engine !== undefined) stdout.write(`${name}: ${await engine.version()}\n`);
}
const args = ["run", "--config", config, ...argv.slice(2)];
const { status } = spawnSync("vitest", args, { stdio: "inherit" });
for (const { name, engine, packages } of engines()) {
  if (engine !== undefined) continue;
  stdout.write(`${name} is missing: on Debian, apt-get install ${packages.join(" ")}\n`);
}
exit(status ?? 1);
