import { gunzipSync, zstdDecompressSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { ObjectTargetError } from "../../../kernels/delivery/index.ts";
import { TestKinesis } from "../test-kinesis.ts";
import { destination, recordsOfFormat, roleArn } from "./test-channels.ts";

const freshnessMs = 300_000;

/** What was delivered, when all of it is there. */
async function delivered(kinesis: TestKinesis, bytes: number, bucket: string = "lake"): Promise<string[]> {
  const { places } = kinesis.delivery;
  const sizeOf = (): number => places.of(bucket).reduce((sum, object) => sum + object.bytes.length, 0);
  await kinesis.until(() => sizeOf() >= bytes);
  return places.of(bucket).map((object) => object.bytes.toString());
}

/** Waits until the channels have read what was put. */
async function copied(kinesis: TestKinesis, records: number): Promise<void> {
  const isCopied = (): boolean =>
    [...kinesis.state.channels.all()].every(
      ({ pipeline }) => (pipeline?.stats()[0]?.backlogRecords ?? 0) >= records,
    );
  await kinesis.until(isCopied);
}

/** Lets minutes pass until something holds, and between them the disk do its work. */
async function minutesUntil(kinesis: TestKinesis, holds: () => boolean): Promise<void> {
  for (let minute = 0; minute < 100; minute++) {
    for (let turn = 0; turn < 1_000 && !holds(); turn++)
      await new Promise((resolve) => setImmediate(resolve));
    if (holds()) return;
    await kinesis.pass(60_000);
  }
  throw new Error("what was waited for did not come");
}

describe("a channel", () => {
  it("delivers when its freshness is reached what was put after it became ACTIVE, as it was put", async () => {
    await using kinesis = await TestKinesis.start();
    const stream = await kinesis.stream({ StreamModeDetails: { StreamMode: "ON_DEMAND" } });
    await kinesis.put(stream, "before");
    await kinesis.pass(1_000);
    await kinesis.channel(recordsOfFormat("STRING"));
    await kinesis.put(stream, "one\n");
    await kinesis.put(stream, "two\n");
    await copied(kinesis, 2);
    await kinesis.pass(freshnessMs - 1);
    expect(kinesis.delivery.places.objects.size).toBe(0);
    await kinesis.pass(1);
    expect(await delivered(kinesis, 8)).toEqual(["one\ntwo\n"]);
    const [object] = kinesis.delivery.places.of("lake");
    const [channel] = kinesis.state.channels.all();
    expect(object?.key).toMatch(
      new RegExp(`^kinesis-channel/archive/${channel?.document.id}/(\\d+/){4}archive-.*-[0-9a-f-]{36}$`),
    );
    expect(object).toMatchObject({
      roleArn,
      service: "kinesis.amazonaws.com",
      sourceArn: channel?.arn,
      storageClass: "STANDARD",
    });
  });

  it.each([
    ["GZIP", ".gz", gunzipSync],
    ["ZSTD", ".zst", zstdDecompressSync],
  ] as const)(
    "compresses with %s, under the key and in the class that were asked for",
    async (type, end, open) => {
      await using kinesis = await TestKinesis.start();
      await kinesis.channel({
        S3DestinationConfiguration: destination({ CompressionType: type, StorageClass: "GLACIER_IR" }),
        EncryptionConfiguration: { EncryptionType: "KMS", KeyId: "alias/lake" },
      });
      await kinesis.put(kinesis.find(), '{"a":1}');
      await copied(kinesis, 1);
      await kinesis.pass(freshnessMs);
      await delivered(kinesis, 1);
      const [object] = kinesis.delivery.places.of("lake");
      expect(object?.key.endsWith(end)).toBe(true);
      expect(open(object?.bytes ?? "").toString()).toBe('{"a":1}');
      expect(object).toMatchObject({ kmsKeyArn: "alias/lake", storageClass: "GLACIER_IR" });
    },
  );

  it("sends what is not valid to the dead-letter queue, by its number", async () => {
    await using kinesis = await TestKinesis.start();
    const letters = { BucketARN: "arn:aws:s3:::letters", ExpectedBucketOwner: "000000000000" };
    const ChannelARN = await kinesis.channel({
      S3DestinationConfiguration: destination({}, { DeadLetterQueueS3Configuration: letters }),
      LoggingConfiguration: { CloudWatchLogs: { Enabled: true } },
    });
    const stream = kinesis.find();
    await kinesis.put(stream, '{"a":1}');
    const bad = await kinesis.put(stream, "{a:1}", "key of the bad");
    await kinesis.put(stream, "[2]");
    await copied(kinesis, 3);
    await kinesis.pass(freshnessMs);
    expect(await delivered(kinesis, 10)).toEqual(['{"a":1}[2]']);
    const [text = ""] = await delivered(kinesis, 10, "letters");
    expect(JSON.parse(text)).toMatchObject({
      streamARN: stream.arn,
      shardId: bad.shard,
      sequenceNumber: bad.sequence,
      partitionKey: "key of the bad",
      errorCode: "Record.InvalidJson",
    });
    expect(text.endsWith("\n")).toBe(true);
    const [object] = kinesis.delivery.places.of("letters");
    expect(object?.key).toMatch(/^kinesis-channel\/errors\/archive\/[0-9a-f-]{36}\/.*\.json$/);
    const id = ChannelARN.split("/")[1] ?? "";
    expect(kinesis.metrics.of(id, "archive", "orders")).toMatchObject({
      "DeliveryToS3.RecordCount": 3,
      "DeliveryToS3.BytesIn": 15,
      "DeliveryToS3.SuccessfulRecordCount": 2,
      "DeliveryToS3.FailedRecordCount": 1,
      "DeliveryToS3.DeliverySuccess": 1,
      "DeliveryToS3.DLQDeliverySuccess": 1,
      "DeliveryToS3.DataFreshness": 300,
      "DeliveryToS3.BytesOut": 10,
    });
    expect(kinesis.delivery.logs.lines).toEqual([
      {
        group: `/aws/kinesis/archive/${id}`,
        stream: "DestinationDelivery",
        message: expect.stringContaining("Record.InvalidJson"),
      },
    ]);
  });

  it.each([
    ["STRING", Buffer.from([0xff, 0xfe]), true],
    ["STRING", Buffer.from("{"), false],
    ["BYTE_ARRAY", Buffer.from([0xff, 0xfe]), false],
    ["JSON", Buffer.from([0x22, 0xff, 0x22]), true],
    ["JSON", Buffer.from(""), true],
    ["JSON", Buffer.from("[".repeat(100_000)), true],
    ["JSON", Buffer.from(`${"[".repeat(100_000)}${"]".repeat(100_000)}`), false],
  ] as const)("of %s takes what is valid in it", async (format, Data, isBad) => {
    await using kinesis = await TestKinesis.start();
    await kinesis.channel(recordsOfFormat(format));
    const stream = kinesis.find();
    await kinesis.run("PutRecord", { StreamARN: stream.arn, Data, PartitionKey: "k" });
    await copied(kinesis, 1);
    await kinesis.pass(freshnessMs);
    await delivered(kinesis, 1);
    const keys = kinesis.delivery.places.of("lake").map(({ key }) => key.includes("/errors/"));
    expect(keys).toEqual([isBad]);
  });

  it("goes on after a restart, and writes an object again under its own name when the answer was lost", async () => {
    await using kinesis = await TestKinesis.start({ onDisk: true });
    await kinesis.channel(recordsOfFormat("STRING"));
    await kinesis.put(kinesis.find(), "one ");
    await copied(kinesis, 1);
    await kinesis.restart();
    await kinesis.put(kinesis.find(), "two ");
    await copied(kinesis, 2);
    kinesis.delivery.places.lostAnswers = 1;
    await kinesis.pass(freshnessMs);
    await delivered(kinesis, 8);
    await kinesis.until(() => kinesis.delivery.places.lostAnswers === 0);
    await kinesis.restart();
    await kinesis.put(kinesis.find(), "three");
    await minutesUntil(kinesis, () => kinesis.delivery.places.objects.size > 1);
    // Whatever is still to come would come now.
    for (let i = 0; i < 10; i++) await kinesis.pass(freshnessMs);
    const texts = await delivered(kinesis, 13);
    expect(texts.join("").length).toBe(13);
    expect([...texts].sort()).toEqual(["one two ", "three"]);
  });

  it("tries for ever, says why in its log, and loses nothing", async () => {
    await using kinesis = await TestKinesis.start();
    await kinesis.channel({ LoggingConfiguration: { CloudWatchLogs: { Enabled: true } } });
    const { places, logs } = kinesis.delivery;
    places.failure = new ObjectTargetError("S3.AccessDenied", "Access was denied.");
    await kinesis.put(kinesis.find(), "1");
    await copied(kinesis, 1);
    await kinesis.pass(freshnessMs);
    await kinesis.until(() => logs.lines.some(({ message }) => message.includes("S3.AccessDenied")));
    places.failure = undefined;
    await minutesUntil(kinesis, () => places.objects.size > 0);
    expect(await delivered(kinesis, 1)).toEqual(["1"]);
  });

  it("asks its role for nothing of the stream but its key, and for its log", async () => {
    await using kinesis = await TestKinesis.start();
    await kinesis.channel({ LoggingConfiguration: { CloudWatchLogs: { Enabled: true } } });
    const { roles, logs, places } = kinesis.delivery;
    const stream = kinesis.find();
    await kinesis.run("StartStreamEncryption", {
      StreamARN: stream.arn,
      EncryptionType: "KMS",
      KeyId: "key",
    });
    await kinesis.pass();
    roles.forbidden.add("kms:Decrypt");
    await kinesis.put(stream, "1");
    await kinesis.until(() => logs.lines.some(({ message }) => message.includes("KMSAccessDenied")));
    expect(new Set(roles.asked.map(({ action }) => action))).toEqual(
      new Set(["kms:Decrypt", "logs:PutLogEvents"]),
    );
    roles.forbidden.clear();
    await kinesis.pass(30_000);
    await copied(kinesis, 1);
    await kinesis.pass(freshnessMs);
    expect(await delivered(kinesis, 1)).toEqual(["1"]);
    roles.forbidden.add("logs:PutLogEvents");
    const lines = logs.lines.length;
    places.failure = new ObjectTargetError("S3.AccessDenied", "Access was denied.");
    await kinesis.put(stream, "2");
    await copied(kinesis, 1);
    await kinesis.pass(freshnessMs);
    expect(logs.lines).toHaveLength(lines);
  });

  it("reads all shards, also those that its stream gets later", async () => {
    await using kinesis = await TestKinesis.start();
    await kinesis.channel(recordsOfFormat("STRING"));
    const stream = kinesis.find();
    const keys = Array.from({ length: 20 }, (_, i) => `${i}`);
    for (const key of keys) await kinesis.put(stream, `a${key};`, key);
    await kinesis.run("UpdateAccountSettings", {
      MinimumThroughputBillingCommitment: { Status: "ENABLED" },
    });
    await kinesis.run("UpdateStreamWarmThroughput", { StreamARN: stream.arn, WarmThroughputMiBps: 10 });
    await kinesis.pass();
    for (const key of keys) await kinesis.put(stream, `b${key};`, key);
    await copied(kinesis, 40);
    await kinesis.pass(freshnessMs);
    expect(stream.shards.size).toBeGreaterThan(4);
    const texts = await delivered(kinesis, 140);
    const all = texts.join("").split(";").filter(Boolean).sort();
    expect(all).toEqual([...keys.map((key) => `a${key}`), ...keys.map((key) => `b${key}`)].sort());
  });

  it("delivers sooner where its tag says so, and by its new freshness after an update", async () => {
    await using kinesis = await TestKinesis.start();
    const ResourceARN = await kinesis.channel(recordsOfFormat("STRING"));
    await kinesis.run("TagResource", { ResourceARN, Tags: { "millrace:data-freshness-seconds": "1" } });
    await kinesis.pass(0);
    await kinesis.put(kinesis.find(), "soon");
    await copied(kinesis, 1);
    await kinesis.pass(1_000);
    await delivered(kinesis, 4);
    await kinesis.run("UntagResource", { ResourceARN, TagKeys: ["millrace:data-freshness-seconds"] });
    await kinesis.run("UpdateChannel", {
      ChannelARN: ResourceARN,
      S3DestinationConfiguration: { DataFreshnessInSeconds: 600 },
    });
    await kinesis.pass();
    await kinesis.put(kinesis.find(), "late");
    await copied(kinesis, 1);
    await kinesis.pass(599_000);
    expect(kinesis.delivery.places.objects.size).toBe(1);
    await kinesis.pass(1_000);
    expect(await delivered(kinesis, 8)).toContain("late");
  });

  it("is gone with a reset, and so is what it had not delivered", async () => {
    await using kinesis = await TestKinesis.start();
    await kinesis.channel();
    await kinesis.put(kinesis.find(), "1");
    await copied(kinesis, 1);
    await kinesis.state.reset();
    expect(kinesis.state.channels.size).toBe(0);
    await kinesis.pass(freshnessMs);
    expect(kinesis.delivery.places.objects.size).toBe(0);
    await kinesis.channel();
  });
});
