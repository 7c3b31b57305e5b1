import { expect, it } from "vitest";
import { operations } from "./operations.ts";
import { treeOf } from "./tree.ts";

const service = "packages/millrace/src/services/kinesis";

/** A service with one operation in order, changed by `changes`; undefined takes a file away. */
function findings(changes: Readonly<Record<string, string | undefined>>): readonly string[] {
  const texts: Record<string, string> = {
    [`${service}/operations.ts`]:
      "export const operations = {\n  PutRecord: { run: putRecord, resources: r },\n} as const;",
    [`${service}/operations/put-record.ts`]:
      "export interface Extra {}\nexport async function putRecord() {}",
    [`${service}/operations/put-record.test.ts`]: "",
  };
  for (const [path, text] of Object.entries(changes)) {
    if (text === undefined) delete texts[`${service}/${path}`];
    else texts[`${service}/${path}`] = text;
  }
  return operations(treeOf(texts)).map(
    ({ path, message }) => `${path.slice(service.length + 1)}: ${message}`,
  );
}

it("passes an operation with its test and its line", () => {
  expect(findings({})).toEqual([]);
});

it("finds an operation without a test", () => {
  expect(findings({ "operations/put-record.test.ts": undefined })).toEqual([
    expect.stringMatching(/^operations\/put-record.ts: no test beside it: write .*put-record\.test\.ts$/),
  ]);
});

it("finds a test without its operation", () => {
  expect(findings({ "operations/get-records.test.ts": "" })).toEqual([
    expect.stringMatching(/^operations\/get-records.test.ts: tests .*get-records\.ts, which is not there/),
  ]);
});

it("finds a file that has no line in the table", () => {
  const changes = { "operations/split.ts": "export function split() {}", "operations/split.test.ts": "" };
  expect(findings(changes)).toEqual([
    expect.stringMatching(/^operations\/split.ts: no line in .*operations\.ts/),
  ]);
});

it("finds a line that has no file, and names the command that writes it", () => {
  const table = "export const operations = Object.freeze({ GetRecords: {}, PutRecord: {} });";
  expect(findings({ "operations.ts": table })).toEqual([
    expect.stringMatching(
      /^operations.ts: GetRecords has no file .*npm run new-operation kinesis GetRecords/,
    ),
  ]);
});

it("finds a table out of order", () => {
  const changes = {
    "operations.ts":
      "export const operations = {\n  PutRecord: {},\n  GetRecords: {},\n} as const satisfies Table;",
    "operations/get-records.ts": "export const getRecords = 1;",
    "operations/get-records.test.ts": "",
  };
  expect(findings(changes)).toEqual([expect.stringMatching(/GetRecords is out of order/)]);
});

it.each([
  ["two functions", "export function putRecord() {}\nexport function other() {}"],
  ["another name", "export function put() {}"],
  ["nothing", "function putRecord() {}"],
])("finds an operation file that exports %s", (_what, text) => {
  expect(findings({ "operations/put-record.ts": text })).toEqual([
    expect.stringMatching(/one function named after the file/),
  ]);
});

it("reads acronyms in an operation's name", () => {
  const changes = {
    "operations.ts": "export const operations = { GetCredentialsWithIAM: {}, PutRecord: {} };",
    "operations/get-credentials-with-iam.ts": "export function getCredentialsWithIAM() {}",
    "operations/get-credentials-with-iam.test.ts": "",
  };
  expect(findings(changes)).toEqual([]);
});
