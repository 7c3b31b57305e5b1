import { DuckDBInstance } from "@duckdb/node-api";
import { afterAll, beforeAll, expect, it } from "vitest";
import { SqlError } from "../sql-error.ts";
import { engineError } from "./engine-errors.ts";

let instance: DuckDBInstance;
beforeAll(async () => {
  instance = await DuckDBInstance.create(":memory:");
});
afterAll(() => instance.closeSync());

async function failure(...statements: readonly string[]): Promise<readonly [string, string]> {
  const connection = await instance.connect();
  try {
    for (const sql of statements) await connection.run(sql);
  } catch (error) {
    const { sqlState, message } = engineError(error);
    return [sqlState, message];
  } finally {
    connection.closeSync();
  }
  return ["00000", ""];
}

it.each([
  ["SELECT 2147483647::INTEGER + 1::INTEGER", "22003", "Value out of range for 4 bytes."],
  ["SELECT CAST(70000 AS SMALLINT)", "22003", "Value out of range for 2 bytes."],
  ["SELECT CAST(1e30::DOUBLE AS BIGINT)", "22003", "Value out of range for 8 bytes."],
  ["SELECT CAST(1e30::DOUBLE AS INTEGER)", "22003", "Value out of range for 4 bytes."],
  ["SELECT CAST(123456 AS DECIMAL(5,2))", "22003", "Numeric data overflow (result precision)"],
  ["SELECT CAST(12345.5::DOUBLE AS DECIMAL(5,2))", "22003", "Numeric data overflow (result precision)"],
  ["SELECT CAST(1234.5::DECIMAL(8,2) AS DECIMAL(5,2))", "22003", "Numeric data overflow (result precision)"],
  [
    "SELECT 999999999999999999::DECIMAL(18,0) + 1::DECIMAL(18,0)",
    "22003",
    "Numeric data overflow (result precision)",
  ],
  [
    "SELECT 99999999999.99::DECIMAL(18,2) * 99999999999.99::DECIMAL(18,2)",
    "22003",
    "Numeric data overflow (result precision)",
  ],
  [
    "SELECT CAST(sum(x) AS BIGINT) FROM (VALUES (9223372036854775807), (1)) t(x)",
    "22003",
    "Value out of range for 8 bytes.",
  ],
  ["SELECT CAST('x' AS INTEGER)", "22P02", 'invalid input syntax for integer: "x"'],
  ["SELECT CAST('x' AS DOUBLE)", "22P02", 'invalid input syntax for type double precision: "x"'],
  ["SELECT CAST('2024-02-30' AS DATE)", "22008", 'date/time field value out of range: "2024-02-30"'],
  ["SELECT CAST('x' AS DATE)", "22007", 'invalid input syntax for type date: "x"'],
  ["SELECT CAST('x' AS TIMESTAMP)", "22007", 'invalid input syntax for type timestamp: "x"'],
  ["SELECT error('millrace:22012:division by zero')", "22012", "division by zero"],
  [
    "SELECT (SELECT i FROM range(2) t(i))",
    "21000",
    "more than one row returned by a subquery used as an expression",
  ],
] as const)("%s", async (sql, sqlState, message) => {
  expect(await failure(sql)).toEqual([sqlState, message]);
});

it("knows broken constraints", async () => {
  await failure("CREATE TABLE t (a INTEGER NOT NULL, b INTEGER CHECK (b > 0), PRIMARY KEY (a))");
  expect(await failure("INSERT INTO t VALUES (NULL, 1)")).toEqual([
    "23502",
    "Cannot insert a NULL value into column a",
  ]);
  expect((await failure("INSERT INTO t VALUES (1, 0)"))[0]).toBe("23514");
  expect((await failure("INSERT INTO t VALUES (1, 1), (1, 2)"))[0]).toBe("23505");
});

it("knows two writers of one row, and what comes behind a failure", async () => {
  await failure("CREATE TABLE w (a INTEGER)", "INSERT INTO w VALUES (1)");
  const other = await instance.connect();
  await other.run("BEGIN");
  await other.run("UPDATE w SET a = 2");
  expect((await failure("UPDATE w SET a = 3"))[0]).toBe("40001");
  await other.run("ROLLBACK");
  other.closeSync();
  const connection = await instance.connect();
  await connection.run("BEGIN");
  await expect(connection.run("SELECT CAST('x' AS INTEGER)")).rejects.toThrow();
  const error = await connection.run("SELECT 1").catch((caught: unknown) => engineError(caught));
  expect(error instanceof SqlError && error.sqlState).toBe("25P02");
  connection.closeSync();
});

it("knows an interrupt and a lack of memory", () => {
  expect(engineError(new Error("INTERRUPT Error: Interrupted!")).sqlState).toBe("57014");
  const memory = "Out of Memory Error: could not allocate block of size 256.0 KiB (1.0 GiB/1.0 GiB used)";
  expect(engineError(new Error(memory)).sqlState).toBe("53200");
});

it("passes on what is no engine's, and says what it does not know", () => {
  const own = new SqlError("42703", "x");
  expect(engineError(own)).toBe(own);
  expect(engineError(new Error("Internal Error: odd\nstack"))).toMatchObject({
    sqlState: "XX000",
    message: "Internal Error: odd",
  });
});
