import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";

const root = fileURLToPath(new URL("..", import.meta.url));

function read(path: string): Promise<string> {
  return readFile(`${root}${path}`, "utf8");
}

test("the README's example is the one that is compiled, built and run", async () => {
  const source = (await read("examples/first-steps/src/main.ts")).trimEnd();
  expect(await read("README.md")).toContain(`\`\`\`ts\n${source}\n\`\`\``);
});

test("what the README shows of sending without a tab is what is compiled", async () => {
  const readme = await read("README.md");
  for (const name of ["service-worker", "send-in-background"]) {
    expect(readme).toContain(`\`\`\`ts\n${await read(`test/readme/${name}.ts`)}\`\`\``);
  }
});

test("every script that the README names exists", async () => {
  const { scripts } = JSON.parse(await read("package.json")) as {
    readonly scripts: Readonly<Record<string, string>>;
  };
  const named = [...(await read("README.md")).matchAll(/npm run ([\w:-]+)/g)].map(
    ([, name]) => name,
  );
  expect(named.filter((name) => name === undefined || scripts[name] === undefined)).toEqual([]);
});

test("every file that the README links to exists", async () => {
  const links = [...(await read("README.md")).matchAll(/\]\((?!https?:)([^)#]+)\)/g)];
  for (const [, path = ""] of links) await expect(read(path)).resolves.not.toBe("");
});
