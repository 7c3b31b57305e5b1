import { expect, it } from "vitest";
import { codeOf, TestKms } from "../test-kms.ts";

it("DeleteAlias leaves the key", async () => {
  await using kms = await TestKms.start({ onDisk: true });
  const { KeyId } = await kms.key();
  await kms.run("CreateAlias", { AliasName: "alias/mine", TargetKeyId: KeyId });
  await kms.run("DeleteAlias", { AliasName: "alias/mine" });
  await kms.restart();
  expect(await codeOf(kms.describe("alias/mine"))).toBe("NotFoundException");
  expect((await kms.describe(KeyId)).KeyState).toBe("Enabled");
  expect(await codeOf(kms.run("DeleteAlias", { AliasName: "alias/mine" }))).toBe("NotFoundException");
  await kms.describe("alias/aws/s3");
  expect(await codeOf(kms.run("DeleteAlias", { AliasName: "alias/aws/s3" }))).toBe("NotAuthorizedException");
});
