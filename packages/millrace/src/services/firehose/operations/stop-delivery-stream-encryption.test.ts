import { describe, expect, it } from "vitest";
import { codeOf, streamName, TestFirehose } from "../test-firehose.ts";

const input = { DeliveryStreamName: streamName };

async function encrypted(): Promise<TestFirehose> {
  const firehose = await TestFirehose.start();
  await firehose.create({}, { DeliveryStreamEncryptionConfigurationInput: { KeyType: "AWS_OWNED_CMK" } });
  return firehose;
}

describe("StopDeliveryStreamEncryption", () => {
  it("ends encryption; what waits is delivered all the same", async () => {
    await using firehose = await encrypted();
    await firehose.put("secret ");
    await firehose.run("StopDeliveryStreamEncryption", input);
    expect((await firehose.describe()).DeliveryStreamEncryptionConfiguration).toEqual({
      KeyType: "AWS_OWNED_CMK",
      Status: "DISABLING",
    });
    expect(await codeOf(firehose.run("StopDeliveryStreamEncryption", input))).toBe("ResourceInUseException");
    await firehose.settle();
    expect((await firehose.describe()).DeliveryStreamEncryptionConfiguration).toEqual({ Status: "DISABLED" });
    await firehose.put("plain");
    await firehose.flush();
    expect(firehose.places.texts("lake")).toEqual(["secret plain"]);
  });

  it("changes nothing of a stream that is not encrypted", async () => {
    await using firehose = await TestFirehose.start();
    await firehose.create();
    await firehose.run("StopDeliveryStreamEncryption", input);
    expect((await firehose.describe()).DeliveryStreamEncryptionConfiguration).toEqual({ Status: "DISABLED" });
  });

  it("knows no stream that is not there", async () => {
    await using firehose = await TestFirehose.start();
    expect(await codeOf(firehose.run("StopDeliveryStreamEncryption", input))).toBe(
      "ResourceNotFoundException",
    );
  });
});
