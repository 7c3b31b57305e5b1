import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { MasterKey } from "../core/master-key.ts";
import { ownedKeyId } from "../services/firehose/index.ts";
import { ServiceKeys } from "../services/kms/index.ts";
import { TestKms } from "../services/kms/test-kms.ts";
import { KmsFirehoseKeys } from "./firehose-keys.ts";

const owner = { account: "000000000000", region: "us-east-1" };
let kms: TestKms;
let keys: KmsFirehoseKeys;
let keyArn: string;

beforeAll(async () => {
  kms = await TestKms.start();
  keys = new KmsFirehoseKeys(new ServiceKeys(kms.state), MasterKey.random());
  ({ Arn: keyArn } = await kms.key());
});
afterAll(() => kms[Symbol.asyncDispose]());

describe("keys of delivery streams", () => {
  it("are KMS's, or the data directory's own", async () => {
    for (const keyId of [keyArn, ownedKeyId]) {
      const { plaintext, wrapped } = await keys.createDataKey(keyId);
      expect(plaintext).toHaveLength(32);
      expect(Buffer.from(await keys.openDataKey(keyId, wrapped))).toEqual(Buffer.from(plaintext));
    }
  });

  it("are refused with Firehose's code, and KMS's as a member", async () => {
    const { Arn } = await kms.key();
    const { wrapped } = await keys.createDataKey(Arn);
    await kms.run("DisableKey", { KeyId: Arn });
    const disabled = { code: "InvalidKMSResourceException", members: { code: "DisabledException" } };
    await expect(keys.check(Arn, owner)).rejects.toMatchObject(disabled);
    expect(() => keys.checkNow(Arn, owner)).toThrow(expect.objectContaining(disabled));
    await expect(keys.createDataKey(Arn)).rejects.toMatchObject(disabled);
    await expect(keys.openDataKey(Arn, wrapped)).rejects.toMatchObject(disabled);
    const missing = `${keyArn.slice(0, -1)}x`;
    await expect(keys.check(missing, owner)).rejects.toMatchObject({
      members: { code: "NotFoundException" },
    });
    expect(keys.permission({ keyArn: missing, owner, caller: owner.account })).toBeUndefined();
  });

  it("ask callers for the right to grant their use", () => {
    const permission = keys.permission({ keyArn, owner, caller: owner.account });
    expect(permission).toMatchObject({
      action: "kms:CreateGrant",
      resources: [keyArn],
      context: {
        "kms:GrantIsForAWSResource": "true",
        "kms:ViaService": "firehose.us-east-1.amazonaws.com",
      },
    });
    expect(permission?.refusal?.("no")).toMatchObject({
      code: "InvalidKMSResourceException",
      members: { code: "AccessDeniedException" },
    });
  });
});
