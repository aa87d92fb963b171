import { fromLocalKey, isProjectKey, type JsonObject, type LocalKey } from "@holdfast/core";
import { requestsCarried } from "../lanes.ts";
import { project, type ReplayTab, type ReplayWorld, user } from "../replay-world.ts";
import type { Case, Claim } from "./claim.ts";
import { type Cut, hour, limits } from "./day.ts";
import { type Kind, kinds, record } from "./kinds.ts";

// The table of design §5, unknown outcomes: each kind of request × where it is cut × what its guard is by then × whether
// the process ends in between. Whatever the combination: once in effect, nothing left over.

/** What has become of the guard by the time the request can be sent again. */
const guards = {
  "at once": { pass: (world: ReplayWorld) => world.run(2_000), isInWindow: true },
  "after an hour": { pass: (world: ReplayWorld) => world.run(1.1 * hour), isInWindow: false },
  "after the clock was set back": {
    pass: async (world: ReplayWorld) => world.clock.jumpWall(-2 * hour),
    isInWindow: false,
  },
  "after the clock was set forward": {
    pass: async (world: ReplayWorld) => world.clock.jumpWall(2 * hour),
    isInWindow: false,
  },
} as const;

type Guard = keyof typeof guards;

interface Combination {
  readonly kind: Kind;
  readonly guard: Guard;
  readonly cut: Cut;
  readonly restarts: boolean;
  readonly isForBrowsers: boolean;
}

export const unknownOutcomes: readonly Case[] = kinds.flatMap((kind, row) =>
  (Object.keys(guards) as Guard[]).flatMap((guard, column) =>
    (["cutBeforeEffect", "cutAfterEffect"] as const).flatMap((cut, side) =>
      [false, true].map((restarts) => {
        // Each kind on both sides, with the process and without; the guards take turns.
        const turn = (row + 2 * side + Number(restarts)) % 4;
        return caseOf({ kind, guard, cut, restarts, isForBrowsers: turn === column });
      }),
    ),
  ),
);

function caseOf({ kind, guard, cut, restarts, isForBrowsers }: Combination): Case {
  const openTab = (world: ReplayWorld): Promise<ReplayTab> => world.openTab({ limits });
  return {
    group: kind.name,
    name: `${cut}, asked again ${guard}, restarted: ${restarts}`,
    isForBrowsers,
    play: async (open) => {
      await using world = await open(`${kind.name} ${guard} ${cut} ${restarts}`);
      const first = await openTab(world);
      const before = await (kind.begin ?? record())(world);
      await world.drain();
      const had = world.platform.effects.length;

      const fault = world.platform.faults.next(kind.route, cut);
      const key = await kind.call(world, before);
      while (fault.hits === 0) await world.run(10);
      world.isOnline = false;
      if (restarts) first.process.kill();
      const sent = world.platform.requests.length;
      await guards[guard].pass(world);
      world.isOnline = true;
      if (restarts) await openTab(world);
      else first.engine.wake();
      await world.drain();
      await settle(world, key);

      const effects = world.platform.effects.slice(had).filter(({ route, id }) => {
        // A folder made on the way is none of the object.
        return isOf(route, kind.route) && (kind.asks === "project" || !id.startsWith("project-"));
      });
      const paths = world.platform.requests.slice(sent).map(({ path }) => path);
      return [
        { what: "outbox", seen: await world.outbox(), expected: [] },
        { what: "requests in doubt", seen: await requestsCarried(world), expected: [] },
        { what: "errors", seen: world.errors, expected: [] },
        { what: "effects", seen: effects.length, expected: 1 },
        {
          what: "asked first",
          seen: askedFirst(paths, kind, guards[guard].isInWindow),
          expected: true,
        },
        ...(await results(world, key, kind.result)),
      ];
    },
  };
}

/** A close is done when the object was seen closed. */
async function settle(world: ReplayWorld, key: LocalKey): Promise<void> {
  for (let looks = 0; looks < 10; looks++) {
    const [row] = await world.app.get("objects", [key]);
    if (row?.unsettled === undefined) return;
    await world.run(30_000);
  }
}

/** Whether what the table names was asked before the request was sent again. */
function askedFirst(
  paths: readonly string[],
  { asks = "object", route }: Kind,
  isInWindow: boolean,
): boolean {
  const again = paths.findIndex((path) => isOf(path, route));
  const isBefore = (look: string): boolean => {
    const at = paths.indexOf(look);
    return at >= 0 && (again < 0 || at < again);
  };
  switch (asks) {
    case "create":
      // Inside the window the nonce says enough, also after a restart, by the platform's time.
      if (isInWindow) return again >= 0 && !paths.includes("/system/findDataObjects");
      return isBefore("/system/findDataObjects");
    case "repeat":
      return again >= 0;
    case "project":
      return isBefore(`/${project}/describe`);
    case "object":
      return isBefore("/system/describeDataObjects");
  }
}

/** The object or project as it is here and there. */
async function results(
  world: ReplayWorld,
  key: LocalKey,
  result: JsonObject | undefined,
): Promise<readonly Claim[]> {
  const [row] = await world.app.get("objects", [key]);
  if (result === undefined) return [{ what: "what is gone", seen: row ?? null, expected: null }];
  const left = { pending: row?.pending, parked: row?.parked };
  const lane: Claim = { what: "lane", seen: left, expected: { pending: 0, parked: 0 } };
  if (isProjectKey(key)) {
    const fields = { name: true, tags: true, properties: true, folders: true };
    const there = await world.platform.control.act(user, `/${project}/describe`, { fields });
    const folders = ["/", ...(row?.view.project?.folders ?? [])].toSorted();
    const view = { ...row?.view, folders };
    return [
      lane,
      { what: "project on the platform", seen: there, expected: result },
      { what: "project here", seen: view, expected: result },
    ];
  }
  const { project: of } = fromLocalKey(key);
  const there = await world.describe(row?.realId ?? "", of);
  const { name, state, folder } = there;
  return [
    lane,
    { what: "object on the platform", seen: there, expected: { ...result, project: of } },
    { what: "object here", seen: row?.view, expected: { name, state, folder } },
  ];
}

function isOf(path: string, pattern: string | RegExp): boolean {
  return typeof pattern === "string" ? path === pattern : pattern.test(path);
}
