import { expect, it } from "vitest";
import { blocksOf, missingLine } from "./page-blocks.ts";

const fence = "```";

it("finds what a page does, and what it says that it prints", () => {
  const page = [
    "# Page",
    `${fence}sh`,
    "echo a",
    fence,
    "",
    fence,
    "a",
    fence,
    "<!-- file: main.tf -->",
    `${fence}hcl`,
    'provider "aws" {}',
    fence,
    "<!-- run: flink -->",
    "",
    `${fence}sql`,
    "SELECT 1",
    fence,
    "Text.",
    fence,
    "a picture",
    fence,
    "<!-- not run: needs a cluster -->",
    `${fence}sh`,
    "kubectl",
    fence,
    `${fence}json`,
    "{}",
    fence,
  ].join("\n");
  expect(blocksOf(page)).toEqual([
    { kind: "sh", line: 2, text: "echo a\n", printed: "a\n" },
    { kind: "file", line: 10, text: 'provider "aws" {}\n', name: "main.tf" },
    { kind: "flink", line: 15, text: "SELECT 1\n" },
    { kind: "left", line: 23, text: "kubectl\n", reason: "needs a cluster" },
  ]);
  expect(() => blocksOf(`${fence}sh\necho`)).toThrow("line 1: this block does not end");
  expect(() => blocksOf(`<!-- run: twice -->\n${fence}sh\necho\n${fence}`)).toThrow("run: twice");
});

it("compares what is printed with what is promised", () => {
  expect(missingLine("a\n...\nc  d\n", "x\na\nb\n  c d\n")).toBeUndefined();
  expect(missingLine("took ... ms", "took 12 ms")).toBeUndefined();
  expect(missingLine("bucket ... created", "bucket   created")).toBeUndefined();
  expect(missingLine("b\na", "a\nb")).toBe("a");
  expect(missingLine("a", "ab")).toBe("a");
});
