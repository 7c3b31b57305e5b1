import { CreateDatabaseCommand, CreateTableCommand, GlueClient } from "@aws-sdk/client-glue";
import { Redshift } from "@aws-sdk/client-redshift";
import {
  CreateBucketCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  type S3Client,
} from "@aws-sdk/client-s3";
import pg from "pg";
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import { CountingProxy } from "../fixtures/counting-proxy.ts";
import { MillraceProcess } from "../fixtures/millrace-process.ts";
import { s3Client } from "../fixtures/s3-client.ts";

const role = "iam_role 'arn:aws:iam::000000000000:role/warehouse'";
const credentials = { accessKeyId: "test", secretAccessKey: "test" };
const lines = Array.from({ length: 200_000 }, (_, i) => `${i}|${"x".repeat(i % 40)}\n`).join("");

/** A Millrace with its clients. */
class Site {
  readonly millrace: MillraceProcess;
  readonly s3: S3Client;
  readonly redshift: Redshift;
  readonly glue: GlueClient;
  readonly client: pg.Client;

  private constructor(millrace: MillraceProcess, client: pg.Client) {
    const settings = { endpoint: millrace.url, region: "us-east-1", credentials, maxAttempts: 1 };
    this.millrace = millrace;
    this.client = client;
    this.s3 = s3Client(millrace.url);
    this.redshift = new Redshift(settings);
    this.glue = new GlueClient(settings);
  }

  static async start(flags: Readonly<Record<string, string>>): Promise<Site> {
    const millrace = await MillraceProcess.start({ flags });
    const { sqlPort: port } = millrace;
    const client = new pg.Client({ host: "127.0.0.1", port, user: "awsuser", database: "dev" });
    client.on("error", () => {});
    await client.connect();
    const site = new Site(millrace, client);
    await site.s3.send(new CreateBucketCommand({ Bucket: "files" }));
    await site.put("in/1", lines);
    await client.query("create table t(a int, b varchar(40))");
    return site;
  }

  async put(Key: string, Body: string): Promise<void> {
    await this.s3.send(new PutObjectCommand({ Bucket: "files", Key, Body }));
  }

  async keys(Prefix: string): Promise<readonly (string | undefined)[]> {
    const { Contents = [] } = await this.s3.send(new ListObjectsV2Command({ Bucket: "files", Prefix }));
    return Contents.map(({ Key }) => Key);
  }

  async count(table: string): Promise<number> {
    const { rows } = await this.client.query<{ n: number }>(`select count(*)::int as n from ${table}`);
    return rows[0]?.n ?? -1;
  }

  async routing(EnhancedVpcRouting: boolean): Promise<void> {
    await this.redshift.modifyCluster({ ClusterIdentifier: "millrace", EnhancedVpcRouting });
    await vi.waitFor(
      async () => {
        const { Clusters } = await this.redshift.describeClusters({ ClusterIdentifier: "millrace" });
        expect(Clusters?.[0]).toMatchObject({ ClusterStatus: "available", EnhancedVpcRouting });
      },
      { timeout: 20_000 },
    );
  }

  /** External table `lake.lines`. */
  async describeLines(Location: string): Promise<void> {
    await this.glue.send(new CreateDatabaseCommand({ DatabaseInput: { Name: "lake" } }));
    const StorageDescriptor = {
      Columns: [
        { Name: "a", Type: "int" },
        { Name: "b", Type: "string" },
      ],
      Location,
      InputFormat: "org.apache.hadoop.mapred.TextInputFormat",
      OutputFormat: "org.apache.hadoop.hive.ql.io.HiveIgnoreKeyTextOutputFormat",
      SerdeInfo: {
        SerializationLibrary: "org.apache.hadoop.hive.serde2.lazy.LazySimpleSerDe",
        Parameters: { "field.delim": "|" },
      },
    };
    const TableInput = { Name: "lines", TableType: "EXTERNAL_TABLE", StorageDescriptor };
    await this.glue.send(new CreateTableCommand({ DatabaseName: "lake", TableInput }));
    await this.client.query(`create external schema lake from data catalog database 'lake' ${role}`);
  }

  /** `ok`, or the error's code and message. */
  outcome(sql: string): Promise<string> {
    return this.client.query(sql).then(
      () => "ok",
      (error: Error & { readonly code?: string }) => `${error.code} ${error.message}`,
    );
  }

  async dispose(): Promise<void> {
    await this.client.end();
    for (const one of [this.s3, this.redshift, this.glue]) one.destroy();
    await this.millrace.dispose();
  }
}

const copy = `copy t from 's3://files/in/' ${role}`;
const unload = (folder: string, more = ""): string =>
  `unload ('select * from t') to 's3://files/${folder}/' ${role} ${more}`;

describe("a cluster with enhanced VPC routing and no route", () => {
  let site: Site;
  beforeAll(async () => {
    site = await Site.start({});
    await site.routing(true);
  });
  afterAll(() => site?.dispose());

  it("neither loads nor unloads", async () => {
    const refused = /^XX000 S3ServiceException:The cluster uses enhanced VPC routing.*Error RouteClosed/;
    expect(await site.outcome(copy)).toMatch(refused);
    expect(await site.count("t")).toBe(0);
    expect(await site.outcome(unload("out", "manifest"))).toMatch(refused);
    expect(await site.keys("out/")).toEqual([]);
    // Keys take no other way than roles.
    const keys = "access_key_id 'test' secret_access_key 'test'";
    expect(await site.outcome(`copy t from 's3://files/in/' ${keys}`)).toMatch(refused);
    expect(await site.count("t")).toBe(0);
  });

  it("reads external tables, which lie outside of its VPC", async () => {
    await site.describeLines("s3://files/in/");
    expect(await site.count("lake.lines")).toBe(200_000);
  });

  it("has the default route again when it is turned off", async () => {
    await site.routing(false);
    expect(await site.outcome(copy)).toBe("ok");
    expect(await site.count("t")).toBe(200_000);
  });
});

describe("a cluster with enhanced VPC routing and a route", () => {
  let site: Site;
  let proxy: CountingProxy;
  beforeAll(async () => {
    proxy = await CountingProxy.start();
    site = await Site.start({ "redshift-vpc-s3-endpoint": proxy.url });
    proxy.targetPort = site.millrace.port;
  });
  afterAll(async () => {
    await site?.dispose();
    await proxy?.[Symbol.asyncDispose]();
  });
  afterEach(async () => {
    proxy.open();
    await site.client.query("truncate t");
  });

  it("sends every byte along it", async () => {
    await site.routing(true);
    expect(await site.outcome(copy)).toBe("ok");
    expect(await site.count("t")).toBe(200_000);
    expect(proxy.bytesDown).toBeGreaterThan(lines.length);
    proxy.open();
    expect(await site.outcome(unload("out", "manifest verbose"))).toBe("ok");
    expect(proxy.bytesUp).toBeGreaterThan(lines.length);
    await site.client.query("truncate t");
    proxy.open();
    expect(await site.outcome(`copy t from 's3://files/out/manifest' ${role} manifest`)).toBe("ok");
    expect(await site.count("t")).toBe(200_000);
    expect(proxy.bytesDown).toBeGreaterThan(lines.length);
    proxy.open();
    expect(await site.outcome(unload("parquet", "parquet"))).toBe("ok");
    await site.client.query("truncate t");
    expect(await site.outcome(`copy t from 's3://files/parquet/' ${role} parquet`)).toBe("ok");
    expect(await site.count("t")).toBe(200_000);
    expect(Math.min(proxy.bytesUp, proxy.bytesDown)).toBeGreaterThan(100_000);
  });

  it("gives S3's errors as they are", async () => {
    expect(await site.outcome(`copy t from 's3://files/none/' ${role}`)).toBe(
      "XX000 The specified S3 prefix 'none/' does not exist",
    );
    expect(await site.outcome(`copy t from 's3://nowhere/x' ${role}`)).toMatch(
      /Status 404,Error NoSuchBucket/,
    );
    expect(await site.outcome(`copy t from 's3://files/none' ${role} manifest`)).toMatch(
      /Problem reading manifest file .*Error NoSuchKey/,
    );
    expect(await site.outcome(`copy t from 's3://nowhere/none' ${role} manifest`)).toMatch(
      /Problem reading manifest file .*Error NoSuchBucket/,
    );
    expect(await site.outcome(unload("out"))).toMatch(/Specified unload destination on S3 is not empty/);
    expect(await site.outcome(`unload ('select 1 / (a - 5) from t') to 's3://files/failed/' ${role}`)).toBe(
      "ok",
    );
    await site.client.query("insert into t values (5, '')");
    expect(
      await site.outcome(`unload ('select 1 / (a - 5) from t') to 's3://files/failed2/' ${role}`),
    ).toMatch(/division by zero/i);
    expect(await site.keys("failed2/")).toEqual([]);
  });

  it("loads nothing when the route closes meanwhile", async () => {
    proxy.closeAfter(lines.length / 2);
    expect(await site.outcome(copy)).toMatch(/^XX000 S3ServiceException:.*Error RouteClosed/);
    expect(await site.count("t")).toBe(0);
    expect(await site.outcome(copy)).toMatch(
      /^XX000 S3ServiceException:S3 could not be reached.*RouteClosed/,
    );
    proxy.open();
    expect(await site.outcome(copy)).toBe("ok");
    expect(await site.count("t")).toBe(200_000);
  });

  it("unloads without a manifest when the route closes meanwhile, and says so", async () => {
    await site.outcome(copy);
    proxy.closeAfter(lines.length / 2);
    expect(await site.outcome(unload("cut", "manifest"))).toMatch(/^XX000 S3ServiceException:.*RouteClosed/);
    expect(await site.keys("cut/manifest")).toEqual([]);
    proxy.open();
    expect(await site.outcome(unload("cut", "manifest allowoverwrite"))).toBe("ok");
    await site.client.query("truncate t");
    expect(await site.outcome(`copy t from 's3://files/cut/manifest' ${role} manifest`)).toBe("ok");
    expect(await site.count("t")).toBe(200_000);
  });

  it("leaves the route alone when it is turned off", async () => {
    await site.routing(false);
    proxy.closeAfter(0);
    expect(await site.outcome(copy)).toBe("ok");
    expect(await site.outcome(unload("direct"))).toBe("ok");
    expect(await site.keys("direct/")).not.toEqual([]);
    expect([proxy.bytesUp, proxy.bytesDown]).toEqual([0, 0]);
  });
});

describe("another S3", () => {
  let other: MillraceProcess;
  let otherS3: S3Client;
  let site: Site;
  beforeAll(async () => {
    other = await MillraceProcess.start({ flags: { services: "s3" } });
    otherS3 = s3Client(other.url);
    await otherS3.send(new CreateBucketCommand({ Bucket: "elsewhere" }));
    await otherS3.send(new PutObjectCommand({ Bucket: "elsewhere", Key: "in/1", Body: "1|one\n2|two\n" }));
    site = await Site.start({ "redshift-s3-endpoint": other.url });
  });
  afterAll(async () => {
    await site?.dispose();
    otherS3?.destroy();
    await other?.dispose();
  });

  it("is the one that COPY and UNLOAD know", async () => {
    expect(await site.outcome(copy)).toMatch(/Status 404,Error NoSuchBucket/);
    expect(await site.outcome(`copy t from 's3://elsewhere/in/' ${role}`)).toBe("ok");
    expect(await site.count("t")).toBe(2);
    expect(
      await site.outcome(`unload ('select * from t') to 's3://elsewhere/out/' ${role} parallel off`),
    ).toBe("ok");
    const { Contents } = await otherS3.send(
      new ListObjectsV2Command({ Bucket: "elsewhere", Prefix: "out/" }),
    );
    expect(Contents?.map(({ Key }) => Key)).toEqual(["out/000"]);
  });

  it("is the one of external tables, too", async () => {
    await site.describeLines("s3://elsewhere/in/");
    expect(await site.count("lake.lines")).toBe(2);
    const made =
      "create external table lake.made stored as parquet location 's3://elsewhere/made/' as select a from t";
    expect(await site.outcome(made)).toBe("ok");
    expect(await site.count("lake.made where a > 1")).toBe(1);
  });

  it("that went away is a closed route", async () => {
    await other.kill();
    expect(await site.outcome(`copy t from 's3://elsewhere/in/' ${role}`)).toMatch(/RouteClosed/);
    expect(await site.count("t")).toBe(2);
  });
});
