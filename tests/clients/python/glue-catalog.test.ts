import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { MillraceProcess } from "../../fixtures/millrace-process.ts";
import { mustRun, runCommand } from "../../fixtures/run-command.ts";
import { type VirtualEnvironment, virtualEnvironment } from "./virtual-environment.ts";

let millrace: MillraceProcess;
let programs: VirtualEnvironment;

beforeAll(async () => {
  programs = await virtualEnvironment();
  millrace = await MillraceProcess.start();
});
afterAll(() => millrace.dispose());

const script = join(import.meta.dirname, "glue-catalog.py");
const found = {
  one: [["2024-02-03", "Köln"]],
  counts: { one: 1, range: 4, like: 2, or: 6, none: 0 },
  "same with the index": true,
  index: ["city", "day"],
  all: 1200,
  "small pages": 300,
  segments: 1200,
  versions: [["1", "0"], "ConcurrentModificationException"],
  search: ["orders"],
  refusals: [
    ["EntityNotFoundException", "Table none not found."],
    ["AlreadyExistsException", "Database already exists."],
    ["InvalidInputException", "Unknown column 'month'"],
    ["InvalidInputException", "soon is not a date."],
    ["EntityNotFoundException", "Cannot find partition."],
  ],
  deleted: [
    {
      TableName: "none",
      ErrorDetail: { ErrorCode: "EntityNotFoundException", ErrorMessage: "Table none not found." },
    },
  ],
  databases: ["shop"],
};

describe("boto3", () => {
  it("works on the data catalog unchanged", async () => {
    const printed = await mustRun([programs.python, script, millrace.url, "test", "test"]);
    expect(JSON.parse(printed)).toEqual(found);
  });

  it("does the same where signatures and policies are checked", async () => {
    const verifying = await MillraceProcess.start({ flags: { auth: "verify" } });
    const { accessKeyId: id, secretAccessKey: secret } = verifying.root;
    try {
      const printed = await mustRun([programs.python, script, verifying.url, id, secret]);
      expect(JSON.parse(printed)).toEqual(found);
    } finally {
      await verifying.dispose();
    }
  });
});

describe("the AWS CLI", () => {
  it("makes a table, adds partitions and finds them", async () => {
    await glue("create-database", "--database-input", "Name=cli");
    const input = { Name: "t", PartitionKeys: [{ Name: "n", Type: "int" }] };
    await glue("create-table", "--database-name", "cli", "--table-input", JSON.stringify(input));
    const table = ["--database-name", "cli", "--table-name", "t"] as const;
    for (const n of ["1", "2", "10"])
      await glue("create-partition", ...table, "--partition-input", `Values=${n}`);
    expect(
      await glue("get-partitions", ...table, "--expression", "n >= 2", "--query", "Partitions[].Values"),
    ).toEqual([["10"], ["2"]]);
    expect(await glue("get-tables", "--database-name", "cli", "--expression", "t*")).toMatchObject({
      TableList: [{ Name: "t", DatabaseName: "cli", VersionId: "0" }],
    });
    await glue("delete-table", "--database-name", "cli", "--name", "t");
    await expect(glue("get-table", "--database-name", "cli", "--name", "t")).rejects.toThrow(
      "An error occurred (EntityNotFoundException) when calling the GetTable operation: Table t not found.",
    );
  });

  it("is told by name what Millrace does not have", async () => {
    await expect(glue("get-unfiltered-table-metadata", ...unfiltered)).rejects.toThrow(
      /NotImplemented.*GetUnfilteredTableMetadata/,
    );
  });
});

const unfiltered: readonly string[] = [
  ...["--catalog-id", "000000000000", "--database-name", "cli", "--name", "t"],
  ...["--supported-permission-types", "COLUMN_PERMISSION"],
];

/** A call that must succeed, with what it printed. */
async function glue(...args: readonly string[]): Promise<unknown> {
  const { exitCode, stdout, stderr } = await runCommand([programs.python, "-m", "awscli", "glue", ...args], {
    environment: {
      AWS_ENDPOINT_URL: millrace.url,
      AWS_ACCESS_KEY_ID: "test",
      AWS_SECRET_ACCESS_KEY: "test",
      AWS_DEFAULT_REGION: "us-east-1",
      AWS_DEFAULT_OUTPUT: "json",
      AWS_PAGER: "",
      AWS_CONFIG_FILE: "/dev/null",
      AWS_SHARED_CREDENTIALS_FILE: "/dev/null",
    },
  });
  if (exitCode !== 0) throw new Error(`aws glue ${args.join(" ")} ended with ${exitCode}: ${stderr}`);
  return stdout.trim() === "" ? {} : JSON.parse(stdout);
}
