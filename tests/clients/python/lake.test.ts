import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { MillraceProcess } from "../../fixtures/millrace-process.ts";
import { mustRun } from "../../fixtures/run-command.ts";
import { virtualEnvironment } from "./virtual-environment.ts";

let millrace: MillraceProcess;
let python: string;

beforeAll(async () => {
  ({ python } = await virtualEnvironment("lake-requirements.txt"));
  millrace = await MillraceProcess.start();
});
afterAll(() => millrace.dispose());

const columns = { id: "bigint", name: "string", at: "date", price: "double", day: "bigint", city: "string" };

it("awswrangler and PyIceberg keep a data lake in S3 and the Glue catalog", async () => {
  const script = join(import.meta.dirname, "lake.py");
  // awswrangler makes clients of its own, which find everything in the environment.
  const environment = [
    `AWS_ENDPOINT_URL=${millrace.url}`,
    "AWS_ACCESS_KEY_ID=test",
    "AWS_SECRET_ACCESS_KEY=test",
    "AWS_DEFAULT_REGION=us-east-1",
  ];
  const printed = await mustRun(["env", "-u", "AWS_CA_BUNDLE", ...environment, python, script, millrace.url]);
  expect(JSON.parse(printed)).toEqual({
    wrangler: {
      rows: [200, 200],
      types: columns,
      comment: "its number",
      partitions: 20,
      selected: [
        ["3", "O'Neil"],
        ["4", "O'Neil"],
      ],
      "one partition": [10, [2]],
      evolved: [240, 280, true],
      "overwritten partitions": 1000,
      overwritten: [60, true],
      parameter: "it's me",
      csv: [["0"], ["1"], ["2"], ["3"], ["4"]],
      "from files": [{ day: "string", city: "string" }, 20],
      many: [250, [["249"]]],
      none: 0,
      tables: ["again", "many", "plain", "sales"],
      contains: ["sales"],
      deleted: [true, false, false],
    },
    iceberg: {
      twice: true,
      rows: [6, ["id", "name", "more"]],
      properties: { purpose: "test", location: "s3://lake/ice" },
      tables: [["ice", "u"]],
      "not empty": true,
      gone: true,
    },
  });
});
