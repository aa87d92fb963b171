import {
  MemoryContents,
  memoryContentStore,
  MemoryDatabase,
  memoryStore,
} from "@holdfast/core/testing";
import { type DeviceStorage, type History, nextTurn, playHistory } from "@holdfast/simulator";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { writeFailure } from "./failure-files.ts";

const name = "S-1";
const history: History = {
  version: 1,
  seed: "forgetful",
  settings: {
    driftPpm: 0,
    searchLagMs: 0,
    closingMs: 0,
    lostBroadcasts: 0,
    onDetailsConflict: "park",
  },
  steps: [
    { act: "openTab", waitMs: 50 },
    { act: "create", tab: 0, makes: 1, class: "record", input: { name }, waitMs: 5_000 },
    { act: "losePower", waitMs: 0 },
  ],
};

/** Loses with the power whatever it has, also what was promised to stay. */
function forgetfulStorage(): DeviceStorage {
  let database = new MemoryDatabase();
  const contents = new MemoryContents();
  return {
    storage: {
      open: async () => memoryStore({ database }),
      openContents: async () => memoryContentStore({ contents }),
      list: async () => [],
      remove: async () => 0,
    },
    losePower: () => {
      database = new MemoryDatabase();
    },
    settle: nextTurn,
  };
}

const platformCommand = fileURLToPath(
  new URL("../../packages/platform/src/node/main.ts", import.meta.url),
);

test("a failure leaves the history and a world that a platform opens", async () => {
  const storage = forgetfulStorage;
  const { violation } = await playHistory(history, storage());
  if (violation === undefined) throw new Error("it must be noticed that everything is lost");
  expect(violation.invariant).toBe(7);

  const folder = mkdtempSync(join(tmpdir(), "holdfast-failure-"));
  const files = await writeFailure(folder, { history, violation }, { storage });
  expect(JSON.parse(readFileSync(files.history, "utf8"))).toEqual({
    seed: "forgetful",
    invariant: 7,
    violation,
    history,
  });

  const args = ["--conditions=source", platformCommand, "--world", files.world];
  const server = spawn(process.execPath, [...args, "--user", "ada=ada-token"], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  try {
    const [line] = (await once(createInterface(server.stdout), "line")) as [string];
    const { url, projects } = JSON.parse(line) as {
      readonly url: string;
      readonly projects: readonly { readonly id: string; readonly name: string }[];
    };
    expect(projects[0]?.name).toBe("lab");
    const answer = await fetch(`${url}/system/findDataObjects`, {
      method: "POST",
      headers: { Authorization: "Bearer ada-token", "Content-Type": "application/json" },
      body: JSON.stringify({ scope: { project: projects[0]?.id }, name }),
    });
    const { results } = (await answer.json()) as { readonly results: readonly unknown[] };
    expect(results).toHaveLength(1);
  } finally {
    server.kill();
    rmSync(folder, { recursive: true });
  }
});
