import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { codeOf, nextEvent, TestKinesis, texts } from "./test-kinesis.ts";

/** Whether any file below the data directory holds these bytes. */
function isOnDisk(kinesis: TestKinesis, text: string): boolean {
  const directory = kinesis.directory ?? "";
  return readdirSync(directory, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .some((entry) => readFileSync(join(entry.parentPath, entry.name)).includes(text));
}

describe("encryption at rest", () => {
  it("leaves no plain text of data or keys on disk, and survives restarts", async () => {
    await using kinesis = await TestKinesis.start({ onDisk: true });
    const stream = await kinesis.stream();
    const { arn } = stream;
    await kinesis.put(stream, "plain data", "plain key");
    await kinesis.run("StartStreamEncryption", { StreamARN: arn, EncryptionType: "KMS", KeyId: "alias/one" });
    await kinesis.pass();
    await kinesis.put(stream, "first secret", "secret key");
    await kinesis.restart();
    expect(kinesis.find().document.keyId).toBe("alias/one");
    await kinesis.put(kinesis.find(), "second secret", "secret key");
    await kinesis.run("StartStreamEncryption", { StreamARN: arn, EncryptionType: "KMS", KeyId: "alias/two" });
    await kinesis.pass();
    await kinesis.put(kinesis.find(), "third secret", "secret key");
    await kinesis.run("StopStreamEncryption", { StreamARN: arn, EncryptionType: "KMS", KeyId: "alias/two" });
    await kinesis.pass();
    await kinesis.put(kinesis.find(), "open again", "open key");
    await kinesis.restart();
    for (const text of ["plain data", "plain key", "open again", "open key"])
      expect(isOnDisk(kinesis, text)).toBe(true);
    for (const text of ["first secret", "second secret", "third secret", "secret key"])
      expect(isOnDisk(kinesis, text)).toBe(false);
    const records = await kinesis.records(kinesis.find());
    expect(texts(records)).toEqual([
      "plain data",
      "first secret",
      "second secret",
      "third secret",
      "open again",
    ]);
    expect(records.map(({ EncryptionType }) => EncryptionType)).toEqual([
      undefined,
      "KMS",
      "KMS",
      "KMS",
      undefined,
    ]);
  });

  it("covers the shards that a reshard makes", async () => {
    await using kinesis = await TestKinesis.start({ onDisk: true });
    const stream = await kinesis.stream();
    await kinesis.run("StartStreamEncryption", {
      StreamARN: stream.arn,
      EncryptionType: "KMS",
      KeyId: "alias/one",
    });
    await kinesis.pass();
    await kinesis.run("SplitShard", {
      StreamARN: stream.arn,
      ShardToSplit: "0",
      NewStartingHashKey: (2n ** 127n).toString(),
    });
    await kinesis.pass();
    const { shard } = await kinesis.put(stream, "secret of a child");
    expect(shard).not.toBe("shardId-000000000000");
    expect(isOnDisk(kinesis, "secret of a child")).toBe(false);
    expect(texts(await kinesis.records(stream, shard))).toEqual(["secret of a child"]);
  });
});

describe("a key that cannot be used any more", () => {
  it("refuses each call that reads or writes, until it can be used again", async () => {
    await using kinesis = await TestKinesis.start();
    const stream = await kinesis.stream();
    const reader = await kinesis.consumer(stream);
    await kinesis.run("StartStreamEncryption", {
      StreamARN: stream.arn,
      EncryptionType: "KMS",
      KeyId: "mine",
    });
    await kinesis.pass();
    await kinesis.put(stream, "a secret");
    const ShardIterator = await kinesis.iterator(stream, {});
    kinesis.keys.disabled.add("mine");
    const record = { Data: Buffer.from("x"), PartitionKey: "k" };
    const calls = [
      kinesis.run("PutRecord", { StreamName: "orders", ...record }),
      kinesis.run("PutRecords", { StreamName: "orders", Records: [record] }),
      kinesis.run("GetRecords", { ShardIterator }),
      kinesis.run("SubscribeToShard", {
        ConsumerARN: reader,
        ShardId: "shardId-000000000000",
        StartingPosition: { Type: "TRIM_HORIZON" },
      }),
    ];
    for (const call of calls) expect(await codeOf(call)).toBe("KMSDisabledException");
    kinesis.keys.disabled.clear();
    expect(texts((await kinesis.run("GetRecords", { ShardIterator })).Records)).toEqual(["a secret"]);
  });

  it("ends the subscriptions that run", async () => {
    await using kinesis = await TestKinesis.start();
    const stream = await kinesis.stream();
    await kinesis.run("StartStreamEncryption", {
      StreamARN: stream.arn,
      EncryptionType: "KMS",
      KeyId: "mine",
    });
    await kinesis.pass();
    await kinesis.put(stream, "a secret");
    await using subscription = await kinesis.subscribe({
      ConsumerARN: await kinesis.consumer(stream),
      ShardId: "shardId-000000000000",
      StartingPosition: { Type: "TRIM_HORIZON" },
    });
    expect(texts((await nextEvent(subscription.events))?.Records)).toEqual(["a secret"]);
    kinesis.keys.disabled.add("mine");
    expect(await codeOf(subscription.events.next())).toBe("KMSDisabledException");
  });

  it("is answered with the key service's error also when only old segments need it", async () => {
    await using kinesis = await TestKinesis.start({ onDisk: true });
    const stream = await kinesis.stream();
    const encryption = { StreamARN: stream.arn, EncryptionType: "KMS", KeyId: "mine" } as const;
    await kinesis.run("StartStreamEncryption", encryption);
    await kinesis.pass();
    await kinesis.put(stream, "a secret");
    await kinesis.run("StopStreamEncryption", encryption);
    await kinesis.pass();
    kinesis.keys.unopenable = true;
    await kinesis.restart();
    const ShardIterator = await kinesis.iterator(kinesis.find(), {});
    expect(await codeOf(kinesis.run("GetRecords", { ShardIterator }))).toBe("KMSDisabledException");
    kinesis.keys.unopenable = false;
    expect(texts((await kinesis.run("GetRecords", { ShardIterator })).Records)).toEqual(["a secret"]);
  });
});
