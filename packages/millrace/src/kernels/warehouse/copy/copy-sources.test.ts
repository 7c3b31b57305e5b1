import { readdirSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { role, TestCopy } from "./test-copy.ts";

let copy: TestCopy;
beforeAll(async () => {
  copy = await TestCopy.start();
});
afterAll(() => copy[Symbol.asyncDispose]());
beforeEach(() => copy.session.rows("drop table if exists t; create table t(a int, b varchar(10))"));

describe("files", () => {
  beforeEach(() => {
    copy.objects.put("b", "p/1.txt", "1|one\n");
    copy.objects.put("b", "p/2.txt", "2|two\n");
  });

  test("of a prefix, in their order, each noted", async () => {
    await copy.session.rows(`copy t from 's3://b/p/' ${role}`);
    expect(await copy.rows("t")).toEqual(["1|one", "2|two"]);
    expect(
      await copy.session.rows(
        "select trim(filename), lines_scanned, errors, status from stl_load_commits where query = pg_last_copy_id() order by 1",
      ),
    ).toEqual([
      ["s3://b/p/1.txt", "1", "-1", "1"],
      ["s3://b/p/2.txt", "1", "-1", "1"],
    ]);
    expect(
      await copy.session.rows(
        "select loaded_rows, source_file_count, trim(table_name), trim(data_source) from sys_load_history where query_id = pg_last_copy_id()",
      ),
    ).toEqual([["2", "2", "t", "s3://b/p/"]]);
  });

  test.each([
    ["s3://b/none", "The specified S3 prefix 'none' does not exist"],
    ["s3://none/x", "S3ServiceException:The specified bucket does not exist,Status 404,Error NoSuchBucket"],
    ["dynamodb://t", "COPY from Amazon DynamoDB (dynamodb://) is not supported"],
    ["emr://j-1/x", "COPY from Amazon EMR (emr://) is not supported"],
    ["/tmp/file", "Invalid S3 URI: /tmp/file"],
  ])("%s", async (source, message) => {
    expect(await copy.session.error(`copy t from '${source}' ${role}`)).toContain(message);
  });

  test("of a manifest", async () => {
    const manifest = (entries: unknown): void => copy.objects.put("b", "m", JSON.stringify({ entries }));
    const load = (): Promise<string> => copy.session.error(`copy t from 's3://b/m' ${role} manifest`);
    manifest([
      { url: "s3://b/p/2.txt", mandatory: true, meta: { content_length: 6 } },
      { url: "s3://b/gone" },
      { url: "s3://b/p/1.txt" },
    ]);
    expect(await load()).toBe("no error");
    expect(await copy.rows("t")).toEqual(["2|two", "1|one"]);
    manifest([{ url: "s3://b/gone", mandatory: true }]);
    expect(await load()).toMatch(
      /^XX000 S3ServiceException:The specified key does not exist,Status 404,Error NoSuchKey/,
    );
    manifest([{ url: "s3://b/p/2.txt", meta: { content_length: 7 } }]);
    expect(await load()).toContain("content_length 7");
    manifest("none");
    expect(await load()).toContain("Problem reading manifest file - there is no array named entries");
    copy.objects.put("b", "m", "{");
    expect(await load()).toContain("Problem reading manifest file - invalid JSON");
    expect(await copy.session.error(`copy t from 's3://b/gone' ${role} manifest`)).toContain(
      "Problem reading manifest file - S3ServiceException",
    );
  });
});

describe("authorization", () => {
  beforeEach(() => copy.objects.put("b", "in/data", "1|x\n"));
  const copyWith = (text: string): Promise<string> =>
    copy.session.error(`copy t from 's3://b/in/data' ${text}`);
  const one = "arn:aws:iam::000000000000:role/one";
  const two = "arn:aws:iam::000000000000:role/two";

  test.each([
    [`iam_role '${one}'`, { kind: "roles", roleArns: [one] }],
    [`iam_role '${one},${two}'`, { kind: "roles", roleArns: [one, two] }],
    [`credentials 'aws_iam_role=${one}'`, { kind: "roles", roleArns: [one] }],
    [
      "credentials 'aws_access_key_id=A;aws_secret_access_key=S;token=T'",
      { kind: "keys", accessKeyId: "A", secretAccessKey: "S", sessionToken: "T" },
    ],
    ["access_key_id 'A' secret_access_key 'S'", { kind: "keys", accessKeyId: "A", secretAccessKey: "S" }],
  ])("%s", async (text, identity) => {
    expect(await copyWith(`${text} region 'eu-west-1'`)).toBe("no error");
    expect(copy.objects.access).toMatchObject({
      identity,
      region: "eu-west-1",
      cluster: { identifier: "millrace" },
    });
  });

  test.each([
    ["", "Invalid credentials. Must be of the format"],
    ["credentials 'nonsense'", "Invalid credentials. Must be of the format"],
    ["iam_role default", "default IAM role"],
    ["iam_role 'nonsense'", "Invalid IAM role ARN"],
    ["credentials 'aws_iam_role=x;master_symmetric_key=k'", "client-side encryption"],
    [`iam_role '${one}' master_symmetric_key 'k' encrypted`, "client-side encryption"],
    [
      "iam_role 'arn:aws:iam::000000000000:role/forbidden'",
      "User arn:aws:redshift:us-east-1:000000000000:dbuser:millrace/awsuser is not authorized to assume IAM Role arn:aws:iam::000000000000:role/forbidden",
    ],
  ])("%s is refused", async (text, message) => {
    expect(await copyWith(text)).toContain(message);
  });
});

describe("refused by name", () => {
  test.each([
    ["format orc", "0A000 COPY FORMAT AS ORC is not supported"],
    ["shapefile", "0A000 COPY FORMAT AS SHAPEFILE is not supported"],
    ["lzop", "0A000 COPY with LZOP compression is not supported"],
    ["ssh", "0A000 COPY from remote hosts (SSH) is not supported"],
    ["readratio 50", "0A000 READRATIO is only supported for COPY from Amazon DynamoDB"],
    ["csv escape", "0A000 CSV is not compatible with ESCAPE"],
    ["maxerror 100001", "22023 MAXERROR must be between 0 and 100000"],
    ["acceptinvchars 'ab'", "22023 ACCEPTINVCHARS replacement character must be a single ASCII character"],
    ["encoding latin1", "42601"],
    ["delimiter ''", "22023 COPY delimiter must not be empty"],
  ])("%s", async (options, error) => {
    expect(await copy.session.error(`copy t from 's3://b/in/data' ${role} ${options}`)).toContain(error);
  });
});

describe("tables", () => {
  test.each([
    ["nowhere", "XX000 Cannot COPY into nonexistent table nowhere"],
    ["v", '42809 cannot COPY into "v": it is not a table'],
    ["t(a, none)", '42703 column "none" of relation "t" does not exist'],
    ["t(a, a)", "42701"],
  ])("%s", async (table, error) => {
    await copy.session.rows("drop view if exists v; create view v as select 1 as a");
    copy.objects.put("b", "in/data", "1|x\n");
    expect(await copy.session.error(`copy ${table} from 's3://b/in/data' ${role}`)).toContain(error);
    await copy.session.rows("drop view v");
  });

  test("columns that the files do not have get defaults, numbers, or nothing", async () => {
    await copy.session.rows(
      "drop table t; create table t(id int identity(10, 5), a int, b varchar(10) default 'none', c int default 1 + 1, d int)",
    );
    expect(await copy.copy("t(a, d)", "1|2\n3|4\n")).toEqual(["10|1|none|2|2", "15|3|none|2|4"]);
    await copy.session.rows("drop table t; create table t(a int, b int not null)");
    expect(await copy.copy("t(a)", "1\n")).toMatch(/^23502 Cannot insert a NULL value into column b/);
  });

  test("identities", async () => {
    await copy.session.rows("drop table t; create table t(id int identity(1, 1), a int)");
    expect(await copy.copy("t", "7\n8\n")).toEqual(["1|7", "2|8"]);
    expect(await copy.copy("t", "70|7\n", "explicit_ids")).toContain("70|7");
    expect(await copy.copy("t(id, a)", "1|1\n")).toMatch(/^0A000/);
    expect(await copy.copy("t(a)", "1\n", "explicit_ids")).toMatch(/^0A000/);
    await copy.session.rows(
      "drop table t; create table t(id int generated by default as identity(1, 1), a int)",
    );
    expect(await copy.copy("t", "70|7\n")).toEqual(["70|7"]);
    expect(await copy.copy("t(a)", "8\n")).toEqual(["70|7", "1|8"]);
  });

  test("rows come in the order of the sort key; temporary tables", async () => {
    await copy.session.rows("drop table t; create table t(a int, b int) sortkey(b)");
    expect(await copy.copy("t", "1|3\n2|1\n3|2\n")).toEqual(["2|1", "3|2", "1|3"]);
    await copy.session.rows("create temp table tt(a int)");
    expect(await copy.copy("tt", "5\n")).toEqual(["5"]);
  });

  test("VARBYTE, SUPER, times and intervals from text", async () => {
    await copy.session.rows(
      "drop table t; create table t(a varbyte(4), b super, c time, d timetz, e interval day to second)",
    );
    expect(await copy.copy("t", '6869|{"x" : 1}|10:11:12.5|10:11:12+02|1 day 2 hours\n')).toEqual([
      '6869|{"x":1}|10:11:12.5|10:11:12+02|1 days 2 hours 0 mins 0.0 secs',
    ]);
    expect(await copy.copy("t", "xx||||\n")).toMatch(/^XX000 Load/);
    expect(await copy.copy("t", "|{|||\n")).toMatch(/^XX000 Load/);
    expect((await copy.errors()).at(-1)).toMatch(/1224/);
  });
});

describe("beside others", () => {
  test("two COPYs into one table wait for each other", async () => {
    copy.objects.put("b", "in/data", "1|x\n");
    const other = await copy.warehouse.connect();
    await copy.session.rows(`begin; copy t from 's3://b/in/data' ${role}`);
    let done = false;
    const second = other.rows(`copy t from 's3://b/in/data' ${role}`).then(() => {
      done = true;
    });
    await new Promise((resolve) => setImmediate(resolve));
    expect(done).toBe(false);
    await copy.session.rows("commit");
    await second;
    expect(await copy.rows("t")).toEqual(["1|x", "1|x"]);
    await other.session.close();
  });

  test.each(["csv", "csv encoding utf16le", "json 'auto'"])(
    "cancelled while it reads, with %s",
    async (options) => {
      copy.objects.put("b", "in/data", "1|x\n");
      copy.objects.beforeOpen = async () => copy.session.session.cancel();
      expect(await copy.session.error(`copy t from 's3://b/in/data' ${role} ${options}`)).toMatch(/^57014/);
      copy.objects.beforeOpen = async () => {};
      expect(copy.objects.opened).toBe(0);
      expect(await copy.rows("t")).toEqual([]);
    },
  );

  test("no temporary files stay behind", async () => {
    copy.objects.hasPaths = false;
    await copy.copy("t", "1|x\n");
    await copy.copy("t", "x|x\n");
    copy.objects.hasPaths = true;
    const left = readdirSync(join(copy.warehouse.directory, "temporary"), {
      recursive: true,
      encoding: "utf8",
    });
    expect(left.filter((name) => name.includes("copy-"))).toEqual([]);
  });
});
