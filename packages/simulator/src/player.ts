import type { Json, JsonObject, LocalKey, OperationId } from "@holdfast/core";
import type { Death, ForeignEdit, History, Step, UserAct } from "./history.ts";
import { isUserAct } from "./history.ts";
import type { Invariant } from "./violation.ts";
import type { Promises, Subject, Wish } from "./promises.ts";
import type { Answer, Message, Tab } from "./tab.ts";
import { faultPattern } from "./fault-pattern.ts";
import { elsewhere, eve, project, user, type World } from "./world.ts";

/** What the player asks of whoever judges. */
export interface Judge {
  /** A call has resolved, and its tab was alive to hear it. */
  onStored(operation: OperationId): void;
  /** The device came back with what survived. */
  onPowerLost(): Promise<void>;
  /** What the platform calls it, where anybody here has heard of that. */
  realIdOf(subject: Subject): string | undefined;
  /** From now on a storage fails that was told to. */
  expectStorageErrors(): void;
  fail(invariant: Invariant, message: string): void;
}

/** How often what happened, over a history. */
export interface Played {
  calls: number;
  crashes: number;
  /** At one time. */
  tabs: number;
  faults: number;
}

/** Plays a history in a world, step by step, and notes what its user was promised. */
export class Player {
  readonly played: Played = { calls: 0, crashes: 0, tabs: 0, faults: 0 };
  #hasPaused = false;
  readonly #history: History;
  readonly #world: World;
  readonly #promises: Promises;
  readonly #judge: Judge;
  #contents = 0;

  constructor(
    history: History,
    parts: { readonly world: World; readonly promises: Promises; readonly judge: Judge },
  ) {
    this.#history = history;
    this.#world = parts.world;
    this.#promises = parts.promises;
    this.#judge = parts.judge;
  }

  /** A person has let nothing leave, and may not have said since that it may. */
  get hasPaused(): boolean {
    return this.#hasPaused;
  }

  async play(isOver: () => boolean): Promise<void> {
    for (const step of this.#history.steps) {
      await this.#act(step);
      await this.#world.run(step.waitMs);
      if (isOver()) return;
    }
  }

  /** A tab to click in; opened where all are gone, as people do. */
  async tab(number: number): Promise<Tab | undefined> {
    const { usableTabs, tabs } = this.#world;
    if (usableTabs.length > 0) return usableTabs[number % usableTabs.length];
    if (tabs.every((tab) => tab.isGone)) {
      return await this.openTab();
    }
    return undefined;
  }

  async openTab(death?: Death): Promise<Tab | undefined> {
    const tab = this.#world.openTab(death);
    await this.#world.runUntil(() => tab.isUsable || tab.isGone, 10_000);
    this.played.tabs = Math.max(this.played.tabs, this.#world.usableTabs.length);
    return tab.isUsable ? tab : undefined;
  }

  async #act(step: Step): Promise<void> {
    if (isUserAct(step)) {
      const tab = await this.tab(step.tab);
      if (tab !== undefined) await this.#use(tab, step);
      return;
    }
    const world = this.#world;
    const live = world.tabs.filter((tab) => !tab.isGone);
    const picked = "tab" in step ? live[step.tab % Math.max(1, live.length)] : undefined;
    switch (step.act) {
      case "openTab":
        if (live.length < 4) await this.openTab(step.dies);
        return;
      case "closeTab":
        void picked?.close();
        return;
      case "killTab":
        if (picked !== undefined) this.played.crashes += 1;
        picked?.process.kill();
        return;
      case "killAtCall":
        if (picked !== undefined) this.played.crashes += 1;
        picked?.process.killAtCall(step.calls, step.moment);
        return;
      case "freezeTab":
        if (picked !== undefined) this.played.faults += 1;
        picked?.process.freeze();
        return;
      case "thawAll":
        for (const { process } of world.tabs) process.thaw();
        return;
      case "losePower":
        this.played.crashes += 1;
        await this.losePower();
        return;
      case "sleep":
        this.played.faults += 1;
        await this.#sleep(step.ms);
        return;
      case "setClock":
        this.played.faults += 1;
        world.device.jump(step.byMs);
        return;
      case "network":
        if (world.network.isOnline && !step.isOnline) this.played.faults += 1;
        world.network.isOnline = step.isOnline;
        return;
      case "fault":
        this.played.faults += step.times;
        world.platform.faults.next(faultPattern(step.on), step.fault, step.times);
        return;
      case "storage":
        this.played.faults += 1;
        this.#judge.expectStorageErrors();
        if (world.storage.breakNext !== undefined) world.storage.breakNext(step.fault, step.writes);
        else if (picked !== undefined) {
          picked.trouble.fault = step.fault;
          picked.trouble.writes = step.writes;
        }
        return;
      case "level":
        this.played.faults += 1;
        await world.platform.control.setLevel(project, user, step.level);
        return;
      case "token":
        if (step.becomes !== "renewed") this.played.faults += 1;
        await world.setToken(step.becomes);
        return;
      case "foreign":
        await this.#editElsewhere(step.object, step.edit);
        return;
      default:
        step satisfies never;
    }
  }

  async losePower(): Promise<void> {
    this.#world.losePower();
    await this.#world.finish(this.#judge.onPowerLost());
  }

  async #sleep(ms: number): Promise<void> {
    const { tabs } = this.#world;
    for (const { process } of tabs) process.freeze();
    await this.#world.run(ms);
    this.#world.device.slept(ms);
    for (const { process } of tabs) process.thaw();
  }

  /** By somebody who sees what the platform has by now. */
  async #editElsewhere(number: number, edit: ForeignEdit): Promise<void> {
    const subject = this.#promises.subjects.get(number);
    const id = subject && this.#judge.realIdOf(subject);
    if (subject === undefined || id === undefined) return;
    const { control } = this.#world.platform;
    const { foreign } = subject;
    const of = subject.project;
    try {
      switch (edit.kind) {
        case "close":
          await control.act(eve, `/${id}/close`, {});
          // All copies are one object.
          for (const copy of this.#promises.all) {
            if (this.#judge.realIdOf(copy) === id) copy.foreign.closed = true;
          }
          break;
        case "remove":
          await control.act(eve, `/${of}/removeObjects`, { objects: [id] });
          foreign.removed = true;
          break;
        case "addTags":
          await control.act(eve, `/${id}/addTags`, { project: of, tags: edit.tags });
          for (const tag of edit.tags) foreign.tags.add(tag);
          break;
        case "removeTags":
          await control.act(eve, `/${id}/removeTags`, { project: of, tags: edit.tags });
          for (const tag of edit.tags) foreign.contested.add(`tag ${tag}`);
          break;
        case "rename":
          await control.act(eve, `/${id}/rename`, { project: of, name: edit.name });
          foreign.contested.add("name");
          break;
        case "move":
          await control.act(eve, `/${of}/move`, { objects: [id], destination: edit.folder });
          foreign.contested.add("folder");
          break;
        case "setDetails":
          await control.act(eve, `/${id}/setDetails`, edit.details);
          for (const copy of this.#promises.all) {
            if (this.#judge.realIdOf(copy) === id) copy.foreign.contested.add("details");
          }
          break;
        default:
          edit satisfies never;
      }
      this.played.faults += 1;
    } catch {
      // The platform refuses her what it would refuse us.
    }
  }

  async #use(tab: Tab, step: UserAct): Promise<void> {
    switch (step.act) {
      case "create": {
        const subject = this.#promises.expect({
          number: step.makes,
          class: step.class,
          project,
          isCopy: step.from !== undefined,
        });
        const from = this.#subject(step.from);
        const input: JsonObject = {
          project,
          ...this.#filled(step, step.input),
          ...(from?.id === undefined ? {} : { initializeFrom: { project, id: from.id } }),
        };
        const message = { kind: "create", class: step.class, input } as unknown as Message;
        this.#make(subject, {
          wish: { kind: "create", input },
          call: () =>
            step.bytes === undefined
              ? this.#call(tab, message)
              : this.#callWithContent(tab, this.#contentOf(subject, step.bytes), {
                  target: { input } as unknown as ContentTarget,
                  message: (content) => ({ ...message, content }) as Message,
                }),
        });
        return;
      }
      case "edit": {
        const subject = this.#subject(step.object);
        if (subject === undefined) return;
        const input = this.#filled(step, step.input);
        this.#edit(tab, subject, { kind: step.kind, input });
        return;
      }
      case "attach": {
        const subject = this.#subject(step.object);
        if (subject?.class !== "file") return;
        const object = subject.key as LocalKey;
        this.#want(subject.wishes, { kind: "attach", input: {} }, () =>
          this.#callWithContent(tab, this.#contentOf(subject, step.bytes), {
            target: { object },
            message: (content) => ({ kind: "attach", object, content }),
          }),
        );
        return;
      }
      case "move": {
        const subject = this.#subject(step.object);
        if (subject === undefined) return;
        this.#edit(tab, subject, { kind: "move", input: { folder: step.folder } });
        return;
      }
      case "close":
      case "remove": {
        const subject = this.#subject(step.object);
        if (subject !== undefined) this.#edit(tab, subject, { kind: step.act, input: {} });
        return;
      }
      case "clone": {
        const source = this.#subject(step.object);
        if (source?.project !== project) return;
        const copy = this.#promises.expect({
          number: step.makes,
          class: source.class,
          project: elsewhere,
          isCopy: true,
        });
        const destination = { project: elsewhere };
        this.#make(copy, {
          wish: { kind: "clone", input: { object: source.id as string, ...destination } },
          call: () =>
            this.#call(tab, { kind: "clone", object: source.key as LocalKey, destination }),
        });
        return;
      }
      case "folder": {
        const { kind, ...input } = step.edit;
        const wish: Wish = { kind, input: input as JsonObject };
        this.#contain(tab, wish, { kind: "editFolder", project, edit: step.edit });
        return;
      }
      case "removeTree":
        this.#removeTree(tab, step.folder);
        return;
      case "project": {
        const { kind, ...input } = step.edit;
        const message = { kind: "editProject", project, edit: step.edit } as unknown as Message;
        this.#contain(tab, { kind, input: input as JsonObject }, message);
        return;
      }
      case "illegal":
        this.#callWrongly(tab, step);
        return;
      case "read":
        void this.#call(tab, { kind: "find", query: { visibility: "either" } });
        return;
      case "pause":
      case "resume":
      case "wake":
        if (step.act === "pause") this.#hasPaused = true;
        void this.#call(tab, { kind: step.act });
        return;
      case "retry":
      case "discard":
      case "amend":
      case "saveAsNew":
        void this.#decide(tab, step);
        return;
      default:
        step satisfies never;
    }
  }

  #subject(number: number | undefined): Subject | undefined {
    const subject = number === undefined ? undefined : this.#promises.subjects.get(number);
    return subject?.key === undefined ? undefined : subject;
  }

  /** With the ids of the objects that it is to mention. */
  #filled(
    { links, mentions }: { readonly links?: number; readonly mentions?: number },
    input: JsonObject,
  ): JsonObject {
    const linked = this.#subject(links)?.id;
    const mentioned = this.#subject(mentions)?.id;
    const link = { $dnanexus_link: linked ?? "" };
    return {
      ...input,
      ...(linked === undefined || !("details" in input)
        ? {}
        : { details: { ...(input["details"] as JsonObject), of: link } }),
      ...(mentioned === undefined || !("properties" in input)
        ? {}
        : { properties: { ...(input["properties"] as JsonObject), of: mentioned } }),
    };
  }

  #make(
    subject: Subject,
    { wish, call }: { readonly wish: Wish; readonly call: () => Promise<Answer> },
  ): void {
    subject.wishes.push(wish);
    void call().then((answer) => {
      const made = this.#heard(answer, wish);
      if (made === undefined) {
        subject.wishes.splice(subject.wishes.indexOf(wish), 1);
        return;
      }
      const { key, id } = made as { readonly key: LocalKey; readonly id: string };
      const known = this.#promises.of(key);
      if (known !== undefined && known !== subject) {
        // A second clone into one project is the first one's copy.
        known.wishes.push(wish);
        subject.wishes.splice(subject.wishes.indexOf(wish), 1);
        return;
      }
      subject.key = key;
      subject.id = id;
    });
  }

  #edit(tab: Tab, subject: Subject, wish: Wish): void {
    const edit = { object: subject.key as LocalKey, kind: wish.kind, ...wish.input };
    const message = { kind: "edit", edit } as unknown as Message;
    this.#want(subject.wishes, wish, () => this.#call(tab, message));
  }

  #contain(tab: Tab, wish: Wish, message: Message): void {
    this.#want(this.#promises.container(project), wish, () => this.#call(tab, message));
  }

  /** A wish counts from the call on: where nobody hears of it, it may come true all the same. */
  #want(wishes: Wish[], wish: Wish, call: () => Promise<Answer>): void {
    wishes.push(wish);
    void call().then((answer) => {
      if (this.#heard(answer, wish) === undefined) wishes.splice(wishes.indexOf(wish), 1);
    });
  }

  #contentOf(subject: Subject, length: number): Uint8Array<ArrayBuffer> {
    const start = 31 * subject.number + subject.contents.length;
    const bytes = Uint8Array.from({ length }, (_, index) => start + 7 * index + (index >> 5));
    subject.contents.push(bytes);
    return bytes;
  }

  /** As a page does: the bytes piece by piece, and then the call that takes them. */
  async #callWithContent(
    tab: Tab,
    bytes: Uint8Array<ArrayBuffer>,
    {
      target,
      message,
    }: { readonly target: ContentTarget; readonly message: (content: number) => Message },
  ): Promise<Answer> {
    const content = ++this.#contents;
    const begun = await tab.call({
      ...{ kind: "beginContent", content, for: target },
      size: bytes.length,
    });
    if ("failure" in begun) return begun;
    for (let at = 0; at < bytes.length; at += pieceBytes) {
      const data = bytes.slice(at, at + pieceBytes);
      const kept = await tab.call({ kind: "appendContent", content, data });
      if ("failure" in kept) return kept;
    }
    return await this.#call(tab, message(content));
  }

  #removeTree(tab: Tab, folder: string): void {
    void this.#call(tab, { kind: "removeFolderTree", project, folder }).then((answer) => {
      if ("failure" in answer) return;
      const { operations } = answer.value as {
        readonly operations: { readonly rows: readonly OperationId[] };
      };
      for (const operation of operations.rows) this.#judge.onStored(operation);
    });
  }

  #callWrongly(tab: Tab, { object, call }: Extract<UserAct, { act: "illegal" }>): void {
    const key = this.#subject(object)?.key;
    const calls: Record<typeof call, JsonObject> = {
      noSuchObject: { object: `record-${"9".repeat(24)}`, kind: "rename", name: "nobody" },
      badName: { object: key ?? "", kind: "rename", name: "" },
      reservedProperty: {
        object: key ?? "",
        kind: "setProperties",
        properties: { ".holdfast-key": "x" },
      },
      badDetails: { object: key ?? "", kind: "setDetails", details: "no hash" },
    };
    void this.#call(tab, { kind: "edit", edit: calls[call] } as unknown as Message).then(
      (answer) => {
        if ("value" in answer) this.#judge.fail(7, `an illegal call (${call}) was taken`);
      },
    );
  }

  async #decide(
    tab: Tab,
    step: Extract<UserAct, { act: "retry" | "discard" | "amend" | "saveAsNew" }>,
  ): Promise<void> {
    const listed = await this.#call(tab, { kind: "outboxList", limit: 500 });
    if ("failure" in listed) return;
    const entries = listed.value as readonly OutboxEntry[];
    const parked = entries.filter(({ state }) => state === "parked");
    const among = this.#amongEntries(step, { entries, parked });
    if (step.act === "retry" && step.pick === "all") {
      if (parked.length > 0) await this.#call(tab, { kind: "retry", selection: { parked: true } });
      return;
    }
    const entry = among[(step.pick as number) % Math.max(1, among.length)];
    if (entry === undefined || !tab.isUsable) return;
    const operations = [entry.id];
    switch (step.act) {
      case "retry":
        await this.#call(tab, { kind: "retry", selection: { operations } });
        return;
      case "discard":
        await this.#call(tab, { kind: "discard", selection: { operations } });
        return;
      case "amend":
        await this.#amend(tab, entry, step);
        return;
      case "saveAsNew":
        await this.#saveAsNew(tab, entry, step.makes);
        return;
      default:
        step satisfies never;
    }
  }

  #amongEntries(
    step: Extract<UserAct, { act: "retry" | "discard" | "amend" | "saveAsNew" }>,
    { entries, parked }: Readonly<Record<"entries" | "parked", readonly OutboxEntry[]>>,
  ): readonly OutboxEntry[] {
    const key = step.act === "amend" ? this.#subject(step.object)?.key : undefined;
    if (key !== undefined) return entries.filter(({ object }) => object === key);
    return step.act === "discard" && parked.length === 0 ? entries : parked;
  }

  async #amend(
    tab: Tab,
    { id, kind }: OutboxEntry,
    { value, links }: Extract<UserAct, { act: "amend" }>,
  ): Promise<void> {
    const wish = this.#promises.wishOf(id);
    const linked = this.#subject(links)?.id;
    const change = changeFor(
      kind,
      value,
      linked === undefined ? {} : { of: { $dnanexus_link: linked } },
    );
    if (wish === undefined || change === undefined) return;
    const before = wish.input;
    // Nothing can be done before an object is made.
    const isFirst = kind === "create";
    wish.amended = { fields: Object.keys(change), isFirst };
    // Until it is known whether it was taken, either may come true.
    wish.input = { ...before, ...change };
    const answer = await this.#call(tab, { kind: "editOperation", operation: id, change });
    if ("failure" in answer) wish.input = before;
  }

  async #saveAsNew(tab: Tab, { id, object }: OutboxEntry, number: number): Promise<void> {
    const source = this.#promises.of(object);
    if (source === undefined) return;
    const { class: objectClass, project: of } = source;
    const subject = this.#promises.expect({
      number,
      class: objectClass,
      project: of,
      isCopy: true,
    });
    this.#make(subject, {
      wish: { kind: "create", input: {} },
      call: () => this.#call(tab, { kind: "saveAsNew", operation: id }),
    });
  }

  async #call(tab: Tab, message: Message): Promise<Answer> {
    this.played.calls += 1;
    return await tab.call(message);
  }

  /** Undefined where the call was refused: then nothing was promised. */
  #heard(answer: Answer, wish: Wish): unknown {
    if ("failure" in answer) {
      this.#promises.refused.push({ what: wish.kind, code: answer.failure.code });
      return undefined;
    }
    const { operation } = answer.value as { readonly operation: OperationId };
    wish.operation = operation;
    this.#promises.kept += 1;
    this.#judge.onStored(operation);
    return answer.value;
  }
}

type ContentTarget = Extract<Message, { kind: "beginContent" }>["for"];

/** How much of a content a page gives at once. */
const pieceBytes = 1_500;

interface OutboxEntry {
  readonly id: OperationId;
  readonly object: string;
  readonly kind: string;
  readonly state: "waiting" | "sending" | "parked";
}

/** Another input for an operation of that kind; undefined where it has none. */
function changeFor(
  kind: string,
  value: number,
  link: JsonObject,
): { readonly [field: string]: Json } | undefined {
  switch (kind) {
    case "create":
      return {
        name: `S-${value}`,
        types: ["mended"],
        ...("of" in link ? { details: { step: value, ...link } } : {}),
      };
    case "rename":
      return { name: `S-${value}` };
    case "setDetails":
      return { details: { step: value, ...link } };
    case "addTypes":
    case "removeTypes":
      return { types: ["mended"] };
    case "addTags":
    case "removeTags":
      return { tags: ["mended"] };
    case "setProperties":
      return { properties: { mended: String(value) } };
    default:
      return undefined;
  }
}
