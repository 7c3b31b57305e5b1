import { expect, it } from "vitest";
import { blobSize, fileLength, functionLength } from "./sizes.ts";
import { Tree, TreeFile, treeOf } from "./tree.ts";

/** `count` lines of code. */
function linesOf(count: number): string {
  return "void 0;\n".repeat(count);
}

it("allows 400 lines in a file and not 401", () => {
  expect(fileLength(treeOf({ "a.ts": linesOf(400) }))).toEqual([]);
  expect(fileLength(treeOf({ "a.ts": linesOf(401) }))).toMatchObject([{ line: 401, rule: "file-length" }]);
  expect(fileLength(treeOf({ "a.test.ts": linesOf(401), "b.md": linesOf(900) }))).toHaveLength(1);
});

it("leaves recorded fixtures alone", () => {
  expect(fileLength(treeOf({ "tests/fixtures/recorded.ts": linesOf(900) }))).toEqual([]);
});

it.each([
  ["a declaration", "function f() {\n", "}"],
  ["an arrow", "const f = () => {\n", "};"],
  ["a method", "class A { f() {\n", "} }"],
  ["a test", 'it("does", () => {\n', "});"],
])("allows 70 lines in %s and not 71", (_name, head, tail) => {
  expect(functionLength(treeOf({ "a.ts": `\n${head}${linesOf(68)}${tail}` }))).toEqual([]);
  expect(functionLength(treeOf({ "a.ts": `\n${head}${linesOf(69)}${tail}` }))).toMatchObject([
    { line: 2, rule: "function-length", message: expect.stringContaining("71 lines") },
  ]);
});

it("takes describe for a heading, but not what stands in it", () => {
  const inner = `it("does", () => {\n${linesOf(69)}});\n`;
  expect(functionLength(treeOf({ "a.test.ts": `describe("a", () => {\n${linesOf(200)}});` }))).toEqual([]);
  expect(
    functionLength(treeOf({ "a.test.ts": `describe.each([1])("a", () => {\n${linesOf(200)}});` })),
  ).toEqual([]);
  expect(functionLength(treeOf({ "a.test.ts": `describe("a", () => {\n${inner}});` }))).toHaveLength(1);
});

it("allows a mebibyte and not a byte more, but for what is big on purpose", () => {
  const sized = (path: string, sizeBytes: number): TreeFile => new TreeFile(path, sizeBytes, () => "");
  const mebibyte = 1024 * 1024;
  const tree = new Tree([
    sized("docs/fits.png", mebibyte),
    sized("docs/big.png", mebibyte + 1),
    sized("package-lock.json", 2 * mebibyte),
    sized("packages/millrace/src/gateway/facts/glue.json", 2 * mebibyte),
  ]);
  expect(blobSize(tree)).toMatchObject([{ path: "docs/big.png", rule: "blob-size" }]);
});
