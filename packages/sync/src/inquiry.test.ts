import type { Json } from "@holdfast/core";
import { sampleProject, sampleRealId, seededRandom, VirtualClock } from "@holdfast/core/testing";
import { NEVER } from "rxjs";
import { expect, test } from "vitest";
import type { Dispatcher } from "./dispatcher.ts";
import { type Copy, type DescribeReply, Inquiry } from "./inquiry.ts";
import { defaultLimits } from "./limits.ts";
import { Projects } from "./projects.ts";
import { Reader } from "./reader.ts";

const project = sampleProject();
const copy: Copy = { project, id: sampleRealId(1) };

/** What a caller sees: of a project that is hidden from it, nothing is there. */
interface Sight {
  isHidden: boolean;
  isGone: boolean;
  /** After so many calls that found nothing it is there again. */
  reappearsAfter?: number;
}

/** Asks about one object, after its project was seen. */
async function describedIn(sight: Sight): Promise<DescribeReply> {
  const clock = new VirtualClock();
  const signal = new AbortController().signal;
  const options = { clock, signal, random: seededRandom(1), limits: defaultLimits };
  const dispatcher: Pick<Dispatcher, "send"> = {
    send: async ({ path, judge }) => {
      const body = answer(path, sight);
      const status = "error" in (body as object) ? 404 : 200;
      return judge({ kind: "response", status, body: JSON.stringify(body) });
    },
  };
  const reader = new Reader({ ...options, dispatcher, hints$: NEVER });
  const projects = new Projects(reader, clock);
  const { isHidden } = sight;
  sight.isHidden = false;
  await projects.factsOf(project);
  await clock.advance(1_000);
  sight.isHidden = isHidden;
  const inquiry = new Inquiry({ ...options, reader, projects, user: "user-ada" });
  const reply = inquiry.describe(copy, 1);
  await clock.advance(60_000);
  return await reply;
}

const notFound = { error: { type: "ResourceNotFound", message: "not found" } };

function answer(path: string, sight: Sight): Json {
  if (path.startsWith("/project-"))
    return sight.isHidden ? notFound : { id: project, level: "VIEW" };
  const isThere = !sight.isHidden && !sight.isGone;
  if (sight.reappearsAfter !== undefined && --sight.reappearsAfter === 0) sight.isHidden = false;
  return { results: [isThere ? { describe: description } : { ...notFound, statusCode: 404 }] };
}

const description: Json = {
  ...{ id: copy.id, project, class: "record", name: "a", folder: "/", state: "open" },
  ...{ hidden: false, types: [], tags: [], properties: {}, details: {}, links: [] },
  ...{ created: 1, modified: 1, createdBy: { user: "user-ada" } },
};

test("an object that is not found in a project that is there is absent", async () => {
  expect(await describedIn({ isHidden: false, isGone: true })).toMatchObject({ kind: "absent" });
});

test("an object is not absent because its project has been hidden since it was seen", async () => {
  expect(await describedIn({ isHidden: true, isGone: false })).toMatchObject({
    kind: "refused",
    failure: { code: "ResourceNotFound" },
  });
});

test("an object is looked at again where its project shows that it may have been hidden only then", async () => {
  const sight = { isHidden: true, isGone: false, reappearsAfter: 1 };
  expect(await describedIn(sight)).toMatchObject({ kind: "described" });
});
