import { describe, expect, it } from "vitest";
import { codeOf, TestKinesis, texts } from "../test-kinesis.ts";

const stop = (kinesis: TestKinesis, KeyId: string = "alias/mine"): Promise<unknown> =>
  kinesis.run("StopStreamEncryption", { StreamName: "orders", EncryptionType: "KMS", KeyId });

describe("StopStreamEncryption", () => {
  it("leaves new records plain and old ones readable", async () => {
    await using kinesis = await TestKinesis.start();
    const stream = await kinesis.stream();
    await kinesis.run("StartStreamEncryption", {
      StreamName: "orders",
      EncryptionType: "KMS",
      KeyId: "alias/mine",
    });
    await kinesis.pass();
    await kinesis.put(stream, "secret");
    await stop(kinesis);
    expect(stream.document.status).toBe("UPDATING");
    await kinesis.pass();
    await kinesis.put(stream, "plain");
    const records = await kinesis.records(stream);
    expect(texts(records)).toEqual(["secret", "plain"]);
    expect(records.map(({ EncryptionType }) => EncryptionType)).toEqual(["KMS", undefined]);
    const { StreamDescription } = await kinesis.run("DescribeStream", { StreamName: "orders" });
    expect(StreamDescription?.EncryptionType).toBe("NONE");
    expect(StreamDescription).not.toHaveProperty("KeyId");
  });

  it("refuses another key than the stream's, and the type NONE", async () => {
    await using kinesis = await TestKinesis.start();
    const stream = await kinesis.stream();
    await kinesis.run("StartStreamEncryption", {
      StreamName: "orders",
      EncryptionType: "KMS",
      KeyId: "alias/mine",
    });
    await kinesis.pass();
    expect(await codeOf(stop(kinesis, "alias/other"))).toBe("InvalidArgumentException");
    const none = { StreamName: "orders", EncryptionType: "NONE", KeyId: "alias/mine" } as const;
    expect(await codeOf(kinesis.run("StopStreamEncryption", none))).toBe("InvalidArgumentException");
    expect(stream.document.keyId).toBe("alias/mine");
  });

  it("needs a stream that is there and ACTIVE", async () => {
    await using kinesis = await TestKinesis.start();
    expect(await codeOf(stop(kinesis))).toBe("ResourceNotFoundException");
    await kinesis.run("CreateStream", { StreamName: "orders", ShardCount: 1 });
    expect(await codeOf(stop(kinesis))).toBe("ResourceInUseException");
  });
});
