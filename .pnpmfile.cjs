// What is published has no `source` condition: elsewhere it would lead a bundler that knows such a condition to TypeScript.
// A bundler of the workspace asks for it, so that nothing here waits for a build.

const withoutSource = (targets) => {
  const { source: _, ...published } = targets;
  return published;
};

module.exports = {
  hooks: {
    beforePacking(manifest) {
      const entries = Object.entries(manifest.exports ?? {});
      manifest.exports = Object.fromEntries(
        entries.map(([name, targets]) => [name, withoutSource(targets)]),
      );
      return manifest;
    },
  },
};
