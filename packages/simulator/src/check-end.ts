import type { JsonObject, ObjectRow, OutboxRow } from "@holdfast/core";
import { canonical } from "./canonical.ts";
import { contentProblem, fateOfContent } from "./check-content.ts";
import { differences, expectedObject, translated } from "./expected-object.ts";
import { isHeldUp } from "./held-up.ts";
import type { Oracle } from "./oracle.ts";
import { isDone, mentions, type Promises, type Subject } from "./promises.ts";
import { Refusals } from "./refusal.ts";
import { user, type World } from "./world.ts";

/** How many operations are parked in the end, and how many of them rightly so. */
export interface Tally {
  readonly parked: number;
  readonly justified: number;
}

interface End {
  readonly world: World;
  readonly promises: Promises;
  readonly oracle: Oracle;
}

/** Judges what is left of a history when everything has come to rest: design §9, points 1, 2, 3, 6 and 7. */
export async function checkEnd(end: End): Promise<Tally> {
  const { promises, oracle } = end;
  oracle.adoptUnheard(promises);
  oracle.checkSecrets();
  oracle.checkBounds();
  // A folder that may have moved takes along what lies in it.
  const mayHaveMoved = [...promises.containers.values()]
    .flat()
    .some(({ operation }) => operation !== undefined && oracle.mayHaveLanded(operation));
  for (const subject of promises.all) {
    if (mayHaveMoved) subject.foreign.contested.add("folder");
    await checkSubject(end, subject);
  }
  for (const of of promises.containers.keys()) await checkFolders(end, of);
  checkUnsent(end);
  return await checkParked(end);
}

async function checkSubject(end: End, subject: Subject): Promise<void> {
  const { oracle, world } = end;
  const { key, number, foreign } = subject;
  contestWhatMayHaveLanded(end, subject);
  contestWhatWasAmended(end, subject);
  const row = key === undefined ? undefined : oracle.rows.objects.get(key);
  const id = idOf(end, subject);
  if (id === undefined || subject.gaveUpInDoubt) return;
  const realId = (text: string): string => realIdOf(end, text);
  const expected = expectedObject(subject, oracle, realId);
  const actual = await describe(world, id, subject.project);
  if (actual === undefined) {
    // The platform takes along what is hidden and nothing visible leads to any more.
    const mayGoAlong = row?.view.hidden === true || expected.hidden === true;
    if (expected.removed !== true && !foreign.removed && !mayGoAlong && wasMade(end, subject)) {
      oracle.fail(6, `object ${number} (${id}) is gone from the platform, and nobody removed it`);
    }
    return;
  }
  if (expected.removed === true) {
    oracle.fail(6, `object ${number} (${id}) is still on the platform, though its removal is done`);
    return;
  }
  const isCleanedUp = subject.class === "file" && actual["state"] === "abandoned";
  // Nobody may ever look at it again, and see that.
  if (isCleanedUp && expected.closed !== true) foreign.contested.add("state");
  for (const difference of differences(expected, subject, actual)) {
    oracle.fail(6, `object ${number} (${id}) on the platform: ${difference}`);
  }
  if (subject.class === "file" && !subject.isCopy) {
    const problem = await contentProblem(end, subject, id);
    if (problem !== undefined)
      oracle.fail(6, `object ${number} (${id}) on the platform: ${problem}`);
  }
  if (row !== undefined && row.pending === 0) checkView(end, subject, { row, actual });
}

/** Of what a person gave up, or what is parked, after it was sent: nobody can say whether it took effect. */
function contestWhatMayHaveLanded({ oracle }: End, subject: Subject): void {
  for (const { operation, kind } of subject.wishes) {
    if (operation === undefined || !oracle.mayHaveLanded(operation)) continue;
    if (kind === "create" || kind === "clone" || kind === "remove") subject.gaveUpInDoubt = true;
    else subject.foreign.contested.add(contestedBy[kind] ?? kind);
  }
}

/**
 * Whether it comes over what else was asked for depends on what has gone before it; and what an object that was found there
 * cannot be given any more is parked, or given up, by itself.
 */
function contestWhatWasAmended({ oracle }: End, { key, wishes, foreign }: Subject): void {
  const undone = key === undefined ? [] : oracle.undoneIn(key);
  for (const wish of wishes) {
    for (const field of wish.amended?.fields ?? []) {
      const isFirst = wish.amended?.isFirst === true;
      const isAlone = isFirst || wishes.every((other) => other === wish || !(field in other.input));
      const isUndone = undone.some(({ operation }) => field in operation);
      if (!isAlone || isUndone) foreign.contested.add(field);
    }
  }
}

const contestedBy: Readonly<Record<string, string>> = {
  rename: "name",
  setDetails: "details",
  setVisibility: "hidden",
  addTypes: "types",
  removeTypes: "types",
  addTags: "tags",
  removeTags: "tags",
  setProperties: "properties",
  close: "state",
  move: "folder",
};

/** What the device shows of an object with nothing pending is what the platform has. */
function checkView(
  end: End,
  { number, foreign }: Subject,
  { row, actual }: { readonly row: ObjectRow; readonly actual: JsonObject },
): void {
  const realId = (text: string): string => realIdOf(end, text);
  const { view } = row;
  const shown: JsonObject = {
    name: view.name ?? row.realId ?? row.id,
    hidden: view.hidden,
    types: [...view.types].sort(),
    details: translated(JSON.parse(view.details) as JsonObject, realId),
    properties: translated({ ...view.properties }, realId),
    tags: [...view.tags].sort(),
    ...(foreign.closed ? {} : { state: view.state }),
    folder: view.folder,
  };
  const { ".holdfast-key": _, ...properties } = (actual["properties"] ?? {}) as JsonObject;
  const there: JsonObject = {
    ...actual,
    properties,
    types: [...(actual["types"] as string[])].sort(),
    tags: [...(actual["tags"] as string[])].sort(),
  };
  for (const [field, value] of Object.entries(shown)) {
    // What somebody else has set is seen when the object is next looked at.
    const isForeign = field === "tags" ? foreign.tags.size > 0 : foreign.contested.has(field);
    const isTagged =
      field === "tags" && [...foreign.contested].some((one) => one.startsWith("tag "));
    if (isForeign || isTagged) continue;
    const [is, shall] = [canonical(value), canonical(there[field] ?? null)];
    if (is !== shall) {
      end.oracle.fail(6, `object ${number} shows ${field} ${is}, and the platform has ${shall}`);
    }
  }
}

/** A folder that was made, and then neither removed nor moved, is there. */
async function checkFolders({ oracle, world }: End, of: string): Promise<void> {
  const done = oracle.doneInOrder(`${of}/${of}`);
  if (done === undefined) return;
  const made = new Set<string>();
  for (const operation of done) {
    if (operation.kind === "newFolder") made.add(operation.folder);
    else if ("folder" in operation) {
      const { folder } = operation;
      for (const path of made) if (`${path}/`.startsWith(`${folder}/`)) made.delete(path);
    }
  }
  const answer = await world.platform.control.act(user, `/${of}/describe`, {
    fields: { folders: true },
  });
  const folders = new Set((answer as JsonObject)["folders"] as string[]);
  for (const path of made) {
    if (!folders.has(path)) oracle.fail(6, `folder ${path} was made last, and is not there`);
  }
}

/** What is neither done nor parked waits for something that is. */
function checkUnsent({ oracle, world }: End): void {
  const rows = [...oracle.rows.outbox.values()];
  for (const row of rows) {
    if (row.parked === undefined && !isHeldUp(row, rows)) {
      oracle.fail(
        5,
        `${row.id} (${row.operation.kind}) was not sent, and waits for nothing parked`,
      );
    }
  }
  const journal = [...oracle.rows.journal.values()];
  for (const row of journal) {
    const isParked = row.operations.some((sequence) => oracle.rows.outbox.get(sequence)?.parked);
    if (!isParked) {
      const { path, shade, closing } = row;
      const kind = shade === undefined ? (closing === undefined ? "" : " (closing)") : " (shade)";
      oracle.fail(6, `the journal still holds ${path}${kind} after ${world.clock.monotonic()} ms`);
    }
  }
}

/** Whatever is parked must be refused, or nobody can decide it. */
async function checkParked(end: End): Promise<Tally> {
  const { oracle, world } = end;
  const parked = [...oracle.rows.outbox.values()].filter((row) => row.parked !== undefined);
  const refusals = new Refusals(world);
  let justified = 0;
  for (const row of parked) {
    const why = await unjustified(end, row, refusals);
    if (why === undefined) justified += 1;
    else
      oracle.fail(6, `${row.id} (${row.operation.kind}) is parked for ${codeOf(row)}, but ${why}`);
  }
  return { parked: parked.length, justified };
}

async function unjustified(
  end: End,
  row: OutboxRow,
  refusals: Refusals,
): Promise<string | undefined> {
  const { oracle, promises } = end;
  const [of, first] = row.lane.split("/") as [string, string];
  const subject = promises.of(row.lane);
  const laneRows = oracle.rows.laneOf(row.lane);
  // What mentions something that will not come to be.
  const mentioned = promises.all.filter(
    ({ id }) => id !== undefined && mentions(row.operation as unknown as JsonObject, id),
  );
  const isHopeless = mentioned.some((other) => idOf(end, other) === undefined);
  if (isHopeless) return undefined;
  const code = codeOf(row);
  if (code === "Conflict" && subject?.foreign.contested.has("details") === true) return undefined;
  if (code === "Undecidable") return undefined;
  const object = oracle.rows.objects.get(row.lane);
  const id = of === first ? of : (object?.realId ?? first);
  const isMaking = row.operation.kind === "create" || row.operation.kind === "clone";
  const isMadeHere = /-hold/.test(id);
  const create = laneRows.find(({ operation }) => ["create", "clone"].includes(operation.kind));
  if (!isMaking && isMadeHere && create?.parked !== undefined) return undefined;
  const realId = (text: string): string => realIdOf(end, text);
  const operation = translatedOperation(row.operation, realId);
  // What was given up of a content cannot be taken back from a file that is open: it is not closed with the half.
  if (operation.kind === "close" && fateOfContent(oracle, row.lane) === "givenUp") return undefined;
  const answer = await refusals.of({ operation, id, project: of });
  return answer === "taken" ? "the platform would take it" : undefined;
}

function translatedOperation(
  operation: OutboxRow["operation"],
  realId: (id: string) => string,
): OutboxRow["operation"] {
  const whole = translated(
    operation as unknown as JsonObject,
    realId,
  ) as unknown as typeof operation;
  const withDetails =
    whole.kind === "setDetails" ? whole : whole.kind === "create" ? whole.input : undefined;
  if (withDetails === undefined) return whole;
  const details = JSON.stringify(translated(JSON.parse(withDetails.details) as JsonObject, realId));
  if (whole.kind === "setDetails") return { ...whole, details: details as typeof whole.details };
  if (whole.kind !== "create") return whole;
  return { ...whole, input: { ...whole.input, details: details as typeof whole.input.details } };
}

function codeOf({ parked }: OutboxRow): string {
  return parked?.reason.code ?? "";
}

/** Whether what makes the object is done. */
function wasMade({ oracle }: End, { wishes }: Subject): boolean {
  const [made] = wishes;
  return made?.operation !== undefined && isDone(oracle.outcomeOf(made.operation));
}

/** The platform's id of an object, where it has one. */
function idOf({ oracle }: End, { key, id }: Subject): string | undefined {
  const row = key === undefined ? undefined : oracle.rows.objects.get(key);
  if (row?.realId !== undefined) return row.realId;
  const alias = id === undefined ? undefined : oracle.rows.aliases.get(id);
  return alias?.id;
}

function realIdOf({ oracle }: End, text: string): string {
  return oracle.rows.aliases.get(text)?.id ?? text;
}

async function describe(world: World, id: string, of: string): Promise<JsonObject | undefined> {
  try {
    const input = { project: of, properties: true, details: true };
    const answer = await world.platform.control.act(user, `/${id}/describe`, input);
    return (answer as JsonObject)["project"] === of ? (answer as JsonObject) : undefined;
  } catch {
    return undefined;
  }
}
