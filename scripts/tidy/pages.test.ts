import { expect, it } from "vitest";
import { markdownLinks, readmes } from "./pages.ts";
import { treeOf } from "./tree.ts";

const others = {
  "docs/kinesis.md": "# Kinesis\n\n## Limits, quotas & `PutRecord`\n\n## Again\n\n## Again\n",
  "src/a/b.ts": "",
};

it.each([
  "[a](kinesis.md)",
  "[a](./kinesis.md#kinesis)",
  "[a](kinesis.md#limits-quotas--putrecord)",
  "[a](kinesis.md#again-1)",
  "[a](../src/a/b.ts)",
  "[a](../src/a)",
  "[a](../src/a/)",
  '[a](kinesis.md "title")',
  "[a](#here)",
  "[a](https://example.com/nowhere.md)",
  "[a](mailto:a@example.com)",
  "`[a](nowhere.md)`",
  "```\n[a](nowhere.md)\n```",
])("passes %s", (text) => {
  expect(markdownLinks(treeOf({ ...others, "docs/page.md": `# Here\n\n${text}` }))).toEqual([]);
});

it.each([
  "[a](nowhere.md)",
  "[a](src/a/b.ts)",
  "[a](/docs/kinesis.md)",
  "[a](kinesis.md#nowhere)",
  "[a](#nowhere)",
  "![a](nowhere.png)",
  "[a]: nowhere.md",
  '<img src="nowhere.png">',
  "```\ncode\n```\n[a](nowhere.md)",
])("finds %s", (text) => {
  const line = text.split("\n").length;
  const findings = markdownLinks(treeOf({ ...others, "docs/page.md": text }));
  expect(findings).toMatchObject([{ path: "docs/page.md", line, rule: "link" }]);
});

it("asks each kernel and each service for a README", () => {
  const src = "packages/millrace/src";
  const tree = treeOf({
    [`${src}/kernels/log/index.ts`]: "",
    [`${src}/kernels/objects/index.ts`]: "",
    [`${src}/kernels/objects/README.md`]: "",
    [`${src}/services/kinesis/operations/put-record.ts`]: "",
    [`${src}/core/a.ts`]: "",
  });
  expect(readmes(tree).map((finding) => finding.path)).toEqual([
    `${src}/kernels/log/README.md`,
    `${src}/services/kinesis/README.md`,
  ]);
});
