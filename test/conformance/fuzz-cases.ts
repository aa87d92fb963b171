/** Numbers from a seed: the same cases in every run. */
export class Dice {
  #state: number;

  constructor(seed: number) {
    this.#state = seed >>> 0;
  }

  /** A whole number from 0, below the bound. */
  below(bound: number): number {
    this.#state = (this.#state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(this.#state ^ (this.#state >>> 15), this.#state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) % bound;
  }

  of<Item>(items: readonly Item[]): Item {
    const item = items[this.below(items.length)];
    if (item === undefined) throw new Error("nothing to choose from");
    return item;
  }
}

export interface FuzzCase {
  readonly path: string;
  readonly body: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly verb: string;
}

export interface Things {
  readonly project: string;
  readonly other: string;
  readonly user: string;
  /** By class. */
  readonly ids: Readonly<Record<string, readonly string[]>>;
}

/** A good input for each route that takes any: every documented field, so that each can be spoiled. */
export function goodInputs({
  project,
  other,
  user,
  ids,
}: Things): Readonly<Record<string, object>> {
  const record = ids["record"]?.[0] ?? "";
  const object = {
    project,
    name: "n",
    tags: ["t"],
    types: ["T"],
    hidden: false,
    properties: { k: "v" },
    details: { a: [{ $dnanexus_link: record }] },
    folder: "/f",
    parents: true,
    nonce: "n",
  };
  const find = {
    class: "record",
    state: "any",
    visibility: "either",
    name: { regexp: "^n", flags: "i" },
    id: [record],
    type: { $and: ["T", { $or: ["U"] }] },
    tags: { $or: ["t"] },
    properties: { k: { $ne: "w" }, $and: [{ k: true }] },
    link: record,
    scope: { project, folder: "/", recurse: true },
    level: "VIEW",
    modified: { after: 0, before: 1e15 },
    created: { after: 0 },
    region: ["aws:us-east-1"],
    sortBy: { field: "created", ordering: "ascending" },
    describe: { fields: { name: true }, defaultFields: true },
    starting: { project, id: record },
    limit: 10,
  };
  const describe = {
    project,
    fields: { name: true },
    defaultFields: false,
    properties: true,
    details: true,
  };
  const projectInput = {
    name: "p",
    summary: "",
    description: "",
    protected: false,
    restricted: false,
    downloadRestricted: false,
    externalUploadRestricted: false,
    containsPHI: false,
    databaseUIViewOnly: false,
    tags: [],
    properties: {},
    billTo: user,
    region: "aws:us-east-1",
  };
  const byMethod: Record<string, object> = {
    describe,
    getDetails: { project },
    addTypes: { types: ["T"] },
    removeTypes: { types: ["T"] },
    setDetails: { a: { $dnanexus_link: record } },
    setVisibility: { hidden: true },
    rename: { project, name: "n" },
    setProperties: { project, properties: { k: null } },
    addTags: { project, tags: ["t"] },
    removeTags: { project, tags: ["t"] },
    close: {},
    listProjects: {},
    upload: { index: 1, size: 1, md5: "d41d8cd98f00b204e9800998ecf8427e" },
    download: { duration: 60, filename: "f", project, preauthenticated: true },
    listFolder: {
      folder: "/",
      describe: true,
      only: "all",
      includeHidden: true,
      hasSubfolderFlags: true,
    },
    newFolder: { folder: "/f/g", parents: true },
    renameFolder: { folder: "/f", name: "g", newpath: "/g" },
    move: { objects: [record], folders: ["/f"], destination: "/" },
    removeFolder: { folder: "/f", recurse: true, force: true, partial: true },
    removeObjects: { objects: [record], force: true },
    clone: { objects: [record], folders: ["/f"], project: other, destination: "/", parents: true },
    update: {
      ...projectInput,
      version: 0,
      editVersion: 0,
      destroyProtected: false,
      allowedExecutables: null,
      title: "t",
    },
    destroy: { terminateJobs: false },
    invite: { invitee: user, level: "VIEW", suppressEmailNotification: true },
    decreasePermissions: { [user]: "VIEW" },
    leave: {},
    archive: { files: [record], folder: "/", recurse: true, allCopies: false },
    unarchive: { files: [record], rate: "Standard", dryRun: true },
  };
  return {
    ...Object.fromEntries(
      Object.entries(byMethod).map(([method, input]) => [`*/${method}`, input]),
    ),
    "/record/new": { ...object, close: false, initializeFrom: { id: record, project } },
    "/file/new": { ...object, media: "text/plain" },
    "/workflow/new": {
      ...object,
      stages: [],
      inputs: [],
      outputs: [],
      outputFolder: "/",
      title: "t",
    },
    "/applet/new": {
      ...object,
      dxapi: "1.0.0",
      runSpec: { interpreter: "bash", code: "" },
      inputSpec: [],
      outputSpec: [],
    },
    "/project/new": projectInput,
    "/system/whoami": { fields: { clientIp: true } },
    "/system/comeBackLater": { waitUntil: 1, setRetryAfter: true },
    "/system/findDataObjects": find,
    "/system/findProjects": {
      name: { glob: "*" },
      id: [project],
      level: "VIEW",
      explicitPermission: true,
      public: false,
      created: { after: 0 },
      region: "aws:us-east-1",
      billTo: user,
      tags: "t",
      properties: { k: "v" },
      containsPHI: false,
      externalUploadRestricted: false,
      describe: { fields: { name: true } },
      starting: project,
      limit: 1,
    },
    "/system/describeDataObjects": {
      objects: [record, { id: record, project, describe }],
      classDescribeOptions: { "*": describe },
    },
    "/system/resolveDataObjects": {
      objects: [{ name: "n", folder: "/", project }],
      project,
      folder: "/",
    },
    "/system/describeProjects": { projects: [project] },
    "/system/generateBatchInputs": { project, folder: "/", inputs: { pair: "(.*)_1.gz" } },
    "/dbcluster/new": {
      project,
      name: "d",
      engine: "aurora-postgresql",
      engineVersion: "1",
      dxInstanceClass: "x",
      adminPassword: "p",
    },
    "/drive/new": { name: "d", cloud: "aws", credentials: {} },
  };
}

const oddities: readonly unknown[] = [
  null,
  true,
  false,
  0,
  -1,
  1.5,
  1e308,
  9_007_199_254_740_992,
  "",
  " ",
  "\u0000",
  "\ud800",
  "💥",
  "/",
  "../..",
  "x",
  [],
  {},
  [null],
  [[]],
  [1, "a"],
  { $and: [] },
  { $or: [{}] },
  { $ne: null },
  { $dnanexus_link: 1 },
  { $dnanexus_link: "x", b: 1 },
  { __proto__: null },
  { constructor: "x" },
  { toString: 1 },
  { length: 5 },
  "__proto__",
  "constructor",
  "hasOwnProperty",
  "project-000000000000000000000000",
  "record-000000000000000000000000",
  "record-short",
  "user-nobody",
  "PUBLIC",
  "'; DROP TABLE",
  "a\r\nX-Injected: 1",
  "%00",
  "\u2028",
  "ADMINISTER",
  { regexp: "(" },
  { regexp: "[" },
  { glob: "\\" },
  { regexp: "a", flags: "zz" },
];

const prototypeMembers = [
  '"__proto__":{"polluted":1}',
  '"constructor":{"prototype":{"polluted":1}}',
  '"toString":null',
  '"hasOwnProperty":1',
  '"__proto__":[]',
  '"valueOf":"x"',
];

/** One bad call. Most are one step away from a good one, where the mistakes are. */
export function nextCase(dice: Dice, things: Things, routes: readonly string[]): FuzzCase {
  const route = dice.of(routes);
  const good = goodInputFor(route, things);
  const start = { path: pathOf(route, dice, things), headers: {}, verb: "POST" };
  switch (dice.below(10)) {
    case 0:
      return { ...start, body: garble(JSON.stringify(good), dice) };
    case 1:
    case 2:
    case 3:
    case 4:
      return { ...start, body: JSON.stringify(spoil(good, dice.of(oddities), dice)) };
    case 5:
      return { ...start, body: nest(good, dice) };
    case 6:
      return {
        ...start,
        body: JSON.stringify(
          spoil(
            good,
            dice.of(["x", "ä", "\u0000", "/a"]).repeat(dice.of([101, 701, 701, 701, 5000])),
            dice,
          ),
        ),
      };
    case 7:
      return { ...start, body: insertMember(JSON.stringify(good), dice) };
    case 8:
      return { ...start, path: trick(start.path, dice), body: JSON.stringify(good) };
    default:
      return {
        ...start,
        ...oddHeaders(dice),
        body: JSON.stringify(spoil(good, dice.of(oddities), dice)),
      };
  }
}

const cache = new WeakMap<Things, Readonly<Record<string, object>>>();

function goodInputFor(route: string, things: Things): unknown {
  const inputs = cache.get(things) ?? goodInputs(things);
  cache.set(things, inputs);
  return inputs[route] ?? inputs[`*${route.slice(route.lastIndexOf("/"))}`] ?? {};
}

function pathOf(route: string, dice: Dice, { project, user, ids }: Things): string {
  return route.replace(/^\/([a-z]+)-xxxx\//, (_, name: string) => {
    if (name === "project") return `/${project}/`;
    if (name === "user") return `/${user}/`;
    return `/${dice.of([...(ids[name] ?? []), `${name}-000000000000000000000000`])}/`;
  });
}

/** Puts the value somewhere into it, or takes something away. */
function spoil(value: unknown, odd: unknown, dice: Dice): unknown {
  if (typeof value !== "object" || value === null || dice.below(8) === 0) return odd;
  if (Array.isArray(value)) {
    const at = dice.below(value.length + 1);
    return [...value.slice(0, at), spoil(value[at], odd, dice), ...value.slice(at + 1)];
  }
  const keys = Object.keys(value);
  if (keys.length === 0) return { odd };
  const key = dice.of(keys);
  const entries = Object.entries(value).filter(
    ([name]) => dice.below(12) > 0 || name === "project",
  );
  return {
    ...Object.fromEntries(entries),
    [key]: dice.below(2) === 0 ? odd : spoil((value as Record<string, unknown>)[key], odd, dice),
  };
}

function garble(text: string, dice: Dice): string {
  const at = dice.below(text.length + 1);
  const rest = text.slice(at + 1);
  return dice.of([
    text.slice(0, at),
    text.slice(0, at) + rest,
    `${text.slice(0, at)}${dice.of(["{", "}", "[", "]", '"', ",", ":", "\\", "\u0000", "\ud800", "NaN", "Infinity", "0x1", "'", "//", "+1", "01", "1e999", "\t\n"])}${text.slice(at)}`,
    `${text}${text}`,
    `\ufeff${text}`,
    "",
  ]);
}

function nest(good: unknown, dice: Dice): string {
  const depth = dice.of([100, 199, 201, 201, 1000]);
  const [open, close] = dice.of([
    ["[", "]"],
    ['{"a":', "}"],
    ['{"$and":[', "]}"],
    ['{"$dnanexus_link":', "}"],
  ] as const);
  const deep = `${open.repeat(depth)}1${close.repeat(depth)}`;
  const marker = "\u0001deep";
  const text = JSON.stringify(spoil(good, marker, dice)).replace(
    JSON.stringify(marker),
    () => deep,
  );
  return dice.below(6) === 0 ? deep : text;
}

function insertMember(text: string, dice: Dice): string {
  const places = [...text.matchAll(/\{/g)].map(({ index }) => index + 1);
  const at = places.length === 0 ? 0 : dice.of(places);
  const comma = text[at] === "}" ? "" : ",";
  return `${text.slice(0, at)}${dice.of(prototypeMembers)}${comma}${text.slice(at)}`;
}

function trick(path: string, dice: Dice): string {
  return dice.of([
    `${path}/`,
    `/${path}`,
    path.replace(/\//g, "//"),
    path.replace(/\/(?=[^/]*$)/, "%2F"),
    path.toUpperCase(),
    `/..${path}`,
    `/%2e%2e${path}`,
    `${path}/../destroy`,
    `${path}%00`,
    `${path}%0d%0aX-Injected:1`,
    `${path}?a=${"b".repeat(500)}`,
    path.replace(/.(?=\/[^/]*$)/, ""),
    path.replace(/(?=\/[^/]*$)/, "0"),
    "/__proto__/describe",
    "/constructor/new",
    "/record/__proto__",
    "/system/constructor",
    "/None/describe",
    "/undefined/describe",
    `/${"a".repeat(1000)}/describe`,
    "/record/n%65w",
    "/%FF%FE/describe",
    `${path}#fragment`,
    "/project-/describe",
    "/user-/describe",
    "/user-%2e%2e/describe",
    "/record-../describe",
  ]);
}

function oddHeaders(dice: Dice): Pick<FuzzCase, "headers" | "verb"> {
  const headers = dice.of([
    { "Content-Type": "text/html" },
    { "Content-Type": "application/json;;;=" },
    { "Content-Type": "application/json\t; charset=utf-16" },
    { "Content-Type": "multipart/form-data; boundary=x" },
    { Authorization: "Bearer" },
    { Authorization: `Bearer ${"x".repeat(1000)}` },
    { Authorization: "Bearer ada-token ada-token" },
    { Authorization: "Bearer __proto__" },
    { "DNAnexus-API": "1.0.0, X" },
    { "DNAnexus-API": "é" },
    { Origin: "null" },
    { Origin: "http://a, http://b" },
    { "Content-Length": "5" },
    { "Transfer-Encoding": "chunked" },
    { Host: "evil.example" },
    { "X-HTTP-Method-Override": "DELETE" },
    { Cookie: "token=ada-token" },
    { "Access-Control-Request-Method": "POST" },
  ] as const);
  return { headers, verb: dice.of(["POST", "POST", "POST", "PUT", "DELETE", "PATCH"]) };
}
