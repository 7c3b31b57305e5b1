import { expect, it } from "vitest";
import { leftovers } from "./leftovers.ts";
import { treeOf } from "./tree.ts";

/** A path from the root, put together here so that the rule does not find it in this file. */
function absolute(...parts: readonly string[]): string {
  return `/${parts.join("/")}`;
}

it.each([
  ["a.ts", "// TODO: later"],
  ["a.ts", "/* one\n * FIXME */"],
  ["a.md", "XXX what is this"],
  ["a.sh", "# TODO later"],
])("finds a note of unfinished work in %s: %s", (path, text) => {
  expect(leftovers(treeOf({ [path]: `\n${text}` }))).toMatchObject([
    { line: text.includes("\n") ? 3 : 2, rule: "leftover" },
  ]);
});

it("takes the same word in a string or in a Java date pattern for data", () => {
  const tree = treeOf({ "a.ts": 'const state = "TODO";\n// Written as HH:mm:ss.SSSXXX.' });
  expect(leftovers(tree)).toEqual([]);
});

it.each([
  absolute("work", "main", "x.ts"),
  absolute("root", ".cache"),
  absolute("home", "somebody", "millrace"),
])("finds the machine path %s", (path) => {
  for (const text of [`read("${path}")`, `see ${path}`, `(${path})`])
    expect(leftovers(treeOf({ "docs/a.md": text }))).toMatchObject([{ line: 1, rule: "machine-path" }]);
});

it.each([
  absolute("home", "hadoop", "steps"),
  `https://example.com${absolute("home", "somebody", "x")}`,
  `s3://bucket${absolute("work", "x")}`,
  `\${dir}${absolute("work", "x")}`,
  `./a${absolute("work", "b")}`,
  "arn:aws:iam::000000000000:root",
  "/tmp/x",
])("passes %s", (text) => {
  expect(leftovers(treeOf({ "a.ts": `const a = "${text}";` }))).toEqual([]);
});

it("finds words about how the code was made, and not the same words in their technical sense", () => {
  const made = ["language", "model"].join(" ");
  expect(leftovers(treeOf({ "a.ts": `// Written by a ${made}.` }))).toMatchObject([{ rule: "workplace" }]);
  const technical = "// The user agent of a session; psql prints a prompt.";
  expect(leftovers(treeOf({ "a.ts": technical }))).toEqual([]);
});

it("leaves recorded fixtures and binary files alone", () => {
  const text = "TODO";
  expect(leftovers(treeOf({ "tests/fixtures/a.md": text, "docs/a.png": text }))).toEqual([]);
});
