import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { MillraceProcess } from "../../fixtures/millrace-process.ts";
import { mustRun } from "../../fixtures/run-command.ts";
import { virtualEnvironment } from "../python/virtual-environment.ts";

let millrace: MillraceProcess;
let python: string;

beforeAll(async () => {
  ({ python } = await virtualEnvironment("../redshift/requirements.txt"));
  millrace = await MillraceProcess.start();
});
afterAll(() => millrace.dispose());

async function answers(script: string, ...words: readonly string[]): Promise<unknown> {
  const file = join(import.meta.dirname, script);
  return JSON.parse(await mustRun([python, "-W", "ignore", file, String(millrace.sqlPort), ...words]));
}

describe.each(["disable", "require"])("sslmode=%s", (sslMode) => {
  it("psycopg2 adapts values, inserts rows, reads by cursors, cancels", async () => {
    expect(await answers("psycopg.py", sslMode)).toEqual({
      adapted: Array.from({ length: 10 }, () => true),
      helpers: [248, 247, 16, 3],
      named_cursor: (249 * 250) / 2,
      dictionary: { i: 0, t: "z" },
      read_only: ["ReadOnlySqlTransaction", "25006", "transaction is read-only"],
      cancelled: ["QueryCanceled", "57014", "Query cancelled on user's request"],
      autocommit: "VACUUM",
      notice: 'INFO:  Table "nowhere" does not exist and will be skipped',
      status: ["UTF8", 80002, "8.0.2", "off"],
      error: ["UndefinedColumn", "42703", 'column "nothing" does not exist in made'],
      "copy from": ["SyntaxError", "42601", 'syntax error at or near "stdin"'],
      "copy to": ["SyntaxError", "42601", 'syntax error at or near "to"'],
      "after errors": [1],
    });
  });
});

it("AWS's Python driver writes and reads data frames", async () => {
  expect(await answers("dataframes.py")).toEqual({
    frames: [["id", "name", "amount", "made", "paid"], 20, "b'ö\\b", "1.25", "2024-01-02"],
    numpy_array: [
      ["1", "ann"],
      ["2", "b'ö\\b"],
    ],
    pandas_query: [59, "1768.25"],
    values: Array.from({ length: 8 }, () => true),
    types: [
      ...["1", "2", "1.5", "ab  ", "12:34:56.500000", "10:34:56+00:00", "2024-01-02 01:04:05+00:00", "00ff"],
      ...['{"a":[1]}', "12345678901234567890.12345", "<IntervalYearToMonth 14 months>"],
    ],
    many: [40, 0],
    error: ["ProgrammingError", "42703", 'column "nothing" does not exist in framed'],
    "no table": ["ProgrammingError", "42P01", 'relation "nowhere" does not exist'],
    paramstyles: ["ax", "ax", "ax", "ax"],
  });
});
