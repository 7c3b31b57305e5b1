import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { SelectObjectContentEventStream, SelectObjectContentRequest } from "@aws-sdk/client-s3";
import { DuckDBInstance } from "@duckdb/node-api";
import { beforeAll, describe, expect, it } from "vitest";
import { assert } from "../../../../core/assert.ts";
import { codeOf, TestS3 } from "../../test-s3.ts";
import { ParquetQueries } from "./parquet-queries.ts";

let file: Buffer;

beforeAll(async () => {
  file = await parquetOf(
    `SELECT i AS id, 'name ' || i AS "Name", i * 1.5::DOUBLE AS double, 0.1::FLOAT AS float,
       (i * 0.01)::DECIMAL(10, 2) AS amount, DATE '2020-01-31' + i::INT AS day,
       TIMESTAMP '2020-01-01 10:00:00.250' AS moment, [i, NULL] AS list, {'a': i, 'b': {'c': 'x'}} AS struct,
       MAP {'k': 2.5::DOUBLE} AS map, i = 1 AS flag, NULL::VARCHAR AS nothing, 9007199254740993 + i AS big
     FROM range(3) t(i)`,
  );
});

/** What DuckDB writes of a query. */
async function parquetOf(query: string): Promise<Buffer> {
  const folder = mkdtempSync(join(tmpdir(), "millrace-parquet-"));
  const instance = await DuckDBInstance.create(":memory:");
  try {
    const path = join(folder, "file.parquet");
    const connection = await instance.connect();
    await connection.run(`COPY (${query}) TO '${path}' (FORMAT parquet)`);
    connection.closeSync();
    return readFileSync(path);
  } finally {
    instance.closeSync();
    rmSync(folder, { recursive: true });
  }
}

async function open(
  s3: TestS3,
  Body: Uint8Array,
  Expression: string,
  request: Partial<SelectObjectContentRequest> = {},
  put: object = {},
  signal: AbortSignal = new AbortController().signal,
): Promise<AsyncIterable<SelectObjectContentEventStream>> {
  const Bucket = s3.objects.bucket("data")?.name ?? (await s3.bucket());
  await s3.run("PutObject", { Bucket, Key: "object", Body, ...put });
  const { Payload } = await s3.run(
    "SelectObjectContent",
    {
      Bucket,
      Key: "object",
      Expression,
      ExpressionType: "SQL",
      InputSerialization: { Parquet: {} },
      OutputSerialization: { JSON: {} },
      ...request,
    },
    { signal },
  );
  assert(Payload !== undefined, "a query has an event stream");
  return Payload;
}

async function select(...parameters: Parameters<typeof open>): Promise<string> {
  const parts: Uint8Array[] = [];
  for await (const { Records } of await open(...parameters)) parts.push(Records?.Payload ?? new Uint8Array());
  return Buffer.concat(parts).toString();
}

describe("Parquet", () => {
  it("is read with its types", async () => {
    await using s3 = await TestS3.start();
    expect(await select(s3, file, "SELECT * FROM S3Object s WHERE s.id = 1")).toBe(
      '{"id":1,"Name":"name 1","double":1.5,"float":0.1,"amount":0.01,"day":"2020-02-01",' +
        '"moment":"2020-01-01T10:00:00.250000Z","list":[1,null],"struct":{"a":1,"b":{"c":"x"}},"map":{"k":2.5},' +
        '"flag":true,"nothing":null,"big":9007199254740994}\n',
    );
    expect(
      await select(
        s3,
        file,
        "SELECT s.name, s.struct.b.c, list[0] + 1, EXTRACT(MONTH FROM s.day) FROM S3Object s " +
          "WHERE s.amount > 0.01 AND s.day < CAST('2020-03-01' AS TIMESTAMP)",
      ),
    ).toBe('{"name":"name 2","c":"x","_3":3,"_4":2}\n');
    expect(await select(s3, file, "SELECT COUNT(*), SUM(amount), MAX(_2) FROM S3Object LIMIT 1")).toBe(
      '{"_1":3,"_2":0.03,"_3":"name 2"}\n',
    );
  });

  it("is read from encrypted objects, and leaves no copy behind", async () => {
    await using s3 = await TestS3.start();
    const copies = (): string[] =>
      readdirSync(tmpdir()).filter((name) => name.startsWith("millrace-select-"));
    const before = copies();
    const put = { ServerSideEncryption: "AES256" };
    expect(await select(s3, file, "SELECT id FROM S3Object LIMIT 2", {}, put)).toBe('{"id":0}\n{"id":1}\n');
    const events = (await open(s3, file, "SELECT id FROM S3Object", {}, put))[Symbol.asyncIterator]();
    await events.next();
    if (process.platform === "linux") expect(copies()).toEqual(before);
    await events.return?.();
    expect(copies()).toEqual(before);
  });

  it("refuses what is not Parquet, and columns that are not there", async () => {
    await using s3 = await TestS3.start();
    const code = (
      body: Uint8Array,
      expression: string,
      request: Partial<SelectObjectContentRequest> = {},
    ): Promise<string> => codeOf(select(s3, body, expression, request));
    expect(await code(Buffer.from("id,name\n1,x\n"), "SELECT * FROM S3Object")).toBe("ParquetParsingError");
    expect(await code(Buffer.alloc(0), "SELECT * FROM S3Object")).toBe("ParquetParsingError");
    expect(await code(file.subarray(0, -20), "SELECT * FROM S3Object")).toBe("ParquetParsingError");
    expect(await code(file, "SELECT nobody FROM S3Object")).toBe("MissingHeaders");
    expect(await code(file, "SELECT _99 FROM S3Object")).toBe("InvalidColumnIndex");
    expect(await code(file, "SELECT * FROM S3Object[*].list[*]")).toBe("DataSourcePathUnsupported");
    expect(await code(file, "SELECT * FROM S3Object", { ScanRange: { Start: 0, End: 9 } })).toBe(
      "UnsupportedScanRangeInput",
    );
    const interval = await parquetOf("SELECT INTERVAL 1 DAY AS i");
    expect(await code(interval, "SELECT * FROM S3Object")).toBe("UnsupportedParquetType");
  });

  it("is safe from names of columns", async () => {
    await using s3 = await TestS3.start();
    const name = `"; SELECT * FROM read_text('/etc/hostname') --`;
    const body = await parquetOf(`SELECT 7 AS "${name.replaceAll('"', '""')}"`);
    expect(await select(s3, body, "SELECT * FROM S3Object")).toBe(`{${JSON.stringify(name)}:7}\n`);
    expect(await select(s3, body, `SELECT "${name.replaceAll('"', '""')}" AS v FROM S3Object`)).toBe(
      '{"v":7}\n',
    );
  });

  it("survives damage anywhere in the file", async () => {
    await using s3 = await TestS3.start();
    for (let at = 4; at < file.length; at += Math.ceil(file.length / 40)) {
      const damaged = Buffer.from(file);
      damaged[at] = (damaged[at] ?? 0) ^ 0xff;
      const outcome = await select(s3, damaged, "SELECT id, amount, list FROM S3Object").then(
        () => "answered",
        (error: { code?: string; message: string }) => error.code ?? error.message,
      );
      expect([
        "answered",
        "ParquetParsingError",
        "UnsupportedParquetType",
        "MissingHeaders",
        "OverMaxParquetBlockSize",
        "InvalidTextEncoding",
      ]).toContain(outcome);
    }
  });

  it("gives up its place when the client leaves, however far it came", async () => {
    await using s3 = await TestS3.start();
    const many = await parquetOf("SELECT i AS id, 'text' AS t FROM range(300000) t(i)");
    for (let round = 0; round < 4; round++) {
      const client = new AbortController();
      const events = await open(s3, many, "SELECT * FROM S3Object", {}, {}, client.signal);
      if (round % 2 === 0) await events[Symbol.asyncIterator]().next();
      client.abort();
    }
    expect(await select(s3, many, "SELECT COUNT(*) AS n FROM S3Object")).toBe('{"n":300000}\n');
  });
});

describe("a database for one file", () => {
  it("opens nothing but that file and changes no setting", async () => {
    const folder = mkdtempSync(join(tmpdir(), "millrace-parquet-"));
    const path = join(folder, "o'bject");
    writeFileSync(path, file);
    writeFileSync(join(folder, "other"), file);
    const session = await new ParquetQueries().open(path, new AbortController().signal);
    const run = (sql: string): Promise<string> =>
      session.connection.run(sql).then(
        () => "done",
        (error: Error) => error.message.split(":")[0] ?? "",
      );
    expect(await run(`SELECT * FROM read_parquet('${path.replaceAll("'", "''")}')`)).toBe("done");
    expect(await run(`SELECT * FROM read_parquet('${folder}/other')`)).toBe("Permission Error");
    expect(await run("SELECT * FROM read_text('/etc/hostname')")).toBe("Permission Error");
    expect(await run(`COPY (SELECT 1) TO '${folder}/new'`)).toBe("Permission Error");
    expect(await run("INSTALL httpfs")).toBe("Permission Error");
    expect(await run("ATTACH 'file.db'")).toBe("Permission Error");
    expect(await run("SET memory_limit = '1TB'")).toBe("Invalid Input Error");
    session.close();
    rmSync(folder, { recursive: true });
  });

  it("lets two in, and the others one by one", async () => {
    const queries = new ParquetQueries();
    const open = (signal: AbortSignal): ReturnType<ParquetQueries["open"]> =>
      queries.open("/nothing", signal);
    const stay = new AbortController();
    const [first, second] = [await open(stay.signal), await open(stay.signal)];
    const leaver = new AbortController();
    const gone = open(leaver.signal);
    const third = open(stay.signal);
    leaver.abort(new Error("left"));
    await expect(gone).rejects.toThrow("left");
    first.close();
    first.close();
    const fourth = open(stay.signal);
    (await third).close();
    (await fourth).close();
    second.close();
    (await open(stay.signal)).close();
  });
});
