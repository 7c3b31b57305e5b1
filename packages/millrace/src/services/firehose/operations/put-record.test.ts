import { describe, expect, it } from "vitest";
import { codeAndMessageOf, codeOf, errorOf, streamName, TestFirehose } from "../test-firehose.ts";

const put = (firehose: TestFirehose, text: string): Promise<{ RecordId?: string | undefined }> =>
  firehose.run("PutRecord", { DeliveryStreamName: streamName, Record: { Data: Buffer.from(text) } });

describe("PutRecord", () => {
  it("answers an id of its own each time and delivers the record", async () => {
    await using firehose = await TestFirehose.start();
    await firehose.create();
    const first = await put(firehose, "one\n");
    const second = await put(firehose, "two\n");
    expect(first).toMatchObject({ Encrypted: false });
    expect(first.RecordId).not.toBe(second.RecordId);
    await firehose.flush();
    expect(firehose.places.texts("lake")).toEqual(["one\ntwo\n"]);
  });

  it("knows no stream that is not there", async () => {
    await using firehose = await TestFirehose.start();
    expect(await codeAndMessageOf(put(firehose, "a"))).toEqual({
      code: "ResourceNotFoundException",
      message: "Firehose clicks under account 000000000000 not found.",
    });
  });

  it("does not find streams of other accounts and regions", async () => {
    await using firehose = await TestFirehose.start();
    await firehose.create();
    const input = { DeliveryStreamName: streamName, Record: { Data: Buffer.from("a") } };
    expect(await codeOf(firehose.run("PutRecord", input, { region: "eu-west-1" }))).toBe(
      "ResourceNotFoundException",
    );
    expect(await codeOf(firehose.run("PutRecord", input, { account: "111111111111" }))).toBe(
      "ResourceNotFoundException",
    );
  });

  it("says that a record was encrypted, and refuses it while the key cannot be used", async () => {
    await using firehose = await TestFirehose.start();
    const keyArn = "arn:aws:kms:us-east-1:000000000000:key/k";
    await firehose.create(
      {},
      {
        DeliveryStreamEncryptionConfigurationInput: { KeyType: "CUSTOMER_MANAGED_CMK", KeyARN: keyArn },
      },
    );
    expect(await put(firehose, "a")).toMatchObject({ Encrypted: true });
    firehose.keys.disabled.add(keyArn);
    const refused = await errorOf(put(firehose, "b"));
    expect(refused).toMatchObject({
      code: "InvalidKMSResourceException",
      members: { code: "DisabledException" },
    });
    expect(firehose.metric("KMSKeyDisabled")).toBe(1);
    firehose.keys.disabled.clear();
    await put(firehose, "c");
    await firehose.flush();
    expect(firehose.places.texts("lake")).toEqual(["ac"]);
  });

  it("asks for the stream alone", async () => {
    await using firehose = await TestFirehose.start();
    expect(
      firehose.permissions("PutRecord", {
        DeliveryStreamName: streamName,
        Record: { Data: Buffer.from("a") },
      }),
    ).toEqual([
      {
        action: "firehose:PutRecord",
        resources: ["arn:aws:firehose:us-east-1:000000000000:deliverystream/clicks"],
      },
    ]);
  });
});
