import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { ServiceError } from "../core/errors.ts";
import { everyRole, type RoleAccess, type RoleUse } from "../core/role-access.ts";
import type { ObjectPut } from "../kernels/delivery/index.ts";
import { TestS3 } from "../services/s3/test-s3.ts";
import { DeliveryObjects, type DeliveryObjectsParts } from "./delivery-objects.ts";

const keyArn = "arn:aws:kms:us-east-1:000000000000:key/k";
const open = new AbortController().signal;

let s3: TestS3;
beforeEach(async () => {
  s3 = await TestS3.start();
  await s3.run("CreateBucket", { Bucket: "lake" });
});
afterEach(() => s3[Symbol.asyncDispose]());

async function* pieces(...texts: readonly string[]): AsyncIterable<Buffer> {
  for (const text of texts) yield Buffer.from(text);
}

function request(changes: Partial<ObjectPut> = {}): ObjectPut {
  return {
    bucket: "lake",
    key: "in/object.gz",
    sizeBytes: 6,
    body: pieces("abc", "def"),
    contentType: "application/octet-stream",
    contentEncoding: "gzip",
    roleArn: "arn:aws:iam::000000000000:role/writer",
    service: "firehose.amazonaws.com",
    sourceArn: "arn:aws:firehose:us-east-1:000000000000:deliverystream/clicks",
    ...changes,
  };
}

function target(changes: Partial<DeliveryObjectsParts> = {}): DeliveryObjects {
  const keys: DeliveryObjectsParts["keys"] = {
    keyArn: async (keyId) => {
      if (keyId === keyArn) return keyArn;
      throw new ServiceError("KMS.NotFoundException", `Key '${keyId}' does not exist`);
    },
    permission: ({ action, keyId = "" }) => ({ action, resources: [keyId] }),
  };
  return new DeliveryObjects({ objects: s3.objects, clock: s3.clock, roles: everyRole, keys, ...changes });
}

describe("objects of deliveries", () => {
  it("are found in S3 with type and encoding, and replace those of their key", async () => {
    await target().put(request(), open);
    await target().put(request({ body: pieces("other") }), open);
    const found = await s3.run("HeadObject", { Bucket: "lake", Key: "in/object.gz" });
    expect(found).toMatchObject({
      ContentType: "application/octet-stream",
      ContentEncoding: "gzip",
      ContentLength: 5,
    });
    const { Contents } = await s3.run("ListObjectsV2", { Bucket: "lake" });
    expect(Contents).toHaveLength(1);
  });

  it("need a bucket", async () => {
    expect(target().hasBucket("none")).toBe(false);
    await expect(target().put(request({ bucket: "none" }), open)).rejects.toMatchObject({
      name: "ObjectTargetError",
      code: "S3.NoSuchBucket",
    });
  });

  it("are written as far as the role may", async () => {
    const asked: RoleUse[] = [];
    const roles: RoleAccess = {
      assuming: () => undefined,
      refusal(use) {
        asked.push(use);
        return use.action === "kms:GenerateDataKey" ? { kind: "action", message: "no" } : undefined;
      },
    };
    const refused = target({ roles }).put(request({ kmsKeyArn: keyArn }), open);
    await expect(refused).rejects.toMatchObject({
      code: "S3.AccessDenied",
      message: expect.stringMatching(/^Access was denied\. Ensure that the trust policy/),
    });
    expect(asked.map(({ action, resources }) => [action, ...resources])).toEqual([
      ["s3:PutObject", "arn:aws:s3:::lake/in/object.gz"],
      ["kms:GenerateDataKey", keyArn],
    ]);
    const { KeyCount } = await s3.run("ListObjectsV2", { Bucket: "lake" });
    expect(KeyCount).toBe(0);
  });

  it("have the storage class that is asked for", async () => {
    await target().put(request({ storageClass: "GLACIER_IR" }), open);
    const { Contents } = await s3.run("ListObjectsV2", { Bucket: "lake" });
    expect(Contents?.[0]?.StorageClass).toBe("GLACIER_IR");
  });

  it("go into buckets of the expected owner only", async () => {
    const stranger = request({ expectedOwner: "111122223333" });
    await expect(target().put(stranger, open)).rejects.toMatchObject({
      code: "S3.AccessDenied",
      message: expect.stringContaining("does not belong to the expected account 111122223333"),
    });
    await target().put(request({ expectedOwner: "000000000000" }), open);
  });

  it("are refused in advance as they would be when they are written", () => {
    expect(target().refusal(request())).toBeUndefined();
    expect(target().refusal(request({ bucket: "none" }))?.code).toBe("S3.NoSuchBucket");
    const roles: RoleAccess = {
      assuming: () => undefined,
      refusal: () => ({ kind: "action", message: "no" }),
    };
    const service = "kinesis.amazonaws.com";
    expect(target({ roles }).refusal(request({ service }))?.message).toMatch(
      /allows Kinesis Data Streams to assume the role/,
    );
    expect(target().regionOf("lake")).toBe("us-east-1");
    expect(target().regionOf("none")).toBeUndefined();
  });

  it("say KMS's errors in S3's words", async () => {
    const put = target().put(request({ kmsKeyArn: `${keyArn}-none` }), open);
    await expect(put).rejects.toMatchObject({ code: "S3.KMS.NotFoundException" });
  });

  it("are encrypted as the bucket says when the destination does not", async () => {
    await s3.run("PutBucketEncryption", {
      Bucket: "lake",
      ServerSideEncryptionConfiguration: {
        Rules: [{ ApplyServerSideEncryptionByDefault: { SSEAlgorithm: "AES256" } }],
      },
    });
    await target().put(request(), open);
    const found = await s3.run("HeadObject", { Bucket: "lake", Key: "in/object.gz" });
    expect(found.ServerSideEncryption).toBe("AES256");
  });

  it("are not there when the delivery was stopped, or its bytes failed", async () => {
    const stop = new AbortController();
    async function* stopping(): AsyncIterable<Buffer> {
      yield Buffer.from("a");
      stop.abort(new Error("stopped"));
      yield Buffer.from("b");
    }
    await expect(target().put(request({ body: stopping() }), stop.signal)).rejects.toThrow("stopped");
    async function* failing(): AsyncIterable<Buffer> {
      yield Buffer.from("a");
      throw new Error("the spool is gone");
    }
    await expect(target().put(request({ body: failing() }), open)).rejects.toThrow("the spool is gone");
    const { KeyCount } = await s3.run("ListObjectsV2", { Bucket: "lake" });
    expect(KeyCount).toBe(0);
  });

  it("cannot have names that S3 does not take", async () => {
    const put = target().put(request({ key: "x".repeat(1_025) }), open);
    await expect(put).rejects.toMatchObject({ code: "S3.InvalidKey" });
  });
});
