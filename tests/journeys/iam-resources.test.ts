import { CreateAccessKeyCommand, CreateUserCommand, PutUserPolicyCommand } from "@aws-sdk/client-iam";
import { CreateKeyCommand, KMSClient, PutKeyPolicyCommand } from "@aws-sdk/client-kms";
import {
  CreateBucketCommand,
  DeletePublicAccessBlockCommand,
  GetObjectCommand,
  PutBucketPolicyCommand,
  PutObjectCommand,
} from "@aws-sdk/client-s3";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { send } from "../fixtures/raw-http.ts";
import { type Clients, type Key, VerifyingMillrace } from "../fixtures/verifying-millrace.ts";

const account = "111111111111";
let millrace: VerifyingMillrace;
let root: Clients;
let kms: KMSClient;

beforeAll(async () => {
  millrace = await VerifyingMillrace.start(account);
  root = millrace.as(millrace.root);
  const region = "us-east-1";
  kms = new KMSClient({ endpoint: millrace.process.url, region, credentials: millrace.root, maxAttempts: 1 });
});
afterAll(async () => {
  kms.destroy();
  await millrace.dispose();
});

const statements = (...Statement: object[]): string => JSON.stringify({ Version: "2012-10-17", Statement });

async function user(UserName: string, ...allowed: string[]): Promise<Key> {
  await root.iam.send(new CreateUserCommand({ UserName }));
  const PolicyDocument = statements({ Effect: "Allow", Action: allowed, Resource: "*" });
  await root.iam.send(new PutUserPolicyCommand({ UserName, PolicyName: "p", PolicyDocument }));
  const { AccessKey } = await root.iam.send(new CreateAccessKeyCommand({ UserName }));
  return { accessKeyId: AccessKey?.AccessKeyId ?? "", secretAccessKey: AccessKey?.SecretAccessKey ?? "" };
}

describe("somebody without credentials", () => {
  const get = (path: string): ReturnType<typeof send> =>
    send(millrace.process.port, { method: "GET", path, headers: { host: "s3.amazonaws.com" } });

  it("gets what a bucket's policy makes public, and nothing else", async () => {
    const Bucket = "public-things";
    await root.s3.send(new CreateBucketCommand({ Bucket }));
    for (const Key of ["open/a", "closed/a"])
      await root.s3.send(new PutObjectCommand({ Bucket, Key, Body: Key }));
    expect((await get(`/${Bucket}/open/a`)).status).toBe(403);
    await root.s3.send(new DeletePublicAccessBlockCommand({ Bucket }));
    const Resource = `arn:aws:s3:::${Bucket}/open/*`;
    const Policy = statements({ Effect: "Allow", Principal: "*", Action: "s3:GetObject", Resource });
    await root.s3.send(new PutBucketPolicyCommand({ Bucket, Policy }));
    const open = await get(`/${Bucket}/open/a`);
    expect([open.status, open.body.toString()]).toEqual([200, "open/a"]);
    const closed = await get(`/${Bucket}/closed/a`);
    expect(closed.status).toBe(403);
    expect(closed.body.toString()).toContain("<Code>AccessDenied</Code>");
    const put = await send(millrace.process.port, { method: "PUT", path: `/${Bucket}/open/b`, body: "x" });
    expect(put.status).toBe(403);
  });
});

describe("a key of KMS", () => {
  it("is needed beside the bucket, and its policy has the last word", async () => {
    const Bucket = "sealed-things";
    await root.s3.send(new CreateBucketCommand({ Bucket }));
    const { KeyMetadata } = await kms.send(new CreateKeyCommand({}));
    const KeyId = KeyMetadata?.Arn ?? "";
    const put = (clients: Clients): Promise<unknown> =>
      clients.s3.send(
        new PutObjectCommand({
          Bucket,
          Key: "a",
          Body: "x",
          ServerSideEncryption: "aws:kms",
          SSEKMSKeyId: KeyId,
        }),
      );
    const writer = millrace.as(await user("writer", "s3:*"));
    await expect(put(writer)).rejects.toMatchObject({
      name: "AccessDenied",
      message: expect.stringContaining(`kms:GenerateDataKey on resource: ${KeyId}`),
    });
    const keyHolder = millrace.as(await user("key-holder", "s3:*", "kms:*"));
    await put(keyHolder);
    const get = new GetObjectCommand({ Bucket, Key: "a" });
    expect(await (await keyHolder.s3.send(get)).Body?.transformToString()).toBe("x");
    await expect(writer.s3.send(get)).rejects.toMatchObject({ name: "AccessDenied" });
    const all = { Effect: "Allow", Action: "kms:*", Resource: "*" };
    const Policy = statements(
      {
        ...all,
        Principal: { AWS: `arn:aws:iam::${account}:root` },
        NotAction: "kms:Decrypt",
        Action: undefined,
      },
      { ...all, Principal: { AWS: `arn:aws:iam::${account}:user/writer` } },
    );
    await kms.send(new PutKeyPolicyCommand({ KeyId, Policy, PolicyName: "default" }));
    await expect(keyHolder.s3.send(get)).rejects.toMatchObject({
      message: expect.stringContaining("because no resource-based policy allows the kms:Decrypt action"),
    });
    expect(await (await writer.s3.send(get)).Body?.transformToString()).toBe("x");
  });
});
