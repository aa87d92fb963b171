import { connectPlatform } from "@holdfast/platform/connect";
import { type HoldfastOptions, openHoldfast } from "holdfast";

/** Opens a store, makes a record and waits until the platform says closed. */
async function settleOne(options: Pick<HoldfastOptions, "name" | "worker">): Promise<string> {
  const platform = await connectPlatform(
    new SharedWorker(new URL("@holdfast/platform/shared-worker", import.meta.url), {
      type: "module",
    }),
  );
  const { user, token, projects } = await platform.info();
  const holdfast = await openHoldfast({
    ...options,
    api: platform.port(),
    user,
    token: () => token,
  });
  const record = await holdfast.records.create({
    project: projects[0]?.id ?? "",
    name: options.name ?? "",
  });
  await record.close();
  await record.settled();
  const [described] = await holdfast.objects.find({ name: options.name ?? "" });
  await holdfast.close();
  platform.close();
  return `${described?.name} is ${described?.state}`;
}

const page = {
  defaultWorker: (): Promise<string> => settleOne({ name: "default" }),
  namedWorker: (): Promise<string> =>
    settleOne({
      name: "named",
      worker: () => new Worker(new URL("holdfast/worker", import.meta.url), { type: "module" }),
    }),
};

declare global {
  // What the test calls.
  var installed: typeof page;
}
globalThis.installed = page;
