import { expect, it } from "vitest";
import { insertEntry } from "./source-edit.ts";

/** Adds `B` to `text` and takes away what a formatter would. */
function withB(text: string): string {
  const edited = insertEntry("table.ts", text, {
    variable: "table",
    name: "B",
    entry: "B: b",
    import: 'import { b } from "./b.ts";',
  });
  return edited.replace(/\n\s*/g, "\n").trim();
}

it("puts the line where it belongs by name, and its import after the others", () => {
  const text = 'import { a } from "./a.ts";\n\nexport const table = {\n  A: a,\n  C: c,\n} as const;\n';
  expect(withB(text)).toBe(
    'import { a } from "./a.ts";\nimport { b } from "./b.ts";\nexport const table = {\nA: a,\nB: b,\nC: c,\n} as const;',
  );
});

it.each([
  ["an empty table", "const table = {} as const;", "const table = {\nB: b,} as const;"],
  [
    "a table with its header alone",
    "const table = {\n  // Sorted by name.\n};",
    "const table = {\n// Sorted by name.\nB: b,\n};",
  ],
  [
    "the first line",
    "const table = {\n  // Sorted by name.\n  C: c,\n};",
    "const table = {\n// Sorted by name.\nB: b,\nC: c,\n};",
  ],
  [
    "a first line with a note",
    "const table = {\n  // coverage: x\n  C: c,\n};",
    "const table = {\nB: b,\n// coverage: x\nC: c,\n};",
  ],
  [
    "after a line with a note",
    "const table = {\n  A: a, // coverage: x\n  C: c,\n};",
    "const table = {\nA: a, // coverage: x\nB: b,\nC: c,\n};",
  ],
  [
    "a table on one line",
    "const table = Object.freeze({ A: a });",
    "const table = Object.freeze({ A: a,\nB: b, });",
  ],
])("knows %s", (_what, text, expected) => {
  expect(withB(text)).toBe(`import { b } from "./b.ts";\n${expected}`);
});

it("refuses a name that is there and a file without the table", () => {
  expect(() => withB("const table = { B: b };")).toThrow("table.ts has B already");
  expect(() => withB("const other = {};")).toThrow("table.ts has no `const table = {...}`");
});
