import { readdirSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as after } from "node:timers/promises";
import { gzipSync } from "node:zlib";
import { CreateKeyCommand, KMSClient } from "@aws-sdk/client-kms";
import {
  CreateBucketCommand,
  PutObjectCommand,
  type PutObjectCommandInput,
  type S3Client,
} from "@aws-sdk/client-s3";
import pg from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { MillraceProcess } from "../fixtures/millrace-process.ts";
import { s3Client } from "../fixtures/s3-client.ts";

const role = "iam_role 'arn:aws:iam::000000000000:role/load'";

let millrace: MillraceProcess;
let s3: S3Client;
let client: pg.Client;
const notices: string[] = [];

const connect = async (): Promise<pg.Client> => {
  const made = new pg.Client({ host: "127.0.0.1", port: millrace.sqlPort, user: "awsuser", database: "dev" });
  made.on("error", () => undefined);
  await made.connect();
  return made;
};

beforeAll(async () => {
  millrace = await MillraceProcess.start();
  s3 = s3Client(millrace.url);
  await s3.send(new CreateBucketCommand({ Bucket: "files" }));
  client = await connect();
  client.on("notice", ({ message }) => void notices.push(message ?? ""));
});
afterAll(async () => {
  await client?.end();
  s3?.destroy();
  await millrace?.dispose();
});

async function put(
  key: string,
  Body: string | Buffer,
  more: Partial<PutObjectCommandInput> = {},
): Promise<void> {
  await s3.send(new PutObjectCommand({ Bucket: "files", Key: key, Body, ...more }));
}

async function rows(sql: string): Promise<readonly unknown[][]> {
  return (await client.query<unknown[]>({ text: sql, rowMode: "array" })).rows;
}

describe("a client of PostgreSQL", () => {
  it("loads, is told how much, and finds in the system tables why not", async () => {
    await client.query("create table sales(id int, item varchar(20), price numeric(8,2), day date)");
    await put("sales/1.csv", 'id,item,price,day\n1,pen,1.50,2024-01-01\n2,"ink, blue",3,2024-01-02\n');
    await put("sales/2.csv", "id,item,price,day\n3,cap,0.99,2024-01-03\n");
    const answer = await client.query(`copy sales from 's3://files/sales/' ${role} csv ignoreheader 1`);
    expect(answer.command).toBe("COPY");
    expect(notices.at(-1)).toBe("Load into table 'sales' completed, 3 record(s) loaded successfully.");
    expect(await rows("select id, item, price::varchar from sales order by id")).toEqual([
      [1, "pen", "1.50"],
      [2, "ink, blue", "3.00"],
      [3, "cap", "0.99"],
    ]);
    await put("bad/1.csv", "4,cup,1,2024-01-01\n5,mug,none,2024-01-01\n");
    await expect(client.query(`copy sales from 's3://files/bad/' ${role} csv`)).rejects.toMatchObject({
      code: "XX000",
      message: "Load into table 'sales' failed.  Check 'stl_load_errors' system table for details.",
    });
    expect(
      await rows(
        "select trim(filename), line_number::int, trim(colname), err_code, trim(err_reason), trim(raw_field_value) from stl_load_errors order by starttime desc limit 1",
      ),
    ).toEqual([
      ["s3://files/bad/1.csv", 2, "price", 1207, "Invalid digit, Value 'n', Pos 0, Type: Decimal", "none"],
    ]);
    expect(await rows("select count(*)::int from sales")).toEqual([[3]]);
  });

  it("reads what S3 encrypts, and what a client compressed", async () => {
    const kms = new KMSClient({
      endpoint: millrace.url,
      region: "us-east-1",
      credentials: { accessKeyId: "t", secretAccessKey: "t" },
    });
    const { KeyMetadata } = await kms.send(new CreateKeyCommand({}));
    kms.destroy();
    await client.query("create table secret(a int, b varchar(20))");
    const encrypted = { ServerSideEncryption: "aws:kms", SSEKMSKeyId: KeyMetadata?.KeyId } as const;
    await put("secret/1.gz", gzipSync("1|one\n2|two\n"), encrypted);
    await put("secret/2.gz", gzipSync("3|three\n"), { ServerSideEncryption: "AES256" });
    await client.query(`copy secret from 's3://files/secret/' ${role} gzip`);
    expect(await rows("select * from secret order by a")).toEqual([
      [1, "one"],
      [2, "two"],
      [3, "three"],
    ]);
  });

  it("gives S3's errors", async () => {
    const refused = async (sql: string): Promise<string> =>
      client.query(sql).then(
        () => "",
        (error: Error) => error.message,
      );
    expect(await refused(`copy sales from 's3://files/nothing' ${role}`)).toBe(
      "The specified S3 prefix 'nothing' does not exist",
    );
    expect(await refused(`copy sales from 's3://nowhere/x' ${role}`)).toMatch(
      /^S3ServiceException:.*Status 404,Error NoSuchBucket/,
    );
  });

  it("ends a COPY that runs, which leaves nothing", async () => {
    await client.query("create table long(a int, b varchar(100))");
    const line = (index: number): string => `${index},"${"x".repeat(index % 90)}"\n`;
    const body = Array.from({ length: 300_000 }, (_, index) => line(index)).join("");
    for (let part = 0; part < 3; part++) await put(`long/${part}`, body);
    // The first has an error in its last line, so that both readers are at work.
    await put("long/0", `${body}x,x\n`);
    let cancelled = 0;
    for (const waitMs of [5, 50, 150, 400, 800]) {
      const other = await connect();
      const canceller = await connect();
      const { rows: found } = await other.query<{ pid: number }>("select pg_backend_pid() as pid");
      const load = other.query(`copy long from 's3://files/long/' ${role} csv maxerror 5`).then(
        () => "loaded",
        (error: { readonly code?: string }) => error.code ?? "",
      );
      await after(waitMs);
      await canceller.query(`select pg_cancel_backend(${found[0]?.pid ?? 0})`);
      const outcome = await load;
      expect(["loaded", "57014"]).toContain(outcome);
      if (outcome === "57014") {
        cancelled++;
        expect(await rows("select count(*)::int from long")).toEqual([[0]]);
      }
      expect((await other.query("select 1 as one")).rows).toEqual([{ one: 1 }]);
      await other.end();
      await canceller.end();
      await client.query("truncate long");
    }
    expect(cancelled).toBeGreaterThan(0);
    const temporary = readdirSync(join(millrace.dataFolder, "warehouse", "temporary"), {
      recursive: true,
      encoding: "utf8",
    });
    expect(temporary.filter((name) => /copy-\d+/.test(name))).toEqual([]);
  });
});

describe("what UNLOAD writes, COPY reads", () => {
  const columns =
    "a bigint, b varchar(60), c char(5), d numeric(12,3), e date, f timestamp, g boolean, h double precision, i super";
  const values = [
    "(1, 'plain', 'ab', 1.5, '2024-01-01', '2024-01-01 10:11:12.345', true, 2.5, json_parse('{\"x\": [1, \"y\"]}'))",
    "(-9223372036854775808, 'pipe | quote \" comma , back\\\\slash', '', -0.001, '0001-01-01', '1999-12-31 23:59:59', false, -1e-7, null)",
    "(null, null, null, null, null, null, null, null, null)",
    "(3, 'line\nbreak', 'abcde', 999999999.999, '9999-12-31', '2024-01-01', true, 0, json_parse('[]'))",
    "(4, 'Grüße €', 'x', 0, '2024-02-29', '2024-02-29 00:00:00.000001', false, 1e300, json_parse('\"s\"'))",
  ];
  const ask =
    "select a::varchar, b, c, d::varchar, e::varchar, f::varchar, g::int, h::varchar, nullif(json_serialize(i), 'null') from ";

  it.each([
    ["delimiter '|' escape null as '\\\\N'", "delimiter '|' escape null as '\\\\N'"],
    ["csv null as '@'", "csv null as '@'"],
    ["csv gzip null as '@'", "csv gzip null as '@'"],
    ["csv zstd null as '@' parallel off", "csv zstd null as '@'"],
    ["json", "json 'auto'"],
    ["parquet", "format parquet serializetojson"],
  ])("%s", async (unload, copy) => {
    await client.query(`drop table if exists source; create table source(${columns})`);
    await client.query(
      `insert into source select * from (select 1::bigint as a, ''::varchar(60) as b, ''::char(5) as c, 1::numeric(12,3) as d, date '2024-01-01' as e, timestamp '2024-01-01' as f, true as g, 1::double precision as h, json_parse('1') as i) where a = 0`,
    );
    for (const row of values) await client.query(`insert into source values ${row}`);
    await client.query(`drop table if exists target; create table target(${columns})`);
    const folder = `s3://files/unloaded-${unload.replace(/\W+/g, "-")}/`;
    await client.query(`unload ('select * from source') to '${folder}' ${role} ${unload} allowoverwrite`);
    await client.query(`copy target from '${folder}' ${role} ${copy}`);
    const sorted = async (table: string): Promise<readonly string[]> =>
      (await rows(`${ask} ${table}`)).map((row) => JSON.stringify(row)).sort();
    expect(await sorted("target")).toEqual(await sorted("source"));
  });
});
