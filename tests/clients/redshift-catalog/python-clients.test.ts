import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { MillraceProcess } from "../../fixtures/millrace-process.ts";
import { mustRun } from "../../fixtures/run-command.ts";
import { virtualEnvironment } from "../python/virtual-environment.ts";
import { makeObjects } from "./psql.ts";

let millrace: MillraceProcess;
let python: string;

beforeAll(async () => {
  ({ python } = await virtualEnvironment("../redshift-catalog/requirements.txt"));
  millrace = await MillraceProcess.start();
  await makeObjects(millrace.sqlPort);
});
afterAll(() => millrace.dispose());

it("AWS's Python driver finds schemas, tables, columns and keys by SHOW commands", async () => {
  const script = join(import.meta.dirname, "redshift-connector.py");
  const printed = await mustRun([python, script, String(millrace.sqlPort)]);
  expect(JSON.parse(printed)).toEqual({
    catalogs: [["dev"]],
    schemas: [["pg_catalog"], ["information_schema"], ["public"], ["sales"]],
    "schemas like": [["sales"]],
    tables: [
      ["orders", "TABLE", "REGULAR TABLE"],
      ["rich", "VIEW", "REGULAR VIEW"],
      ["late", "VIEW", "LATE BINDING VIEW"],
    ],
    views: [["rich"], ["late"]],
    columns: [
      ["id", "int4", 10, "NO", "YES", 1, 1],
      ["name", "varchar", 30, "YES", "NO", null, null],
      ["country", "char", 2, "YES", "NO", 2, null],
    ],
    "columns of a late-binding view": [
      ["id", "int8"],
      ["user_id", "int4"],
      ["amount", "numeric"],
      ["at", "timestamp"],
    ],
    "primary key": [["id", 1, "users_pkey"]],
    "imported keys": [["users", "id", "orders", "user_id", 3, 7]],
    "exported keys": [["orders", "user_id"]],
    functions: [["plus_one", "plus_one(integer)"]],
    procedures: [],
  });
});

it("SQLAlchemy reflects tables, views and keys", async () => {
  const script = join(import.meta.dirname, "reflection.py");
  const printed = await mustRun([python, script, String(millrace.sqlPort)]);
  expect(JSON.parse(printed)).toEqual({
    schemas: ["information_schema", "public", "sales"],
    tables: ["users"],
    views: ["late", "rich"],
    columns: [
      ["id", "INTEGER", false, {}],
      ["name", "VARCHAR(30)", true, { encode: "lzo" }],
      ["country", "CHAR(2)", true, {}],
    ],
    "columns of a late-binding view": ["amount", "at", "id", "user_id"],
    "primary key": { constrained_columns: ["id"], name: "users_pkey" },
    "foreign keys": [[["user_id"], "sales", "users", ["id"]]],
    definition: expect.stringMatching(/^select name from sales\.users where country/i),
    options: {
      redshift_diststyle: "KEY",
      redshift_distkey: "id",
      redshift_sortkey: ["id", "country"],
      redshift_interleaved_sortkey: null,
    },
    there: [true, false],
  });
});
