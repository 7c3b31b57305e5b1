import { expect, it } from "vitest";
import { fileNames } from "./file-names.ts";
import { treeOf } from "./tree.ts";

it.each([
  "packages/millrace/src/kernels/log/segment-index.ts",
  "packages/millrace/src/kernels/log/segment-index.test.ts",
  "packages/millrace/src/services/kinesis-analytics-v2/README.md",
  "packages/millrace/src/sql/common-table-expression.ts",
  "docs/adr/0001-one-process.md",
  "CHANGELOG.md",
  "LICENSE",
  ".gitignore",
  ".ci/run",
  "tests/clients/java/src/main/java/probe/AsyncChecks.java",
  "tests/fixtures/Recorded_By AWS.json",
])("passes %s", (path) => {
  expect(fileNames(treeOf({ [path]: "" }))).toEqual([]);
});

it.each([
  ["src/segmentIndex.ts", "kebab-case"],
  ["src/Segment.ts", "kebab-case"],
  ["src/segment_index.ts", "kebab-case"],
  ["src/LogKernel/segment.ts", "kebab-case"],
  ["src/utils.ts", "segment-index.ts"],
  ["src/string-utils.test.ts", "segment-index.ts"],
  ["src/helpers/segment.ts", "segment-index.ts"],
  ["src/common.ts", "segment-index.ts"],
  ["src/segment-manager.ts", "segment-index.ts"],
  ["src/misc.ts", "segment-index.ts"],
])("refuses %s and says what to write", (path, advice) => {
  expect(fileNames(treeOf({ [path]: "" }))).toEqual([
    { path, line: 1, rule: "file-name", message: expect.stringContaining(advice) },
  ]);
});
