import { describe, expect, it } from "vitest";
import { codeAndMessageOf, codeOf, errorOf, streamName, TestFirehose } from "../test-firehose.ts";

const keyArn = "arn:aws:kms:us-east-1:000000000000:key/k";
const customer = { KeyType: "CUSTOMER_MANAGED_CMK", KeyARN: keyArn } as const;
type Asked = { KeyType: "CUSTOMER_MANAGED_CMK" | "AWS_OWNED_CMK"; KeyARN?: string };

const start = (firehose: TestFirehose, asked?: Asked): Promise<unknown> =>
  firehose.run("StartDeliveryStreamEncryption", {
    DeliveryStreamName: streamName,
    ...(asked === undefined ? {} : { DeliveryStreamEncryptionConfigurationInput: asked }),
  });
const encryption = async (firehose: TestFirehose): Promise<unknown> =>
  (await firehose.describe()).DeliveryStreamEncryptionConfiguration;

describe("StartDeliveryStreamEncryption", () => {
  it("encrypts from ENABLED on, and delivers what came before and after", async () => {
    await using firehose = await TestFirehose.start();
    await firehose.create();
    await firehose.put("plain ");
    await start(firehose, customer);
    expect(await encryption(firehose)).toEqual({ ...customer, Status: "ENABLING" });
    await firehose.settle();
    expect(await encryption(firehose)).toEqual({ ...customer, Status: "ENABLED" });
    await firehose.put("secret");
    await firehose.restart();
    await firehose.flush();
    expect(firehose.places.texts("lake")).toEqual(["plain secret"]);
  });

  it("takes Millrace's own key when none is named, and shows no ARN of it", async () => {
    await using firehose = await TestFirehose.start();
    await firehose.create();
    await start(firehose);
    await firehose.settle();
    expect(await encryption(firehose)).toEqual({ KeyType: "AWS_OWNED_CMK", Status: "ENABLED" });
  });

  it("changes the key of a stream that is encrypted", async () => {
    await using firehose = await TestFirehose.start();
    await firehose.create();
    await start(firehose);
    await firehose.settle();
    await firehose.put("old ");
    await start(firehose, customer);
    await firehose.settle();
    await firehose.put("new");
    await firehose.flush();
    expect(firehose.places.texts("lake")).toEqual(["old new"]);
    expect(firehose.stream.appendOptions.encryption?.keyId).toBe(keyArn);
  });

  it("refuses keys as AWS does", async () => {
    await using firehose = await TestFirehose.start();
    await firehose.create();
    expect(await codeAndMessageOf(start(firehose, { ...customer, KeyType: "AWS_OWNED_CMK" }))).toEqual({
      code: "InvalidArgumentException",
      message: "KeyARN cannot be specified when KeyType is AWS_OWNED_CMK",
    });
    expect(await codeAndMessageOf(start(firehose, { KeyType: "CUSTOMER_MANAGED_CMK" }))).toEqual({
      code: "InvalidArgumentException",
      message: "KeyARN has to be specified when KeyType is CUSTOMER_MANAGED_CMK",
    });
    const abroad = { ...customer, KeyARN: "arn:aws:kms:eu-west-1:000000000000:key/k" };
    expect(await codeAndMessageOf(start(firehose, abroad))).toEqual({
      code: "InvalidArgumentException",
      message:
        "Cross-region keys are not allowed for SSE. Please provide CMKs in the same region as firehose",
    });
    const missing = { ...customer, KeyARN: "arn:aws:kms:us-east-1:000000000000:key/missing" };
    expect(await errorOf(start(firehose, missing))).toMatchObject({
      code: "InvalidKMSResourceException",
      members: { code: "NotFoundException" },
    });
    expect(await encryption(firehose)).toEqual({ Status: "DISABLED" });
  });

  it("ends in ENABLING_FAILED when the key has become unusable, and the old key stays in force", async () => {
    await using firehose = await TestFirehose.start();
    await firehose.create();
    await start(firehose, customer);
    firehose.keys.disabled.add(keyArn);
    await firehose.settle();
    expect(await encryption(firehose)).toEqual({
      ...customer,
      Status: "ENABLING_FAILED",
      FailureDescription: { Type: "DISABLED_KMS_KEY", Details: `${keyArn} is disabled.` },
    });
    await firehose.put("a");
    await firehose.flush();
    expect(firehose.places.texts("lake")).toEqual(["a"]);
  });

  it("is refused while encryption changes, and more than 25 times a day", async () => {
    await using firehose = await TestFirehose.start();
    await firehose.create();
    await start(firehose);
    expect(await codeOf(start(firehose))).toBe("ResourceInUseException");
    await firehose.settle();
    for (let i = 0; i < 24; i++) {
      await start(firehose);
      await firehose.settle();
    }
    expect(await codeOf(start(firehose))).toBe("LimitExceededException");
    firehose.clock.advance(86_400_000);
    await start(firehose);
  });

  it("is not for streams that read from a data stream", async () => {
    await using firehose = await TestFirehose.start();
    await firehose.create(
      {},
      {
        DeliveryStreamType: "KinesisStreamAsSource",
        KinesisStreamSourceConfiguration: {
          KinesisStreamARN: "arn:aws:kinesis:us-east-1:000000000000:stream/orders",
          RoleARN: "arn:aws:iam::000000000000:role/reader",
        },
      },
    );
    expect(await codeOf(start(firehose))).toBe("InvalidArgumentException");
  });

  it("goes on after a restart", async () => {
    await using firehose = await TestFirehose.start();
    await firehose.create();
    await start(firehose, customer);
    await firehose.restart();
    await firehose.settle();
    expect(await encryption(firehose)).toEqual({ ...customer, Status: "ENABLED" });
  });

  it("needs the key's grant beside its own action", async () => {
    await using firehose = await TestFirehose.start();
    const input = { DeliveryStreamName: streamName, DeliveryStreamEncryptionConfigurationInput: customer };
    expect(firehose.permissions("StartDeliveryStreamEncryption", input)).toMatchObject([
      { action: "firehose:StartDeliveryStreamEncryption" },
      { action: "kms:CreateGrant", resources: [keyArn] },
    ]);
  });
});
