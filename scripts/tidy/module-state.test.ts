import { expect, it } from "vitest";
import { moduleState } from "./module-state.ts";
import { treeOf } from "./tree.ts";

const path = "packages/millrace/src/core/a.ts";

it.each([
  "let count = 0;",
  "export let count = 0;",
  "var count = 0;",
  "const seen = new Map();",
  "const seen: Map<string, number> = new Map();",
  "const seen = new Set<string>();",
  "const seen = new WeakMap();",
  "const names: string[] = [];",
  "export const names = ['a'];",
  "const table = { a: 1 };",
  "const table: Record<string, number> = { a: 1 };",
  "const table = { a: 1 } satisfies Table;",
  "const table = Object.fromEntries([]);",
  "const seen = Object.freeze(new Map());",
  "type Table = Record<string, number>; const table: Table = { a: 1 };",
  "interface Limit { max: number } const limit: Limit = { max: 1 };",
  "class A { static count = 0; }",
  "class A { static readonly seen = new Map(); }",
])("finds %s", (text) => {
  expect(moduleState(treeOf({ [path]: `\n${text}` }))).toMatchObject([
    { path, line: 2, rule: "module-state" },
  ]);
});

it.each([
  "const maxBytes = 1024;",
  "const pattern = /a/;",
  "const names: readonly string[] = ['a'];",
  "const names: ReadonlyArray<string> = ['a'];",
  "const names = ['a'] as const;",
  "const table = { a: 1 } as const;",
  "const table = { a: 1 } as const satisfies Table;",
  "const table: Readonly<Record<string, number>> = { a: 1 };",
  "export const clock: Clock = Object.freeze({ now: () => 0 });",
  "const seen: ReadonlySet<string> = new Set(['a']);",
  "const seen: ReadonlyMap<string, number> = new Map();",
  "const seen = new Set(['a']) as ReadonlySet<string>;",
  "const run = () => { let count = 0; const seen = new Map(); return [count, seen]; };",
  "class A { #seen = new Map(); static readonly maxBytes = 1; static make() {} }",
  "declare const injected: string[];",
  "type Table = Readonly<Record<string, number>>; const table: Table = { a: 1 };",
  "export interface Limit { readonly max: number; run(): void } const limit: Limit = { max: 1, run() {} };",
])("passes %s", (text) => {
  expect(moduleState(treeOf({ [path]: text }))).toEqual([]);
});

it("looks at what is shipped, not at tests and scripts", () => {
  const text = "let count = 0;";
  const tree = treeOf({
    "scripts/a.ts": text,
    "packages/millrace/src/core/a.test.ts": text,
    "packages/console/src/a.tsx": text,
  });
  expect(moduleState(tree).map((finding) => finding.path)).toEqual(["packages/console/src/a.tsx"]);
});

it("reads the declaration of an imported type", () => {
  const tree = treeOf({
    "packages/millrace/src/core/types.ts":
      "export type Fixed = Readonly<{ a: number }>; export type Open = { a: number };",
    [path]:
      'import { type Open, type Fixed as F } from "./types.ts";\nconst a: F = { a: 1 };\nconst b: Open = { a: 1 };',
  });
  expect(moduleState(tree)).toMatchObject([{ path, line: 3 }]);
});
