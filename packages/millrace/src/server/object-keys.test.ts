import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { ManualClock } from "../core/clock.ts";
import { silentLogger } from "../core/logger.ts";
import { MasterKey } from "../core/master-key.ts";
import { Store } from "../core/store.ts";
import type { Call } from "../gateway/call.ts";
import { PageTokens } from "../gateway/tokens.ts";
import { createKms, KmsState, ServiceKeys } from "../services/kms/index.ts";
import { KmsObjectKeys } from "./object-keys.ts";

const owner = { account: "000000000000", region: "us-east-1" };
const context = { "aws:s3:arn": "arn:aws:s3:::bucket/key" };
const store = new Store({ path: ":memory:", sync: "off" });
const clock = new ManualClock();
const master = MasterKey.random();
const tokens = new PageTokens({ key: master.derive("page tokens"), clock });
const state = new KmsState({ clock, store, master, tokens, log: silentLogger });
const serviceKeys = new ServiceKeys(state);
const keys = new KmsObjectKeys(
  () => Promise.resolve(serviceKeys),
  () => serviceKeys,
);

beforeAll(() => state.load());
afterAll(async () => {
  await state.close();
  store.close();
});

/** Calls KMS as its clients do. */
async function kms(operation: string, input: object): Promise<unknown> {
  const call: Call = {
    ...owner,
    requestId: "",
    service: "kms",
    operation,
    principal: { arn: "", account: owner.account, accessKeyId: "", kind: "root" },
    receivedAt: clock.now(),
    signal: new AbortController().signal,
    log: silentLogger,
  };
  return createKms(state).operation(operation)?.run(input, call);
}

async function newKey(): Promise<{ readonly id: string; readonly arn: string }> {
  const answer = (await kms("CreateKey", {})) as { KeyMetadata: { KeyId: string; Arn: string } };
  return { id: answer.KeyMetadata.KeyId, arn: answer.KeyMetadata.Arn };
}

describe("the keys of objects", () => {
  it("are under S3's own key when none is named, and bound to their context", async () => {
    const arn = await keys.keyArn(undefined, owner);
    expect(await keys.keyArn("alias/aws/s3", owner)).toBe(arn);
    const { plaintext, wrapped } = await keys.createDataKey(arn, context);
    expect(plaintext.byteLength).toBe(32);
    expect(await keys.openDataKey(arn, wrapped, context)).toEqual(plaintext);
    await expect(keys.openDataKey(arn, wrapped, {})).rejects.toMatchObject({
      code: "KMS.InvalidCiphertextException",
    });
  });

  it("are allowed by their own ARN, not by their alias, and through S3", async () => {
    const { id, arn } = await newKey();
    await kms("CreateAlias", { AliasName: "alias/lake", TargetKeyId: id });
    const use = {
      action: "kms:Decrypt",
      keyId: "alias/lake",
      owner,
      caller: owner.account,
      context,
    } as const;
    expect(keys.permission(use)).toMatchObject({
      resources: [arn],
      context: { "kms:ViaService": "s3.us-east-1.amazonaws.com", "kms:CallerAccount": owner.account },
    });
    const managed = await keys.keyArn(undefined, owner);
    expect(keys.permission({ ...use, keyId: undefined })?.resources).toEqual([managed]);
    const unopened = new KmsObjectKeys(
      () => Promise.resolve(serviceKeys),
      () => undefined,
    );
    expect(unopened.permission(use)).toBeUndefined();
  });

  it("cannot be used while their key is disabled, or if it is not there", async () => {
    const { id, arn } = await newKey();
    const { wrapped } = await keys.createDataKey(arn, context);
    await kms("DisableKey", { KeyId: id });
    const refused = { code: "KMS.DisabledException", message: `${arn} is disabled.`, status: 400 };
    await expect(keys.createDataKey(arn, context)).rejects.toMatchObject(refused);
    await expect(keys.openDataKey(arn, wrapped, context)).rejects.toMatchObject(refused);
    await expect(keys.keyArn(id, owner)).rejects.toMatchObject(refused);
    await expect(keys.keyArn("alias/none", owner)).rejects.toMatchObject({ code: "KMS.NotFoundException" });
  });
});
