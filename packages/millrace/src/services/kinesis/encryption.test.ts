import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { TestKinesis, texts } from "./test-kinesis.ts";

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
