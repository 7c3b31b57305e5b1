import { expect, it } from "vitest";
import { codeOf, dayMs, TestKms } from "../test-kms.ts";

it("DescribeKey makes the AWS managed key that its alias stands for, once", async () => {
  await using kms = await TestKms.start();
  const [one, two] = await Promise.all([
    kms.describe("alias/aws/kinesis"),
    kms.describe("alias/aws/kinesis"),
  ]);
  expect(one).toMatchObject({
    KeyManager: "AWS",
    Description: "Default key that protects my kinesis data when no other key is defined",
  });
  expect(two).toEqual(one);
  const KeyId = one.KeyId;
  expect(await codeOf(kms.run("ScheduleKeyDeletion", { KeyId }))).toBe("AccessDeniedException");
  expect(await codeOf(kms.run("DisableKey", { KeyId }))).toBe("AccessDeniedException");
  expect(await codeOf(kms.run("PutKeyPolicy", { KeyId, Policy: "{}" }))).toBe("AccessDeniedException");
  expect((await kms.run("GetKeyRotationStatus", { KeyId })).KeyRotationEnabled).toBe(true);
  expect((await kms.run("ListAliases", {})).Aliases).toMatchObject([
    { AliasName: "alias/aws/kinesis", TargetKeyId: KeyId },
  ]);
  expect(await codeOf(kms.describe("alias/aws/nothing"))).toBe("NotFoundException");
  expect(
    await codeOf(kms.describe("alias/aws/s3", { region: "eu-west-1" }).then((key) => kms.describe(key.Arn))),
  ).toBe("NotFoundException");
});

it("DescribeKey shows what is to come: deletion and expiry", async () => {
  await using kms = await TestKms.start();
  const { KeyId } = await kms.key();
  await kms.run("ScheduleKeyDeletion", { KeyId, PendingWindowInDays: 7 });
  expect(await kms.describe(KeyId)).toMatchObject({
    Enabled: false,
    KeyState: "PendingDeletion",
    DeletionDate: new Date(kms.clock.now() + 7 * dayMs),
  });
});
