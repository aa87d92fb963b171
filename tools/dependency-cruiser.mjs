// Which package may import which: the arrows of the architecture, checked.

/** @type {Record<string, string[]>} A package that is not listed here may import no other. */
const MAY_IMPORT = {
  core: [],
  storage: ["core"],
  sync: ["core"],
  platform: ["core"],
  holdfast: ["core", "storage", "sync", "platform"],
  simulator: ["core", "holdfast", "platform"],
  react: ["core", "holdfast"],
  inspector: ["core", "holdfast"],
};

const arrows = Object.entries(MAY_IMPORT).map(([name, others]) => ({
  name: `${name}-imports-${others.length === 0 ? "no-package" : `only-${others.join("-")}`}`,
  comment: "Dependencies point one way: core <- storage, sync, platform <- holdfast <- the rest.",
  severity: "error",
  from: { path: `^packages/${name}/src/` },
  to: { path: "^packages/", pathNot: `^packages/(${[name, ...others].join("|")})/` },
}));

const TESTS = "\\.(test|test-d|test-support)\\.ts$|/testing/";

const configuration = {
  forbidden: [
    ...arrows,
    {
      name: "unlisted-package",
      comment: "A new package states what it may import in tools/dependency-cruiser.mjs.",
      severity: "error",
      from: {
        path: "^packages/([^/]+)/src/",
        pathNot: `^packages/(${Object.keys(MAY_IMPORT).join("|")})/`,
      },
      to: { path: "^packages/", pathNot: "^packages/$1/" },
    },
    {
      name: "no-cycles",
      comment: "Two modules that need each other are one module, or miss a third.",
      severity: "error",
      from: {},
      to: { circular: true },
    },
    {
      name: "not-through-own-index",
      comment: "index.ts is for other packages; inside, import the module itself, or cycles begin.",
      severity: "error",
      from: { path: "^packages/([^/]+)/src/" },
      to: { path: "^packages/$1/src/(index|[^/]+/index)\\.ts$" },
    },
    {
      name: "core-has-no-dependencies",
      comment: "core is pure functions and types.",
      severity: "error",
      from: { path: "^packages/core/src/", pathNot: TESTS },
      to: { path: "node_modules/" },
    },
    {
      name: "node-only-in-its-folder",
      comment: "Everything but a node/ folder must also run in a browser.",
      severity: "error",
      from: { path: "^packages/[^/]+/src/", pathNot: `/src/node/|${TESTS}` },
      to: { dependencyTypes: ["core"] },
    },
    {
      name: "browser-does-not-reach-node",
      comment: "A module outside node/ that imports from it drags Node into the browser.",
      severity: "error",
      from: { path: "^packages/[^/]+/src/", pathNot: `/src/node/|${TESTS}` },
      to: { path: "^packages/[^/]+/src/node/" },
    },
    {
      name: "only-declared-dependencies",
      comment: "What a published module imports is in its package's own dependencies.",
      severity: "error",
      from: { path: "^packages/[^/]+/src/", pathNot: TESTS },
      to: {
        // The arrows above decide between packages of the workspace, and knip sees an undeclared one.
        pathNot: "^packages/",
        dependencyTypes: ["npm-dev", "npm-no-pkg", "npm-unknown", "undetermined"],
      },
    },
    {
      name: "page-does-not-reach-the-host",
      comment: "What a page loads is the client: storage and engine stay in the worker.",
      severity: "error",
      from: { path: "^packages/holdfast/src/(index|register-background)\\.ts$" },
      to: {
        path: "^packages/(storage|sync)/|^packages/holdfast/src/(host|host/.*|in-thread|serve-host|service-worker|worker|worker-endpoint|background/repla.*)\\.ts$",
        reachable: true,
      },
    },
    {
      name: "nothing-imports-tests-or-examples",
      comment: "Packages stand alone; examples and suites stand on them.",
      severity: "error",
      from: { path: "^packages/" },
      to: { path: "^(examples|test)/" },
    },
    {
      name: "resolvable",
      comment: "An import that leads nowhere.",
      severity: "error",
      from: {},
      to: { couldNotResolve: true, pathNot: "^virtual:" },
    },
  ],
  options: {
    doNotFollow: { path: "node_modules" },
    exclude: { path: "^(packages|examples)/[^/]+/(dist|\\.cache)/" },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      exportsFields: ["exports"],
      conditionNames: ["source", "import", "node", "default"],
    },
  },
};

export default configuration;
