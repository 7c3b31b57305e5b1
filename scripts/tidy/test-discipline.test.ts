import { expect, it } from "vitest";
import { testDiscipline } from "./test-discipline.ts";
import { treeOf } from "./tree.ts";

it.each([
  'it.skip("a", f);',
  'describe.only("a", f);',
  'it.todo("a");',
  'it.concurrent.only("a", f);',
  'it.skip.each([1])("a", f);',
  'xit("a", f);',
  "setTimeout(f, 10);",
  "await new Promise((done) => setTimeout(done, 10));",
  "await sleep(10);",
  'import { setTimeout as wait } from "node:timers/promises";',
  'vi.mock("./log.ts");',
])("finds %s in a unit test", (text) => {
  const tree = treeOf({ "packages/millrace/src/core/a.test.ts": `\n${text}` });
  expect(testDiscipline(tree)).toMatchObject([{ line: 2, rule: "test-discipline" }]);
});

it.each([
  'it("a", f);',
  'it.skipIf(process.platform === "win32")("a", f);',
  'it.each([1])("a", f);',
  "clock.advance(10);",
  "list.skip(2);",
  "clearTimeout(handle);",
  'vi.spyOn(fs, "fsync");',
])("passes %s", (text) => {
  expect(testDiscipline(treeOf({ "packages/millrace/src/core/a.test.ts": text }))).toEqual([]);
});

it("lets a system test wait for a process, but not skip", () => {
  const tree = treeOf({ "tests/crash/a.test.ts": 'setTimeout(f, 10);\nit.only("a", f);' });
  expect(testDiscipline(tree)).toMatchObject([{ line: 2 }]);
});

it("looks at tests only", () => {
  expect(testDiscipline(treeOf({ "packages/millrace/src/core/clock.ts": "setTimeout(f, 10);" }))).toEqual([]);
});
