import { readFileSync } from "node:fs";
import { rm } from "node:fs/promises";
import { join } from "node:path";
import { CreateBucketCommand, PutObjectCommand } from "@aws-sdk/client-s3";
import { DuckDBInstance } from "@duckdb/node-api";
import pg from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Generated, generate, tableNames } from "../../bench/warehouse/generate.ts";
import { queries } from "../../bench/warehouse/queries.ts";
import { externalTables, schemaStatements } from "../../bench/warehouse/schema.ts";
import { MillraceProcess } from "../fixtures/millrace-process.ts";
import { s3Client } from "../fixtures/s3-client.ts";

const scale = 0.01;
const role = "arn:aws:iam::000000000000:role/load";

let millrace: MillraceProcess;
let made: Generated;
let client: pg.Client;
let bare: { rows(sql: string): Promise<readonly (readonly unknown[])[]>; close(): void };

beforeAll(async () => {
  millrace = await MillraceProcess.start();
  made = await generate(scale, join(millrace.dataFolder, "../", `tpch-${process.pid}`));
  const s3 = s3Client(millrace.url);
  await s3.send(new CreateBucketCommand({ Bucket: "tpch" }));
  for (const name of tableNames)
    for (const [folder, extension] of [
      [made.csvFolder, "csv"],
      [made.parquetFolder, "parquet"],
    ] as const) {
      const Body = readFileSync(join(folder, `${name}.${extension}`));
      await s3.send(
        new PutObjectCommand({ Bucket: "tpch", Key: `${extension}/${name}/1.${extension}`, Body }),
      );
    }
  client = new pg.Client({ host: "127.0.0.1", port: millrace.sqlPort, user: "awsuser", database: "dev" });
  await client.connect();
  const instance = await DuckDBInstance.create(made.database, { access_mode: "READ_ONLY" });
  const connection = await instance.connect();
  bare = {
    rows: async (sql) => (await connection.runAndReadAll(sql)).getRows(),
    close() {
      connection.closeSync();
      instance.closeSync();
    },
  };
});

afterAll(async () => {
  await client?.end();
  bare?.close();
  await millrace?.dispose();
  if (made !== undefined) await rm(join(made.csvFolder, ".."), { recursive: true, force: true });
});

type Rows = readonly (readonly unknown[])[];

/** Redshift cuts an average at its argument's scale, which is two digits here, and rounds a product of 40 digits. */
const tolerance = 0.0101;

/** Whether both have the same texts, and the same numbers as far as averages go. */
function expectSame(actual: Rows, expected: Rows): void {
  expect(actual.length).toBe(expected.length);
  for (const [at, row] of expected.entries())
    for (const [column, value] of row.entries()) {
      const [left, right] = [textOf(actual[at]?.[column]), textOf(value)];
      if (isNumber(right))
        expect(Math.abs(Number(left) - Number(right)), `${at}/${column}`).toBeLessThan(
          Math.max(tolerance, Math.abs(Number(right)) * 1e-9),
        );
      else expect(left, `${at}/${column}`).toBe(right);
    }
}

function textOf(value: unknown): string {
  return value instanceof Date ? value.toISOString().slice(0, 10) : String(value).trim();
}

function isNumber(text: string): boolean {
  return /^-?\d+(\.\d+)?(e[+-]?\d+)?$/i.test(text);
}

describe("TPC-H in the warehouse", () => {
  it("loads the tables with COPY", async () => {
    for (const statement of schemaStatements()) await client.query(statement);
    for (const name of tableNames) {
      await client.query(`copy ${name} from 's3://tpch/csv/${name}/' iam_role '${role}' csv delimiter '|'`);
      const [loaded] = (await client.query(`select count(*) as n from ${name}`)).rows;
      const [[expected] = []] = await bare.rows(`select count(*) from ${name}`);
      expect(String(loaded.n), name).toBe(String(expected));
    }
  });

  it("has external tables over Parquet", async () => {
    for (const statement of externalTables(role, "s3://tpch/parquet")) await client.query(statement);
  });

  // Dates come as the wire's texts.
  pg.types.setTypeParser(1082, (text) => text);

  it.each(queries(scale))(
    "answers $name as DuckDB alone does, from tables and from Parquet",
    async ({ sql }) => {
      const expected = await bare.rows(sql);
      await client.query("set search_path to public");
      expectSame((await client.query({ text: sql, rowMode: "array" })).rows, expected);
      await client.query("set search_path to lake");
      expectSame((await client.query({ text: sql, rowMode: "array" })).rows, expected);
    },
  );
});
