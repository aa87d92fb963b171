import type { JsonObject } from "@holdfast/core";
import type { EditKind, FolderEdit, ObjectNumber, UserAct, UserCall } from "./history.ts";
import { folders, type Story } from "./story.ts";
import { poison } from "./world.ts";

export type DrawnEdit = Omit<Extract<UserCall, { act: "edit" }>, "act" | "object">;

/** What a person does next. */
export function drawUserAct(story: Story): UserAct {
  story.step += 1;
  return story.inSomeTab(drawCall(story));
}

function drawCall(story: Story): UserCall {
  const { chance, habits } = story;
  const object = story.some();
  if (object === undefined || (story.mayMakeMore && chance.isTrue(0.16))) return drawCreate(story);
  const act = chance.weighed(habits.calls);
  switch (act) {
    case "edit":
      return { act, object, ...drawEdit(story) };
    case "close":
    case "remove":
      return { act, object };
    case "move":
      return { act, object, folder: chance.pick(folders) };
    case "clone":
      return { act, object, makes: story.made() };
    case "folder":
      return { act, edit: drawFolderEdit(story) };
    case "removeTree":
      return { act, folder: chance.pick(folders.slice(1)) };
    case "project":
      return { act, edit: drawProjectEdit(story) };
    case "retry":
      return { act, pick: chance.isTrue(0.5) ? "all" : chance.whole(20) };
    case "discard":
      return { act, pick: chance.whole(20) };
    case "amend":
      return { act, pick: chance.whole(20), value: story.step, ...other(story, "links", 0.3) };
    case "saveAsNew":
      return { act, pick: chance.whole(20), makes: story.made() };
    case "illegal":
      return {
        act,
        object,
        call: chance.pick(["noSuchObject", "badName", "reservedProperty", "badDetails"] as const),
      };
    default:
      return { act };
  }
}

export function drawCreate(story: Story): Extract<UserCall, { act: "create" }> {
  const { chance, habits } = story;
  const objectClass = chance.weighed({ record: 85, workflow: 9, file: 6 });
  const links = other(story, "links", 0.3);
  const mentions = other(story, "mentions", 0.06);
  const from = objectClass === "record" ? other(story, "from", 0.05) : {};
  const makes = story.made();
  const isPoisoned = chance.isTrue(habits.poisoned);
  const input: JsonObject = {
    name: `S-${story.step}`,
    ...(chance.isTrue(0.35) ? { folder: chance.pick(folders), parents: chance.isTrue(0.8) } : {}),
    ...(chance.isTrue(0.3) ? { tags: ["new"] } : {}),
    ...(chance.isTrue(0.1) || isPoisoned ? { types: [isPoisoned ? poison : "red"] } : {}),
    ...(chance.isTrue(0.2) || "mentions" in mentions ? { properties: { origin: "here" } } : {}),
    ...(chance.isTrue(0.15) ? { hidden: true } : {}),
    ...("from" in from ? {} : { details: { step: story.step } }),
    ...(objectClass === "record" && chance.isTrue(0.1) ? { close: true } : {}),
  };
  return { act: "create", makes, class: objectClass, input, ...links, ...mentions, ...from };
}

/** @param kind - default: as is the habit. */
export function drawEdit(
  story: Story,
  kind: EditKind = story.chance.weighed(story.habits.edits),
): DrawnEdit {
  const { chance, habits, step } = story;
  const color = chance.pick(["red", "green", "blue"]);
  const isPoisoned = chance.isTrue(habits.poisoned);
  switch (kind) {
    case "setDetails":
      return { kind, input: { details: { step } }, ...other(story, "links", 0.35) };
    case "rename":
      return { kind, input: { name: isPoisoned ? poison : drawName(story) } };
    case "setProperties": {
      const value = chance.isTrue(0.3) ? null : isPoisoned ? poison : String(step);
      return { kind, input: { properties: { [color]: value } }, ...other(story, "mentions", 0.1) };
    }
    case "addTags":
    case "removeTags":
      return {
        kind,
        input: {
          tags: isPoisoned ? [color, poison] : [color, "new"].slice(0, 1 + chance.whole(2)),
        },
      };
    case "addTypes":
    case "removeTypes":
      return { kind, input: { types: isPoisoned ? [poison] : [color] } };
    case "setVisibility":
      return { kind, input: { hidden: chance.isTrue(0.5) } };
    default:
      return kind satisfies never;
  }
}

/** Two edits of which the second takes back what the first has set, or sets something else there. */
export function drawChangeOfMind(story: Story): readonly [DrawnEdit, DrawnEdit] {
  const first = drawEdit(story);
  story.step += 1;
  const { kind, input } = first;
  switch (kind) {
    case "setDetails":
      return [first, { kind, input: { details: { step: story.step } } }];
    case "rename":
      return [first, { kind, input: { name: `S-${story.step}'` } }];
    case "setProperties": {
      const keys = Object.keys(input["properties"] as JsonObject);
      const properties = Object.fromEntries(keys.map((key) => [key, String(story.step)]));
      return [first, { kind, input: { properties } }];
    }
    case "setVisibility":
      return [first, { kind, input: { hidden: input["hidden"] !== true } }];
    default:
      return [first, { kind: opposites[kind], input }];
  }
}

const opposites = {
  addTags: "removeTags",
  removeTags: "addTags",
  addTypes: "removeTypes",
  removeTypes: "addTypes",
} as const;

/** Most are new; some were there before. */
function drawName({ chance, step }: Story): string {
  return chance.isTrue(0.3) ? chance.pick(["A", "B"]) : `S-${step}`;
}

function drawFolderEdit({ chance, habits }: Story): FolderEdit {
  const kind = chance.weighed(habits.folders);
  const parent = chance.pick(folders.slice(1));
  const child = `${parent}/f${chance.whole(3)}`;
  const folder = chance.isTrue(0.3) ? child : parent;
  switch (kind) {
    case "newFolder":
      return { kind, folder: child, parents: chance.isTrue(0.6) };
    case "renameFolder":
      return { kind, folder, name: chance.pick(["a", "b", "c", "d"]) };
    case "moveFolder":
      return { kind, folder, destination: chance.pick(folders) };
    case "removeFolder":
      return { kind, folder };
    default:
      return kind satisfies never;
  }
}

function drawProjectEdit({ chance, step }: Story): Extract<UserCall, { act: "project" }>["edit"] {
  const kind = chance.pick(["rename", "setProperties", "addTags", "removeTags"] as const);
  switch (kind) {
    case "rename":
      return { kind, name: chance.isTrue(0.1) ? poison : `P-${step}` };
    case "setProperties":
      return { kind, properties: { red: chance.isTrue(0.3) ? null : String(step) } };
    case "addTags":
    case "removeTags":
      return { kind, tags: [chance.pick(["red", "green"])] };
    default:
      return kind satisfies never;
  }
}

/** Another object to be mentioned, now and then. */
function other<Name extends string>(
  story: Story,
  name: Name,
  share: number,
): { readonly [Key in Name]?: ObjectNumber } {
  if (!story.chance.isTrue(share)) return {};
  const number = story.some();
  return (number === undefined ? {} : { [name]: number }) as {
    readonly [Key in Name]?: ObjectNumber;
  };
}
