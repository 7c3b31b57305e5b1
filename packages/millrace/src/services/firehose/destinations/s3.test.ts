import { gunzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { ObjectTargetError } from "../../../kernels/delivery/index.ts";
import { roleArn, streamName, TestFirehose } from "../test-firehose.ts";

const atOnce = { BufferingHints: { SizeInMBs: 1, IntervalInSeconds: 0 } };

describe("S3 destinations", () => {
  it("deliver when the interval has passed since the first record", async () => {
    await using firehose = await TestFirehose.start();
    await firehose.create({ BufferingHints: { SizeInMBs: 5, IntervalInSeconds: 60 } });
    await firehose.put("a");
    firehose.clock.advance(30_000);
    await firehose.put("b");
    firehose.clock.advance(29_000);
    expect(firehose.places.attempts).toBe(0);
    firehose.clock.advance(1_000);
    await firehose.until(() => firehose.places.objects.size === 1);
    expect(firehose.places.texts("lake")).toEqual(["ab"]);
  });

  it("deliver when the size is reached, without waiting", async () => {
    await using firehose = await TestFirehose.start();
    await firehose.create({ BufferingHints: { SizeInMBs: 1, IntervalInSeconds: 900 } });
    const record = "x".repeat(1_000_000);
    await firehose.put(record);
    await firehose.put(record);
    await firehose.until(() => firehose.places.objects.size === 1);
    expect(firehose.places.of("lake")[0]?.sizeBytes).toBe(2_000_000);
  });

  it("deliver at once when the interval is 0", async () => {
    await using firehose = await TestFirehose.start();
    await firehose.create(atOnce);
    await firehose.put("a");
    await firehose.until(() => firehose.places.objects.size === 1);
  });

  it("name objects as AWS does", async () => {
    await using firehose = await TestFirehose.start();
    await firehose.create({ Prefix: "in", CustomTimeZone: "Asia/Tokyo" });
    firehose.clock.advance(Date.UTC(2026, 6, 13, 14, 5, 6) - firehose.clock.now());
    await firehose.put("a");
    await firehose.flush();
    expect(firehose.places.of("lake")[0]?.key).toMatch(
      /^in2026\/07\/13\/23\/clicks-1-2026-07-13-23-05-06-[0-9a-f]{8}-[0-9a-f-]{27}$/,
    );
  });

  it.each([
    ["GZIP", ".gz", "gzip"],
    ["ZIP", ".zip", "zip"],
    ["Snappy", ".snappy", "snappy-java"],
    ["HADOOP_SNAPPY", ".snappy", "hadoop-snappy"],
    ["UNCOMPRESSED", "", undefined],
  ] as const)("compress with %s, which name and encoding tell", async (CompressionFormat, end, encoding) => {
    await using firehose = await TestFirehose.start();
    await firehose.create({ CompressionFormat });
    await firehose.put("abc");
    await firehose.flush();
    const [object] = firehose.places.of("lake");
    expect(object?.key.slice(-end.length || undefined).endsWith(end)).toBe(true);
    expect(object?.contentEncoding).toBe(encoding);
    expect(object?.contentType).toBe("application/octet-stream");
    if (CompressionFormat === "GZIP") expect(gunzipSync(object?.bytes ?? "").toString()).toBe("abc");
  });

  it("take a file extension in place of the compression's", async () => {
    await using firehose = await TestFirehose.start();
    await firehose.create({ CompressionFormat: "GZIP", FileExtension: ".jsonl" });
    await firehose.put("abc");
    await firehose.flush();
    const [object] = firehose.places.of("lake");
    expect(object?.key).toMatch(/\.jsonl$/);
    expect(object?.contentEncoding).toBe("gzip");
  });

  it("hand on the role, the key and for whom they write", async () => {
    await using firehose = await TestFirehose.start();
    const AWSKMSKeyARN = "arn:aws:kms:us-east-1:000000000000:key/k";
    await firehose.create({ EncryptionConfiguration: { KMSEncryptionConfig: { AWSKMSKeyARN } } });
    await firehose.put("a");
    await firehose.flush();
    expect(firehose.places.of("lake")[0]).toMatchObject({
      roleArn,
      kmsKeyArn: AWSKMSKeyARN,
      service: "firehose.amazonaws.com",
      sourceArn: "arn:aws:firehose:us-east-1:000000000000:deliverystream/clicks",
    });
  });

  it("try a delivery again until it succeeds, and tell the error log and CloudWatch why", async () => {
    await using firehose = await TestFirehose.start();
    const CloudWatchLoggingOptions = { Enabled: true, LogGroupName: "/firehose", LogStreamName: "s3" };
    await firehose.create({ ...atOnce, CloudWatchLoggingOptions });
    firehose.places.failure = new ObjectTargetError("S3.AccessDenied", "Access was denied.");
    await firehose.put("a");
    await firehose.until(() => {
      firehose.clock.advance(1_000);
      return firehose.places.attempts >= 3;
    });
    await firehose.until(() => firehose.errorLog.lines.length >= 3);
    expect(firehose.errorLog.lines[0]).toEqual({
      group: "/firehose",
      stream: "s3",
      message: {
        deliveryStreamARN: "arn:aws:firehose:us-east-1:000000000000:deliverystream/clicks",
        destination: "arn:aws:s3:::lake",
        deliveryStreamVersionId: "1",
        message: "Access was denied.",
        errorCode: "S3.AccessDenied",
      },
    });
    firehose.places.failure = undefined;
    firehose.clock.advance(360_000);
    await firehose.until(() => firehose.places.objects.size === 1);
    expect(firehose.places.texts("lake")).toEqual(["a"]);
    expect(firehose.metric("DeliveryToS3.Success")).toBe(1);
    expect(firehose.metric("DeliveryToS3.DataFreshness")).toBeGreaterThanOrEqual(360);
  });

  it("write no error log unless asked", async () => {
    await using firehose = await TestFirehose.start();
    await firehose.create(atOnce);
    firehose.places.buckets.clear();
    await firehose.put("a");
    await firehose.until(() => firehose.places.attempts > 0);
    expect(firehose.errorLog.lines).toEqual([]);
  });

  it("deliver what was put before a restart, once", async () => {
    await using firehose = await TestFirehose.start();
    await firehose.create();
    await firehose.put("one ");
    await firehose.restart();
    await firehose.put("two");
    await firehose.flush();
    await firehose.restart();
    await firehose.flush();
    expect(firehose.places.texts("lake").toSorted().join("")).toBe("one two");
  });

  it("publish what they delivered", async () => {
    await using firehose = await TestFirehose.start();
    await firehose.create({ CompressionFormat: "GZIP" });
    await firehose.put("abc", "def");
    await firehose.flush();
    expect(firehose.metric("DeliveryToS3.Records")).toBe(2);
    expect(firehose.metric("DeliveryToS3.Bytes")).toBe(6);
    expect(firehose.metric("DeliveryToS3.Success")).toBe(1);
  });

  it("back up the records as they came, into a place of its own", async () => {
    await using firehose = await TestFirehose.start();
    const delimiter = { ParameterName: "Delimiter", ParameterValue: "\\n" } as const;
    await firehose.create({
      ProcessingConfiguration: {
        Enabled: true,
        Processors: [{ Type: "AppendDelimiterToRecord", Parameters: [delimiter] }],
      },
      S3BackupMode: "Enabled",
      S3BackupConfiguration: {
        RoleARN: roleArn,
        BucketARN: "arn:aws:s3:::backup",
        Prefix: "raw/",
        CompressionFormat: "GZIP",
      },
    });
    await firehose.put("a", "b");
    await firehose.flush();
    expect(firehose.places.texts("lake")).toEqual(["a\nb\n"]);
    const [backup] = firehose.places.of("backup");
    expect(backup?.key).toMatch(/^raw\/\d{4}\/.*\.gz$/);
    expect(gunzipSync(backup?.bytes ?? "").toString()).toBe("ab");
    expect(firehose.metric("BackupToS3.Records")).toBe(2);
    expect(firehose.metric("BackupToS3.Bytes")).toBe(2);
  });

  it("forget everything at a reset", async () => {
    await using firehose = await TestFirehose.start();
    await firehose.create();
    await firehose.put("a");
    await firehose.state.reset();
    const { DeliveryStreamNames } = await firehose.run("ListDeliveryStreams", {});
    expect(DeliveryStreamNames).toEqual([]);
    await firehose.create();
    await firehose.flush();
    expect(firehose.places.objects.size).toBe(0);
    expect(firehose.stream.document.name).toBe(streamName);
  });
});

describe("a delivery stream that reads from a data stream", () => {
  const input = {
    DeliveryStreamType: "KinesisStreamAsSource",
    KinesisStreamSourceConfiguration: {
      KinesisStreamARN: "arn:aws:kinesis:us-east-1:000000000000:stream/orders",
      RoleARN: "arn:aws:iam::000000000000:role/reader",
    },
  } as const;

  it("delivers what arrives from its creation on, each record once over restarts", async () => {
    await using firehose = await TestFirehose.start();
    firehose.sources.put("before ", firehose.clock.now() - 1);
    await firehose.create({}, input);
    firehose.sources.put("one ", firehose.clock.now());
    await firehose.until(() => firehose.metric("DataReadFromKinesisStream.Records") === 1);
    await firehose.restart();
    firehose.sources.put("two", firehose.clock.now());
    await firehose.until(() => firehose.metric("DataReadFromKinesisStream.Records") === 2);
    await firehose.flush();
    expect(firehose.places.texts("lake").toSorted().join("")).toBe("one two");
    expect(firehose.metric("KinesisMillisBehindLatest")).toBe(0);
  });

  it("is opened again when that failed at a start", async () => {
    await using firehose = await TestFirehose.start();
    await firehose.create({}, input);
    firehose.sources.failure = new Error("Kinesis cannot be opened");
    await firehose.restart();
    expect(firehose.logged).toContain("a delivery stream was not opened: Kinesis cannot be opened");
    firehose.sources.failure = undefined;
    firehose.clock.advance(5_000);
    await firehose.state.streams.idle();
    firehose.sources.put("late", firehose.clock.now());
    await firehose.until(() => firehose.metric("DataReadFromKinesisStream.Records") === 1);
    await firehose.flush();
    expect(firehose.places.texts("lake")).toEqual(["late"]);
  });
});
