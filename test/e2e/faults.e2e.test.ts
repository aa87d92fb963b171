import { expect, test } from "vitest";
import { finished, Lab, namesFrom } from "./lab.ts";

test.for(["/record/new", "/record-xxxx/close"])(
  "an answer of %s that is cut off after the effect is asked again, not done again",
  async (route) => {
    await using lab = await Lab.open();
    const { project, platform } = lab;
    const page = await lab.tab();
    const fault = platform.faults.next(route, "cutAfterEffect", 3);
    const names = namesFrom("S", 6);
    await page.evaluate(
      async ({ project, names }) => {
        const { holdfast } = inPage;
        if (holdfast === undefined) throw new Error("The store is open.");
        for (const name of names) {
          const sample = await holdfast.records.create({ project, name, types: ["Sample"] });
          // Acked before it is closed: the close is a request of its own.
          await sample.acked();
          await sample.addTags(["e2e"]);
          await sample.setProperties({ origin: name });
          await sample.setDetails({ of: name });
          await sample.close();
          await sample.settled();
        }
      },
      { project, names },
    );
    expect(fault.hits).toBe(3);
    expect(await lab.objects()).toMatchObject(names.map(finished));
    expect([...lab.createsByKey().values()].every((effects) => effects.length === 1)).toBe(true);
  },
);

test("with the platform in a SharedWorker of the origin the whole way works without a network", async () => {
  await using lab = await Lab.open();
  const page = await lab.tab({ isPaused: true });
  const shown = await page.evaluate(async () => {
    await inPage.holdfast?.close();
    const platform = await inPage.embedded();
    const { users, projects } = await platform.info();
    const [user] = users;
    const [project] = projects;
    if (user === undefined || project === undefined) throw new Error("The platform is furnished.");
    const token = "token-of-the-page";
    await platform.addToken(user.id, token);
    const { api: _, ...options } = { api: undefined, user: user.id, token };
    const holdfast = await inPage.open(options);
    await platform.network.set("offline");
    await inPage.work(holdfast, project.id, ["S-1", "S-2"]);
    await platform.network.set("online");
    await holdfast.wake();
    await inPage.sent(holdfast);
    const rows = await holdfast.objects.find({ state: "closed" });
    return rows.map(({ name, isProvisional }) => ({ name, isProvisional }));
  });
  expect(shown).toHaveLength(2);
  expect(shown.every(({ isProvisional }) => !isProvisional)).toBe(true);
});

test("a worker that does not load is reported, not waited for", async () => {
  await using lab = await Lab.open();
  const page = await lab.tab({ isPaused: true });
  const code = await page.evaluate(() =>
    inPage.codeOf(() =>
      inPage.openWith(() => new Worker("/no-such-worker.js", { type: "module" })),
    ),
  );
  expect(code).toBe("WorkerUnreachable");
});

test("a worker that ends under the page rejects what waits for it", async () => {
  await using lab = await Lab.open();
  const page = await lab.tab({ isPaused: true });
  const code = await page.evaluate(async (project) => {
    let worker: Worker | undefined;
    const holdfast = await inPage.openWith(() => {
      worker = inPage.startWorker();
      return worker;
    });
    const sample = await holdfast.records.create({ project, name: "S-1" });
    const acked = inPage.codeOf(() => sample.acked());
    worker?.terminate();
    return await acked;
  }, lab.project);
  expect(code).toBe("WorkerUnreachable");
});

test("thousands go to the worker in many messages, so that no task of the page is long", async () => {
  await using lab = await Lab.open();
  const page = await lab.tab({ isPaused: true });
  const { count, sizes } = await page.evaluate(async (project) => {
    const { holdfast } = inPage;
    if (holdfast === undefined) throw new Error("The store is open.");
    const sizes: number[] = [];
    const post = Reflect.get(Worker.prototype, "postMessage");
    Worker.prototype.postMessage = function (this: Worker, message: unknown, given?: object) {
      sizes.push(JSON.stringify(message).length);
      Reflect.apply(post, this, [message, given]);
    };
    const inputs = Array.from({ length: 5_000 }, (_, index) => ({
      project,
      name: `S-${index}`,
      types: ["Sample"],
      properties: { population: "GBR", sex: "female" },
    }));
    await holdfast.records.createMany(inputs);
    Worker.prototype.postMessage = post;
    const rows = await holdfast.objects.find({ limit: 10_000 });
    return { count: rows.length, sizes };
  }, lab.project);
  expect(count).toBe(5_000);
  const all = sizes.reduce((sum, size) => sum + size, 0);
  // 500 rows a message. How long a task takes is a matter of the machine, and of what else it does.
  expect(all).toBeGreaterThan(400_000);
  expect(Math.max(...sizes)).toBeLessThan(all / 8);
});
