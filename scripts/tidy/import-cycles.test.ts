import { expect, it } from "vitest";
import { importCycles } from "./import-cycles.ts";
import { treeOf } from "./tree.ts";

it("finds a cycle of three files once, at the import that closes it", () => {
  const tree = treeOf({
    "src/a.ts": 'import { c } from "./x.ts";\nimport { b } from "./b.ts";',
    "src/b.ts": 'import { c } from "./deep/c.ts";',
    "src/deep/c.ts": 'export { a } from "../a.ts";',
    "src/x.ts": "export const c = 1;",
  });
  expect(importCycles(tree)).toEqual([
    {
      path: "src/a.ts",
      line: 2,
      rule: "import-cycle",
      message: expect.stringContaining("src/a.ts > src/b.ts > src/deep/c.ts > src/a.ts"),
    },
  ]);
});

it("counts type imports, import() and a file that imports itself", () => {
  const types = treeOf({
    "a.ts": 'import type { B } from "./b.ts";',
    "b.ts": 'export type B = import("./a.ts").A;',
  });
  expect(importCycles(types)).toHaveLength(1);
  const dynamic = treeOf({
    "a.ts": 'import { b } from "./b.ts";',
    "b.ts": 'export const b = () => import("./a.ts");',
  });
  expect(importCycles(dynamic)).toHaveLength(1);
  expect(importCycles(treeOf({ "a.ts": 'import { a } from "./a.ts";' }))).toHaveLength(1);
});

it("reports two separate cycles, and no file that merely leads into one", () => {
  const tree = treeOf({
    "lead.ts": 'import { a } from "./a.ts";',
    "a.ts": 'import { b } from "./b.ts";',
    "b.ts": 'import { a } from "./a.ts";',
    "m.ts": 'import { n } from "./n.ts";',
    "n.ts": 'import { m } from "./m.ts";',
  });
  expect(importCycles(tree).map((finding) => finding.path)).toEqual(["a.ts", "m.ts"]);
});

it("passes a diamond", () => {
  const tree = treeOf({
    "top.ts": 'import { l } from "./left.ts"; import { r } from "./right.ts";',
    "left.ts": 'import { b } from "./bottom.ts";',
    "right.ts":
      'import { b } from "./bottom.ts"; import { readFile } from "node:fs"; import x from "package";',
    "bottom.ts": "export const b = 1;",
  });
  expect(importCycles(tree)).toEqual([]);
});
