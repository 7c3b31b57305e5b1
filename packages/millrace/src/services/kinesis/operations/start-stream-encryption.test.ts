import { describe, expect, it } from "vitest";
import { codeOf, TestKinesis } from "../test-kinesis.ts";

const start = (kinesis: TestKinesis, KeyId: string = "alias/mine"): Promise<unknown> =>
  kinesis.run("StartStreamEncryption", { StreamName: "orders", EncryptionType: "KMS", KeyId });

describe("StartStreamEncryption", () => {
  it("encrypts new records and says so of each", async () => {
    await using kinesis = await TestKinesis.start();
    const stream = await kinesis.stream();
    await kinesis.put(stream, "plain");
    await start(kinesis);
    expect(stream.document.status).toBe("UPDATING");
    await kinesis.pass();
    const put = { StreamName: "orders", Data: Buffer.from("secret"), PartitionKey: "k" };
    expect((await kinesis.run("PutRecord", put)).EncryptionType).toBe("KMS");
    expect((await kinesis.run("PutRecords", { StreamName: "orders", Records: [put] })).EncryptionType).toBe(
      "KMS",
    );
    const types = (await kinesis.records(stream)).map(({ EncryptionType }) => EncryptionType);
    expect(types).toEqual([undefined, "KMS", "KMS"]);
    const { StreamDescriptionSummary } = await kinesis.run("DescribeStreamSummary", { StreamName: "orders" });
    expect(StreamDescriptionSummary).toMatchObject({
      EncryptionType: "KMS",
      KeyId: "alias/mine",
      StreamStatus: "ACTIVE",
    });
  });

  it("changes the key of a stream that is encrypted", async () => {
    await using kinesis = await TestKinesis.start();
    const stream = await kinesis.stream();
    for (const key of ["alias/mine", "alias/other"]) {
      await start(kinesis, key);
      await kinesis.pass();
    }
    expect(stream.document.keyId).toBe("alias/other");
  });

  it("refuses a key that KMS does not have, and the type NONE", async () => {
    await using kinesis = await TestKinesis.start();
    const stream = await kinesis.stream();
    expect(await codeOf(start(kinesis, "missing"))).toBe("KMSNotFoundException");
    const none = { StreamName: "orders", EncryptionType: "NONE", KeyId: "alias/mine" } as const;
    expect(await codeOf(kinesis.run("StartStreamEncryption", none))).toBe("InvalidArgumentException");
    expect(stream.document).toMatchObject({ status: "ACTIVE" });
    expect(stream.document.keyId).toBeUndefined();
  });

  it("needs a stream that is there and ACTIVE", async () => {
    await using kinesis = await TestKinesis.start();
    expect(await codeOf(start(kinesis))).toBe("ResourceNotFoundException");
    await kinesis.run("CreateStream", { StreamName: "orders", ShardCount: 1 });
    expect(await codeOf(start(kinesis))).toBe("ResourceInUseException");
    await kinesis.pass();
    await start(kinesis);
    expect(await codeOf(start(kinesis))).toBe("ResourceInUseException");
  });
});
