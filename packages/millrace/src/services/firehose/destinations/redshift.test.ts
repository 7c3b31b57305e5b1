import { gunzipSync } from "node:zlib";
import type { RedshiftDestinationConfiguration, RedshiftDestinationUpdate } from "@aws-sdk/client-firehose";
import { describe, expect, it } from "vitest";
import { ObjectTargetError } from "../../../kernels/delivery/index.ts";
import {
  codeAndMessageOf,
  codeOf,
  destinationId,
  roleArn,
  streamName,
  TestFirehose,
} from "../test-firehose.ts";
import type { TestPlaces } from "../test-parts.ts";
import { type WarehouseCopy, WarehouseError, type WarehousePort } from "../warehouse-port.ts";

const lake = { RoleARN: roleArn, BucketARN: "arn:aws:s3:::lake" };
const password = "Secret-12345";
const url = "jdbc:redshift://warehouse:5439/dev";

/** COPY table (columns) FROM 'url' CREDENTIALS 'aws_iam_role=arn' MANIFEST options; */
const copyGrammar =
  /^COPY (\S+)(?: \(([^()]+)\))? FROM '(s3:\/\/[^']+)' CREDENTIALS 'aws_iam_role=(arn:[^']+)' MANIFEST(?: (.+))?;$/;

/** Loads what a manifest names, as strictly as it can: every word of the command must be understood. */
class TestWarehouse implements WarehousePort {
  readonly places: TestPlaces;
  readonly rows = new Map<string, string[]>();
  readonly requests: WarehouseCopy[] = [];
  failure: WarehouseError | undefined;

  constructor(places: TestPlaces) {
    this.places = places;
  }

  async copy(request: WarehouseCopy): Promise<void> {
    this.requests.push(request);
    if (this.failure !== undefined) throw this.failure;
    const [, table = "", , manifest = "", role, options = ""] = copyGrammar.exec(request.statement) ?? [];
    if (role !== roleArn) throw new WarehouseError("Redshift.SyntaxError", request.statement);
    const { entries } = JSON.parse(this.#read(manifest).toString());
    for (const { url: object, mandatory } of entries) {
      expect(mandatory).toBe(true);
      const bytes = this.#read(object);
      const text = /\bgzip\b/i.test(options) ? gunzipSync(bytes) : bytes;
      const rows = text.toString().split("\n").slice(0, -1);
      this.rows.set(table, [...(this.rows.get(table) ?? []), ...rows]);
    }
  }

  #read(object: string): Buffer {
    const found = this.places.objects.get(object.replace("s3://", ""));
    if (found === undefined) throw new WarehouseError("Redshift.S3Error", `${object} is not there`);
    return found.bytes;
  }
}

async function start(): Promise<{ firehose: TestFirehose; warehouse: TestWarehouse }> {
  const firehose = await TestFirehose.start();
  const warehouse = new TestWarehouse(firehose.places);
  firehose.warehouse = warehouse;
  await firehose.restart();
  return { firehose, warehouse };
}

async function create(
  firehose: TestFirehose,
  settings: Partial<RedshiftDestinationConfiguration> = {},
): Promise<void> {
  await firehose.run("CreateDeliveryStream", {
    DeliveryStreamName: streamName,
    RedshiftDestinationConfiguration: {
      RoleARN: roleArn,
      ClusterJDBCURL: url,
      CopyCommand: { DataTableName: "public.clicks", CopyOptions: "json 'auto'" },
      Username: "loader",
      Password: password,
      S3Configuration: lake,
      ...settings,
    },
  });
  await firehose.settle();
}

async function update(firehose: TestFirehose, change: RedshiftDestinationUpdate): Promise<void> {
  await firehose.run("UpdateDestination", {
    DeliveryStreamName: streamName,
    CurrentDeliveryStreamVersionId: String(firehose.stream.document.version),
    DestinationId: destinationId,
    RedshiftDestinationUpdate: change,
  });
}

const keysOf = (firehose: TestFirehose): string[] => firehose.places.of("lake").map(({ key }) => key);

describe("Redshift destinations", () => {
  it("stage records and load them by a manifest", async () => {
    const { firehose, warehouse } = await start();
    await using _ = firehose;
    await create(firehose, { S3Configuration: { ...lake, Prefix: "in/", CompressionFormat: "GZIP" } });
    await firehose.put('{"a":1}\n', '{"a":2}\n');
    await firehose.restart();
    await firehose.flush();
    expect(warehouse.rows).toEqual(new Map([["public.clicks", ['{"a":1}', '{"a":2}']]]));
    const [staged, manifest] = keysOf(firehose);
    expect(staged).toMatch(/^in\/2026\/01\/01\/00\/clicks-1-2026-.*\.gz$/);
    expect(manifest).toBe(staged?.replace("in/", "in/manifests/").replace(/\.gz$/, ""));
    expect(warehouse.requests).toEqual([
      {
        clusterJdbcUrl: url,
        username: "loader",
        password,
        statement: `COPY public.clicks FROM 's3://lake/${manifest}' CREDENTIALS 'aws_iam_role=${roleArn}' MANIFEST json 'auto' GZIP;`,
      },
    ]);
    expect(firehose.metric("DeliveryToRedshift.Records")).toBe(2);
  });

  it("have AWS's defaults and never show the password", async () => {
    const { firehose } = await start();
    await using _ = firehose;
    await create(firehose);
    const [destination] = (await firehose.describe()).Destinations;
    expect(destination?.RedshiftDestinationDescription).toMatchObject({
      RoleARN: roleArn,
      ClusterJDBCURL: url,
      CopyCommand: { DataTableName: "public.clicks", CopyOptions: "json 'auto'" },
      Username: "loader",
      RetryOptions: { DurationInSeconds: 3600 },
      S3BackupMode: "Disabled",
      S3DestinationDescription: { BufferingHints: { SizeInMBs: 5, IntervalInSeconds: 300 } },
    });
    expect(JSON.stringify(firehose.stream.document)).not.toContain(password);
    expect(JSON.stringify(destination)).not.toContain("Password");
  });

  it("are tried again without staging anew, then leave a manifest among the errors", async () => {
    const { firehose, warehouse } = await start();
    await using _ = firehose;
    const logging = { Enabled: true, LogGroupName: "g", LogStreamName: "s" };
    await create(firehose, { RetryOptions: { DurationInSeconds: 60 }, CloudWatchLoggingOptions: logging });
    warehouse.failure = new WarehouseError("Redshift.TableNotFound", "no such table");
    await firehose.put("a\n");
    const flushed = firehose.flush();
    while (!keysOf(firehose).some((key) => key.startsWith("errors/"))) {
      firehose.clock.advance(1_000);
      await new Promise((resolve) => setImmediate(resolve));
    }
    await flushed;
    expect(warehouse.requests.length).toBeGreaterThan(1);
    expect(firehose.places.attempts).toBe(3);
    const [staged, errors, manifest] = keysOf(firehose);
    expect(errors).toBe(`errors/manifests/${staged}`);
    expect(manifest).toBe(`manifests/${staged}`);
    expect(JSON.parse(firehose.places.texts("lake")[1] ?? "")).toEqual({
      entries: [{ url: `s3://lake/${staged}`, mandatory: true }],
    });
    expect(firehose.errorLog.lines[0]?.message).toMatchObject({
      destination: url,
      errorCode: "Redshift.TableNotFound",
      message: "no such table",
    });
    // The next batch is loaded.
    warehouse.failure = undefined;
    await firehose.put("b\n");
    await firehose.flush();
    expect(warehouse.rows.get("public.clicks")).toEqual(["b"]);
  });

  it("wait for S3 and lose nothing", async () => {
    const { firehose, warehouse } = await start();
    await using _ = firehose;
    await create(firehose, { RetryOptions: { DurationInSeconds: 0 } });
    firehose.places.failure = new ObjectTargetError("S3.AccessDenied", "no");
    await firehose.put("a\n");
    const flushed = firehose.flush();
    while (firehose.places.attempts < 3) {
      firehose.clock.advance(60_000);
      await new Promise((resolve) => setImmediate(resolve));
    }
    expect(warehouse.requests).toEqual([]);
    firehose.places.failure = undefined;
    while (warehouse.requests.length === 0) {
      firehose.clock.advance(60_000);
      await new Promise((resolve) => setImmediate(resolve));
    }
    await flushed;
    expect(warehouse.rows.get("public.clicks")).toEqual(["a"]);
  });

  it("back records up, and do not go back from that", async () => {
    const { firehose } = await start();
    await using _ = firehose;
    const backup = { RoleARN: roleArn, BucketARN: "arn:aws:s3:::backup" };
    await create(firehose);
    expect(await codeOf(update(firehose, { S3BackupMode: "Enabled" }))).toBe("InvalidArgumentException");
    await update(firehose, { S3BackupMode: "Enabled", S3BackupUpdate: backup });
    await firehose.state.streams.idle();
    await firehose.put("a\n");
    await firehose.flush();
    expect(firehose.places.texts("backup")).toEqual(["a\n"]);
    expect(await codeOf(update(firehose, { S3BackupMode: "Disabled" }))).toBe("InvalidArgumentException");
  });

  it("keep their password through updates of other members, and take a new one", async () => {
    const { firehose, warehouse } = await start();
    await using _ = firehose;
    await create(firehose);
    await update(firehose, { CopyCommand: { DataTableName: "other" } });
    await update(firehose, { Password: password });
    expect(firehose.stream.document.version).toBe(2);
    await firehose.state.streams.idle();
    await firehose.put("a\n");
    await firehose.flush();
    await update(firehose, { Password: "Another-123" });
    await firehose.state.streams.idle();
    await firehose.put("b\n");
    await firehose.flush();
    expect(warehouse.rows).toEqual(new Map([["other", ["a", "b"]]]));
    expect(warehouse.requests.map((request) => request.password)).toEqual([password, "Another-123"]);
  });

  it.each([
    [{ Password: undefined }, "Password is required for an Amazon Redshift destination."],
    [{ Username: undefined }, "Username is required for an Amazon Redshift destination."],
    [
      { S3Configuration: { ...lake, CompressionFormat: "Snappy" as const } },
      "The compression format Snappy is not supported for Amazon Redshift: its COPY command reads UNCOMPRESSED and GZIP.",
    ],
    [
      { S3Configuration: { ...lake, Prefix: "!{timestamp:yyyy}/" } },
      "Prefix must not contain expressions and ErrorOutputPrefix must be null when the destination is Amazon Redshift",
    ],
    [
      { S3BackupMode: "Enabled" as const },
      "S3 backup destination configuration is required when enabling S3 backup.",
    ],
  ])("are refused: %o", async (settings, message) => {
    const { firehose } = await start();
    await using _ = firehose;
    expect(await codeAndMessageOf(create(firehose, settings))).toEqual({
      code: "InvalidArgumentException",
      message,
    });
  });

  it("are refused as long as there is no warehouse", async () => {
    await using firehose = await TestFirehose.start();
    expect(await codeAndMessageOf(create(firehose))).toEqual({
      code: "InvalidArgumentException",
      message: "Amazon Redshift destinations are not supported: there is no warehouse that could run COPY.",
    });
  });
});
