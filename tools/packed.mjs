import { execFileSync } from "node:child_process";
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  symlinkSync,
} from "node:fs";
import { dirname, join } from "node:path";
import { execPath } from "node:process";
import { fileURLToPath } from "node:url";
import { packageFolders } from "./build.mjs";
import { innerEnvironment } from "./npm-ci.mjs";

const root = fileURLToPath(new URL("..", import.meta.url));

/**
 * @typedef {object} Manifest - Of a package, as far as it is read here.
 * @property {string} name
 * @property {Record<string, Record<string, string>>} exports
 * @property {Record<string, string>} [bin]
 * @property {Record<string, string>} [dependencies]
 */

/**
 * @typedef {object} PackedPackage
 * @property {string} folder - Where its content lies.
 * @property {string} tarball
 * @property {Manifest} manifest - As published.
 */

/**
 * Packs every package as `pnpm publish` would and lays the contents into `folder/node_modules` as an installation would,
 * each beside the dependencies it declares. No registry is asked: the other packages are those of the workspace.
 * @param {string} folder - Absolute; outside the workspace, so that nothing is found there by accident.
 * @returns {PackedPackage[]}
 */
export function installPacked(folder) {
  mkdirSync(folder, { recursive: true });
  const tarballs = mkdtempSync(join(folder, "tarballs-"));
  const pnpm = join(root, "tools/pnpm/node_modules/pnpm/bin/pnpm.cjs");
  const pack = ["--recursive", "--filter=./packages/*", "pack", "--pack-destination", tarballs];
  execFileSync(execPath, [pnpm, ...pack], { cwd: root, env: innerEnvironment(), encoding: "utf8" });
  return packageFolders.map((source) => {
    const { name } = readManifest(join(root, source));
    const stem = `${name.replace("@", "").replace("/", "-")}-`;
    const tarball = readdirSync(tarballs).find((file) => /^\d/.test(file.replace(stem, "")));
    if (tarball === undefined) throw new Error(`${name} was not packed`);
    const target = join(folder, "node_modules", name);
    mkdirSync(target, { recursive: true });
    execFileSync("tar", ["-xzf", join(tarballs, tarball), "-C", target, "--strip-components=1"]);
    const manifest = readManifest(target);
    linkDependencies(manifest, join(root, source), folder);
    return { folder: target, tarball: join(tarballs, tarball), manifest };
  });
}

/**
 * @param {Manifest} manifest
 * @param {string} source - Where the workspace has the package.
 * @param {string} folder
 */
function linkDependencies({ dependencies = {} }, source, folder) {
  for (const name of Object.keys(dependencies)) {
    const link = join(folder, "node_modules", name);
    const installed = realpathSync(join(source, "node_modules", name));
    if (installed.startsWith(join(root, "packages"))) continue;
    mkdirSync(dirname(link), { recursive: true });
    try {
      symlinkSync(installed, link, "junction");
    } catch (error) {
      // Two packages may depend on the same one.
      if (realpathSync(link) !== installed) throw error;
    }
  }
}

/**
 * @param {string} folder
 * @returns {Manifest}
 */
function readManifest(folder) {
  return JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
}
