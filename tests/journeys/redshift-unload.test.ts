import { CreateKeyCommand, KMSClient } from "@aws-sdk/client-kms";
import { CreateBucketCommand, PutObjectCommand, type S3Client } from "@aws-sdk/client-s3";
import { Client } from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { objectsOf } from "../fixtures/firehose-client.ts";
import { MillraceProcess } from "../fixtures/millrace-process.ts";
import { s3Client } from "../fixtures/s3-client.ts";

const role = "iam_role 'arn:aws:iam::000000000000:role/warehouse'";

let millrace: MillraceProcess;
let s3: S3Client;
let client: Client;
const notices: string[] = [];

beforeAll(async () => {
  millrace = await MillraceProcess.start();
  s3 = s3Client(millrace.url);
  await s3.send(new CreateBucketCommand({ Bucket: "lake" }));
  client = new Client({
    ...{ host: "127.0.0.1", port: millrace.sqlPort, user: "awsuser", password: "x", database: "dev" },
  });
  client.on("notice", (notice) => notices.push(notice.message ?? ""));
  await client.connect();
});
afterAll(async () => {
  await client?.end();
  s3?.destroy();
  await millrace?.dispose();
});

async function rows(text: string): Promise<unknown[][]> {
  return (await client.query({ text, rowMode: "array" })).rows;
}

async function failure(text: string): Promise<string> {
  try {
    await client.query(text);
    return "no error";
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

const types = `i2 smallint, i4 int, i8 bigint, n numeric(38,10), r real, d double precision, b boolean, c char(5),
  v varchar(200), da date, ts timestamp, tz timestamptz, t time, s super`;

/** Rows that are hard to write: extremes, NULLs, blanks, separators, quotes, line breaks, other scripts. */
const values = [
  `-32768, -2147483648, -9223372036854775808, -9999999999999999999999999999.9999999999, -1.5, -1.25e300, true, 'a',
   'tab\\tpipe|comma,quote"back\\\\slash', '0001-01-01', '2024-02-29 23:59:59.999999', '2024-07-01 12:00:00+02',
   '23:59:59.000001', json_parse('{"k": [1, null, "x|y"], "o": {"p": true}}')`,
  `32767, 2147483647, 9223372036854775807, 0.0000000001, 3.25, 0.1, false, 'abcde', 'zwei\\nZeilen',
   '9999-12-31', '1969-12-31 00:00:00', '2000-01-01 00:00:00+00', '00:00:00', json_parse('[]')`,
  `0, 0, 0, 0, 0, 0, true, 'x', 'schön 日本 🚀 ''', '1970-01-01', '1970-01-01 00:00:00', '1970-01-01 00:00:00+00',
   '12:00:00', json_parse('"text"')`,
];

describe("UNLOAD and COPY are each other's reverse", () => {
  beforeAll(async () => {
    await rows(`create table all_types (${types}) diststyle even`);
    for (const value of values) await rows(`insert into all_types values (${value})`);
    await rows("insert into all_types (i4) values (7)");
  });

  it.each([
    ["escape null as '\\\\N'", "escape null as '\\\\N'"],
    ["csv null as '@NULL@'", "csv null as '@NULL@'"],
    [
      "csv header delimiter '|' zstd null as '@NULL@'",
      "csv ignoreheader 1 delimiter '|' zstd null as '@NULL@'",
    ],
    ["json", "json 'auto'"],
    ["json gzip", "json 'auto' gzip"],
    ["parquet", "parquet serializetojson"],
  ])("%s", async (unloaded, copied) => {
    const prefix = `s3://lake/round/${unloaded.replaceAll(/\W/g, "")}/`;
    await rows(`unload ('select * from all_types') to '${prefix}' ${role} ${unloaded} manifest verbose`);
    expect(notices.at(-1)).toBe("UNLOAD completed, 4 record(s) unloaded successfully.");
    await rows("drop table if exists back");
    await rows(`create table back (${types})`);
    await rows(`copy back from '${prefix}manifest' ${role} ${copied} manifest`);
    // SUPER has a null of its own: AWS unloads NULL as JSON's null.
    const query = (table: string): string =>
      `select i2, i4, i8, n::varchar, r, d, b, c, v, da::varchar, ts::varchar, tz::varchar, t::varchar, coalesce(json_serialize(s), 'null')
       from ${table} order by i4`;
    expect(await rows(query("back"))).toEqual(await rows(query("all_types")));
  });
});

it("quoted fields come back, too", async () => {
  await rows("create table quoted (n int, v varchar(40))");
  await rows(`insert into quoted values (1, 'say "x"|y'), (2, 'it''s'), (3, 'back\\\\slash'), (4, '')`);
  await rows(`unload ('select * from quoted') to 's3://lake/quoted/' ${role} addquotes escape gzip`);
  await rows("create table quoted_back (like quoted)");
  await rows(`copy quoted_back from 's3://lake/quoted/' ${role} removequotes escape gzip`);
  const query = (table: string): string => `select * from ${table} order by n`;
  expect(await rows(query("quoted_back"))).toEqual(await rows(query("quoted")));
});

describe("UNLOAD through S3", () => {
  it("writes all rows of a large table, a file for each slice", async () => {
    await rows("create table big (n int, word varchar(40)) diststyle key distkey (n)");
    await rows("insert into big values (0, md5('0'))");
    for (let doubled = 0; doubled < 18; doubled++)
      await rows("insert into big select n + (select max(n) + 1 from big), md5(n::varchar) from big");
    await rows(`unload ('select * from big') to 's3://lake/big/' ${role} csv`);
    const files = await objectsOf(s3, "lake", "big/");
    expect(files.map(({ key }) => key)).toEqual([0, 1, 2, 3].map((slice) => `big/000${slice}_part_00`));
    const lines = files.flatMap(({ bytes }) => bytes.toString().trimEnd().split("\n"));
    expect(lines).toHaveLength(262_144);
    expect(new Set(lines.map((line) => line.split(",")[0])).size).toBe(262_144);
    const [[skew] = []] = await rows(
      "select count(distinct slice) from stl_unload_log where query = pg_last_unload_id()",
    );
    expect(Number(skew)).toBe(4);
  });

  it("encrypts under the key that it is told", async () => {
    const kms = new KMSClient({
      endpoint: millrace.url,
      region: "us-east-1",
      credentials: { accessKeyId: "test", secretAccessKey: "test" },
    });
    const { KeyMetadata } = await kms.send(new CreateKeyCommand({}));
    kms.destroy();
    await rows(
      `unload ('select 1') to 's3://lake/secret/' ${role} kms_key_id '${KeyMetadata?.KeyId}' encrypted manifest parallel off`,
    );
    const files = await objectsOf(s3, "lake", "secret/");
    expect(files.map(({ key, encryption }) => [key, encryption])).toEqual([
      ["secret/000", "aws:kms"],
      ["secret/manifest", "aws:kms"],
    ]);
    await rows("create table opened (n int)");
    await rows(`copy opened from 's3://lake/secret/manifest' ${role} manifest`);
    expect(await rows("select n from opened")).toEqual([[1]]);
  });

  it("partitions are those of an external table", async () => {
    await rows(
      `unload ('select n, word, n % 3 as part from big where n < 300') to 's3://lake/parts/' ${role} parquet partition by (part)`,
    );
    await rows(
      `create external schema lake from data catalog database 'lake' ${role} create external database if not exists`,
    );
    await rows(
      "create external table lake.parts (n int, word varchar(40)) partitioned by (part int) stored as parquet location 's3://lake/parts/'",
    );
    for (const part of [0, 1, 2])
      await rows(
        `alter table lake.parts add partition (part=${part}) location 's3://lake/parts/part=${part}/'`,
      );
    expect(await rows("select part, count(*), sum(n) from lake.parts group by 1 order by 1")).toEqual([
      [0, "100", "14850"],
      [1, "100", "14950"],
      [2, "100", "15050"],
    ]);
  });

  it("all files are of one moment, and a block sees its own rows", async () => {
    await rows("begin; insert into big values (-1, 'mine')");
    const result = await client.query(
      `unload ('select * from big where n < 0') to 's3://lake/own/' ${role} parallel off`,
    );
    expect(result.command).toBe("UNLOAD");
    await rows("rollback");
    const [file] = await objectsOf(s3, "lake", "own/");
    expect(file?.bytes.toString()).toBe("-1|mine\n");
  });

  it("refuses what lies in the way, buckets that are not there, and queries with a limit", async () => {
    await s3.send(new PutObjectCommand({ Bucket: "lake", Key: "taken/x", Body: "x" }));
    const unload = (query: string, place: string): Promise<string> =>
      failure(`unload ('${query}') to '${place}' ${role}`);
    expect(await unload("select 1", "s3://lake/taken/")).toContain(
      "Specified unload destination on S3 is not empty",
    );
    expect(await unload("select 1", "s3://no-such-bucket/x/")).toContain("NoSuchBucket");
    expect(await unload("select * from big limit 1", "s3://lake/limit/")).toContain(
      "Limit clause is not supported",
    );
    expect(await unload("select 1 / (n - 200000) from big", "s3://lake/failed/")).toContain("ivi");
    expect(await objectsOf(s3, "lake", "failed/")).toEqual([]);
  });

  it("a statement that is cancelled leaves nothing", async () => {
    const running = failure(
      `unload ('select a.word from big a, big b') to 's3://lake/cancelled/' ${role} manifest`,
    );
    const other = new Client({
      ...{ host: "127.0.0.1", port: millrace.sqlPort, user: "awsuser", password: "x", database: "dev" },
    });
    await other.connect();
    const [[pid] = []] = await pidOfUnload(other);
    await other.query(`select pg_cancel_backend(${pid})`);
    expect(await running).toContain("cancelled");
    expect(await objectsOf(s3, "lake", "cancelled/")).toEqual([]);
    await other.end();
  });
});

async function pidOfUnload(other: Client): Promise<unknown[][]> {
  const text =
    "select pid from stv_recents where status = 'Running' and query like '%cancelled%' and pid <> pg_backend_pid()";
  for (;;) {
    const { rows: found } = await other.query({ text, rowMode: "array" });
    if (found.length > 0) return found;
  }
}
