import { connectPlatform } from "@holdfast/platform/connect";
import { openHoldfast } from "holdfast";

// A platform in the browser, for people without an account. With one: api: "https://api.dnanexus.com".
const platform = await connectPlatform(
  new SharedWorker(new URL("@holdfast/platform/shared-worker", import.meta.url), {
    type: "module",
  }),
);
const { user, token, projects } = await platform.info();
await platform.network.set("offline");

const holdfast = await openHoldfast({
  api: platform.port(),
  user,
  token: () => token,
  worker: () => new Worker(new URL("holdfast/worker", import.meta.url), { type: "module" }),
});

const sample = await holdfast.records.create({
  project: projects[0]?.id ?? "",
  name: "S-0041",
  types: ["Sample"],
  details: { tissue: "blood" },
});
await sample.setProperties({ operator: "ada" }); // resolves once it is durable on this device
await sample.close();

await platform.network.set("online");
await sample.settled(); // resolves when the platform says closed

const said = document.querySelector("#said");
if (said !== null) said.textContent = `${sample.id} is closed on the platform.`;
