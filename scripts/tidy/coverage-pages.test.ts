import { expect, it } from "vitest";
import { coveragePages, freshPage } from "./coverage-pages.ts";
import { type Tree, treeOf } from "./tree.ts";

const service = "packages/millrace/src/services/kinesis";
const model = { operations: { PutRecord: {}, GetRecords: {}, ListShards: {}, SplitShard: {} } };
const table = `export const operations = {
  GetRecords: { run: getRecords, resources }, // coverage: at most 10 MiB | a call
  // coverage: an old note
  // coverage: pages of 1,000
  ListShards: {
    run: listShards,
    resources,
  },
  PutRecord: { run: putRecord, resources },
} as const;`;

function treeWith(changes: Readonly<Record<string, string>> = {}): Tree {
  return treeOf({
    "packages/millrace/src/gateway/facts/kinesis.json": JSON.stringify(model),
    "docs/kinesis.md": "# Kinesis\n\n<!-- coverage:start -->\nold\n<!-- coverage:end -->\n\nEnd.\n",
    [`${service}/operations.ts`]: table,
    [`${service}/operations/get-records.ts`]:
      "export function getRecords(a) { check(a); throw new Error(); }",
    [`${service}/operations/list-shards.ts`]: "export function listShards(a) { return a; }",
    [`${service}/operations/put-record.ts`]:
      'export async function putRecord() { throw new ServiceError("NotImplemented"); }',
    ...changes,
  });
}

const fresh = `# Kinesis

<!-- coverage:start -->

2 of 4 operations. The others answer 501 \`NotImplemented\`.

| Operation | State | Notes |
|---|---|---|
| GetRecords | yes | at most 10 MiB \\| a call |
| ListShards | yes | pages of 1,000 |
| PutRecord | not yet: 501 | |
| SplitShard | not yet: 501 | |

<!-- coverage:end -->

End.
`;

it("writes a row for each operation of the model; a scaffold that only throws is not yet there", () => {
  expect(freshPage(treeWith(), "kinesis")).toEqual({ text: fresh });
});

it("finds a table that is out of date and passes a fresh one", () => {
  expect(coveragePages(treeWith())).toMatchObject([
    { path: "docs/kinesis.md", message: expect.stringContaining("npm run coverage") },
  ]);
  expect(coveragePages(treeWith({ "docs/kinesis.md": fresh }))).toEqual([]);
});

it("says what is missing: marks, page or model", () => {
  expect(coveragePages(treeWith({ "docs/kinesis.md": "# Kinesis" }))).toMatchObject([
    { message: expect.stringContaining("<!-- coverage:start -->") },
  ]);
  const bare = treeOf({ [`${service}/operations.ts`]: table });
  expect(coveragePages(bare)).toMatchObject([{ message: expect.stringContaining("write docs/kinesis.md") }]);
  const withoutModel = treeOf({ [`${service}/operations.ts`]: table, "docs/kinesis.md": fresh });
  expect(coveragePages(withoutModel)).toMatchObject([{ message: expect.stringContaining("npm run facts") }]);
});

it("refuses a model without operations", () => {
  const broken = treeWith({ "packages/millrace/src/gateway/facts/kinesis.json": "[]" });
  expect(() => freshPage(broken, "kinesis")).toThrow(/no map of operations/);
});
