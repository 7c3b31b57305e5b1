import { expect, it } from "vitest";
import { codeOf, refusalOf, TestKms } from "../test-kms.ts";

it("CreateAlias names a key once in an account and region", async () => {
  await using kms = await TestKms.start({ onDisk: true });
  const { KeyId, Arn } = await kms.key();
  const input = { AliasName: "alias/team/mine", TargetKeyId: KeyId };
  await kms.run("CreateAlias", input);
  expect(await refusalOf(kms.run("CreateAlias", input))).toBe(
    "AlreadyExistsException: An alias with the name arn:aws:kms:us-east-1:000000000000:alias/team/mine already exists",
  );
  await kms.restart();
  expect((await kms.describe("alias/team/mine")).Arn).toBe(Arn);
  expect(kms.permissions("CreateAlias", { AliasName: "alias/new", TargetKeyId: KeyId })).toMatchObject([
    { action: "kms:CreateAlias", resources: ["arn:aws:kms:us-east-1:000000000000:alias/new"] },
    { action: "kms:CreateAlias", resources: [Arn] },
  ]);
});

it("CreateAlias refuses other names, keys and too many of them", async () => {
  await using kms = await TestKms.start();
  const { KeyId } = await kms.key();
  const create = (AliasName: string, TargetKeyId: string = KeyId): Promise<string> =>
    codeOf(kms.run("CreateAlias", { AliasName, TargetKeyId }));
  expect(await create("mine")).toBe("ValidationException");
  expect(await create("alias/")).toBe("ValidationException");
  expect(await create("alias/aws/mine")).toBe("NotAuthorizedException");
  expect(await create("alias/mine", "alias/other")).toBe("NotFoundException");
  const managed = await kms.describe("alias/aws/s3");
  expect(await create("alias/mine", managed.KeyId)).toBe("AccessDeniedException");
  for (let count = 0; count < 50; count++)
    await kms.run("CreateAlias", { AliasName: `alias/${count}`, TargetKeyId: KeyId });
  expect(await create("alias/50")).toBe("LimitExceededException");
  await kms.run("ScheduleKeyDeletion", { KeyId });
  expect(await create("alias/late")).toBe("KMSInvalidStateException");
});
