import {
  connectPlatform,
  type PlatformConnection,
  type PlatformInfo,
} from "@holdfast/platform/connect";
import type { Network } from "./network.ts";
import { createSource, type MutableSource, type Source } from "./source.ts";

/** The reference platform of this browser, and the ways to make trouble in it. */
export interface EmbeddedPlatform {
  /** For Holdfast. */
  readonly port: MessagePort;
  readonly user: string;
  readonly project: string;
  readonly token: () => string;
  /** Shared by all tabs of this origin. */
  readonly network: Source<Network>;
  readonly setNetwork: (network: Network) => Promise<void>;
  /** Whether the user's level in the project lets changes through. */
  readonly mayWrite: Source<boolean>;
  readonly setMayWrite: (mayWrite: boolean) => Promise<void>;
  readonly refuseNextCreate: () => Promise<void>;
  /** The platform acts, and its answer is lost on the way. */
  readonly cutNextAnswer: () => Promise<void>;
  /** Makes the token invalid until it is renewed. */
  readonly refuseToken: () => Promise<void>;
  readonly renewToken: () => Promise<void>;
  /** An empty world. */
  readonly reset: () => Promise<void>;
  readonly close: () => void;
}

/** Calls whose lost answer leaves a question: reads leave none. */
const changesOfRecords = /^\/record(?:\/new|-\w+\/(?!describe$|getDetails$|listProjects$))/;

/** One platform for all tabs of this origin; its world outlives them. */
export async function connectEmbeddedPlatform(): Promise<EmbeddedPlatform> {
  const worker = new SharedWorker(new URL("./platform-worker.ts", import.meta.url), {
    type: "module",
    name: "sample-bench-platform",
  });
  const connection = await connectPlatform(worker);
  return await embeddedPlatformOf(connection);
}

async function embeddedPlatformOf(connection: PlatformConnection): Promise<EmbeddedPlatform> {
  const info = await connection.info();
  const project = projectOf(info);
  const network = createSource<Network>(connection.network.state);
  const mayWrite = createSource(await readMayWrite(connection, info.user, project));
  connection.network.subscribe(network.set);
  return {
    port: connection.port(),
    user: info.user,
    project,
    token: () => info.token,
    network,
    setNetwork: (state) => connection.network.set(state),
    mayWrite,
    setMayWrite: (may) => writeMayWrite({ connection, user: info.user, project, mayWrite }, may),
    refuseNextCreate: () =>
      connection.nextFault(/^\/(record|file)\/new$/, { kind: "refuse", error: "PermissionDenied" }),
    cutNextAnswer: () => connection.nextFault(changesOfRecords, "cutAfterEffect"),
    refuseToken: () => connection.revokeToken(info.token),
    renewToken: () => connection.addToken(info.user, info.token),
    async reset() {
      await connection.reset();
      await connection.network.set("online");
    },
    close: () => connection.close(),
  };
}

function projectOf({ projects }: PlatformInfo): string {
  const [first] = projects;
  if (first === undefined) throw new Error("The platform in this browser has no project.");
  return first.id;
}

async function readMayWrite(
  connection: PlatformConnection,
  user: string,
  project: string,
): Promise<boolean> {
  const described = await connection.act(user, `/${project}/describe`, { fields: { level: true } });
  const level =
    typeof described === "object" && described !== null && "level" in described
      ? described["level"]
      : undefined;
  return level !== "VIEW" && level !== "NONE";
}

interface Level {
  readonly connection: PlatformConnection;
  readonly user: string;
  readonly project: string;
  readonly mayWrite: MutableSource<boolean>;
}

/** VIEW, not NONE: the project stays in sight, and what is refused says why. */
async function writeMayWrite(level: Level, may: boolean): Promise<void> {
  const { connection, user, project, mayWrite } = level;
  await connection.setLevel(project, user, may ? "ADMINISTER" : "VIEW");
  mayWrite.set(may);
}
