import { describe, expect, it } from "vitest";
import { type ServiceUse, servicePermission } from "./service-permission.ts";
import { TestKms } from "./test-kms.ts";

const owner = { account: "000000000000", region: "us-east-1" };
const stream = "arn:aws:kinesis:us-east-1:000000000000:stream/orders";
const use = (keyId: string): ServiceUse => ({
  action: "kms:GenerateDataKey",
  keyId,
  owner,
  caller: "111111111111",
  service: "kinesis",
  context: { "aws:kinesis:arn": stream },
});

describe("what a service's caller needs of a key", () => {
  it("is asked of the key itself, whichever way it is named", async () => {
    await using kms = await TestKms.start();
    const { KeyId, Arn } = await kms.key({ Tags: [{ TagKey: "team", TagValue: "a" }] });
    await kms.run("CreateAlias", { AliasName: "alias/orders", TargetKeyId: KeyId });
    for (const name of [KeyId, Arn, "alias/orders", "arn:aws:kms:us-east-1:000000000000:alias/orders"])
      expect(servicePermission(kms.state, use(name))).toEqual({
        action: "kms:GenerateDataKey",
        resources: [Arn],
        context: expect.objectContaining({
          "aws:ViaAWSService": "true",
          "aws:ResourceTag/team": "a",
          "kms:CallerAccount": "111111111111",
          "kms:ViaService": "kinesis.us-east-1.amazonaws.com",
          "kms:EncryptionContext:aws:kinesis:arn": stream,
          "kms:EncryptionContextKeys": ["aws:kinesis:arn"],
          "kms:ResourceAliases": ["alias/orders"],
        }),
      });
  });

  it("is nothing where there is no key: using it fails, or makes it", async () => {
    await using kms = await TestKms.start();
    for (const name of ["alias/none", "nonsense", "arn:aws:kms:nonsense", "alias/aws/kinesis"])
      expect(servicePermission(kms.state, use(name))).toBeUndefined();
    expect(servicePermission(kms.state, { ...use("alias/none"), owner: { ...owner, account: "" } })).toBe(
      undefined,
    );
  });
});
