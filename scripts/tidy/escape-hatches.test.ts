import { expect, it } from "vitest";
import { escapeHatches } from "./escape-hatches.ts";
import { treeOf } from "./tree.ts";

it.each([
  "const a: any = 1;",
  "const a = b as any;",
  "function f(x: Record<string, any>) {}",
  "const a = b!;",
  "const a = b!.c;",
  "// @ts-ignore because",
  "/* @ts-nocheck */",
  "// @ts-expect-error because",
  "export default 1;",
])("finds %s", (text) => {
  expect(escapeHatches(treeOf({ "src/a.ts": `\n${text}` }))).toMatchObject([
    { line: 2, rule: "escape-hatch" },
  ]);
});

it.each([
  "const a: unknown = 1;",
  'const a = "any @ts-ignore b!";',
  "if (!a) b();",
  "export const a = 1;",
  "// Any of these; see @types.",
  "// biome-ignore lint/suspicious/noExplicitAny: each entry has its own type.\nconst a: any = 1;",
])("passes %s", (text) => {
  expect(escapeHatches(treeOf({ "src/a.ts": text }))).toEqual([]);
});

it("does not take an ignore without a reason", () => {
  const text = "// biome-ignore lint/suspicious/noExplicitAny:\nconst a: any = 1;";
  expect(escapeHatches(treeOf({ "src/a.ts": text }))).toHaveLength(1);
});

it("allows an expected type error in a test, and tools' own default exports", () => {
  const tree = treeOf({
    "src/a.test.ts": "// @ts-expect-error: takes no string\nf('');",
    "vitest.config.ts": "export default {};",
  });
  expect(escapeHatches(tree)).toEqual([]);
});
