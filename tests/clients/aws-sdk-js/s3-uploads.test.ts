import { createHash, randomBytes } from "node:crypto";
import { Readable } from "node:stream";
import {
  AbortMultipartUploadCommand,
  ChecksumAlgorithm,
  CompleteMultipartUploadCommand,
  CreateBucketCommand,
  CreateMultipartUploadCommand,
  GetObjectAttributesCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListMultipartUploadsCommand,
  ListPartsCommand,
  NoSuchUpload,
  ObjectAttributes,
  PutObjectCommand,
  type S3Client,
  UploadPartCommand,
  UploadPartCopyCommand,
} from "@aws-sdk/client-s3";
import { Upload } from "@aws-sdk/lib-storage";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { MillraceProcess } from "../../fixtures/millrace-process.ts";
import { s3Client } from "../../fixtures/s3-client.ts";

const mib = 1024 * 1024;
const Bucket = "uploads";
let millrace: MillraceProcess;
let client: S3Client;

beforeAll(async () => {
  millrace = await MillraceProcess.start();
  client = s3Client(millrace.url);
  await client.send(new CreateBucketCommand({ Bucket }));
});
afterAll(async () => {
  client.destroy();
  await millrace.dispose();
});

const sha256 = (bytes: Uint8Array): string => createHash("sha256").update(bytes).digest("hex");

async function bytesOf(Key: string, input: object = {}): Promise<Buffer> {
  const { Body } = await client.send(new GetObjectCommand({ Bucket, Key, ...input }));
  return Buffer.from((await Body?.transformToByteArray()) ?? []);
}

describe("uploads in parts by the AWS SDK for JavaScript", () => {
  it("lib-storage uploads a stream of unknown length, parts in parallel", async () => {
    const bytes = randomBytes(23 * mib + 5);
    const pieces = Array.from({ length: 24 }, (_, i) => bytes.subarray(i * mib, (i + 1) * mib));
    const Body = Readable.from(pieces);
    const upload = new Upload({
      client,
      params: { Bucket, Key: "stream", Body },
      queueSize: 4,
      partSize: 5 * mib,
    });
    const { ETag } = await upload.done();
    expect(ETag).toMatch(/^"[0-9a-f]{32}-5"$/);
    expect(sha256(await bytesOf("stream"))).toBe(sha256(bytes));
    const Range = `bytes=${5 * mib - 3}-${5 * mib + 2}`;
    expect(await bytesOf("stream", { Range })).toEqual(bytes.subarray(5 * mib - 3, 5 * mib + 3));
    expect(sha256(await bytesOf("stream", { PartNumber: 5 }))).toBe(sha256(bytes.subarray(20 * mib)));
    expect(await client.send(new HeadObjectCommand({ Bucket, Key: "stream", PartNumber: 1 }))).toMatchObject({
      PartsCount: 5,
      ContentLength: 5 * mib,
    });
  });

  it.each(Object.values(ChecksumAlgorithm).filter((name) => /^(?:CRC|SHA1$|SHA256$)/.test(name)))(
    "lib-storage uploads with %s, which is checked of each part and of the whole",
    async (algorithm) => {
      const Body = randomBytes(11 * mib);
      const Key = `checked-${algorithm}`;
      const params = { Bucket, Key, Body, ChecksumAlgorithm: algorithm };
      const answer = (await new Upload({ client, params }).done()) as unknown as Record<string, unknown>;
      expect(answer[`Checksum${algorithm}`]).toEqual(expect.any(String));
      const attributes = new GetObjectAttributesCommand({
        Bucket,
        Key,
        ObjectAttributes: [
          ObjectAttributes.CHECKSUM,
          ObjectAttributes.OBJECT_PARTS,
          ObjectAttributes.OBJECT_SIZE,
        ],
      });
      expect(await client.send(attributes)).toMatchObject({
        ObjectSize: 11 * mib,
        ObjectParts: { TotalPartsCount: 3, Parts: [{ Size: 5 * mib }, { Size: 5 * mib }, { Size: mib }] },
      });
      expect(sha256(await bytesOf(Key, { ChecksumMode: "ENABLED" }))).toBe(sha256(Body));
    },
  );

  it("an upload is listed, survives kill -9, and is completed from copies and parts", async () => {
    const Key = "slowly";
    const first = randomBytes(5 * mib);
    await client.send(new PutObjectCommand({ Bucket, Key: "source", Body: first }));
    const { UploadId } = await client.send(new CreateMultipartUploadCommand({ Bucket, Key }));
    const upload = { Bucket, Key, UploadId };
    const copied = await client.send(
      new UploadPartCopyCommand({ ...upload, PartNumber: 1, CopySource: `${Bucket}/source` }),
    );
    await millrace.kill();
    await millrace.start();
    const { Uploads } = await client.send(new ListMultipartUploadsCommand({ Bucket, Prefix: Key }));
    expect(Uploads).toMatchObject([{ Key, UploadId }]);
    const part = await client.send(new UploadPartCommand({ ...upload, PartNumber: 2, Body: "the end" }));
    const { Parts } = await client.send(new ListPartsCommand(upload));
    expect(Parts).toMatchObject([
      { PartNumber: 1, Size: 5 * mib },
      { PartNumber: 2, Size: 7 },
    ]);
    const MultipartUpload = {
      Parts: [
        { PartNumber: 1, ETag: copied.CopyPartResult?.ETag },
        { PartNumber: 2, ETag: part.ETag },
      ],
    };
    const complete = new CompleteMultipartUploadCommand({ ...upload, MultipartUpload });
    const { ETag } = await client.send(complete);
    expect((await client.send(complete)).ETag).toBe(ETag);
    expect(await bytesOf(Key)).toEqual(Buffer.concat([first, Buffer.from("the end")]));
  });

  it("lib-storage aborts, and the upload is gone", async () => {
    const Key = "aborted";
    const endless = Readable.from(
      (function* (): Generator<Buffer> {
        for (let i = 0; i < 10_000; i++) yield Buffer.alloc(mib);
      })(),
    );
    const upload = new Upload({ client, params: { Bucket, Key, Body: endless } });
    upload.on("httpUploadProgress", () => void upload.abort());
    await expect(upload.done()).rejects.toThrow("aborted");
    // The client aborts the upload by itself, behind the answer: here it is aborted as well, whoever comes first.
    const aborted = { Bucket, Prefix: Key };
    const { Uploads: left = [] } = await client.send(new ListMultipartUploadsCommand(aborted));
    for (const { UploadId } of left)
      await client
        .send(new AbortMultipartUploadCommand({ Bucket, Key, UploadId }))
        .catch((error: unknown) => {
          expect(error).toBeInstanceOf(NoSuchUpload);
        });
    expect((await client.send(new ListMultipartUploadsCommand(aborted))).Uploads).toBeUndefined();
    for (const { UploadId } of left)
      await expect(client.send(new ListPartsCommand({ Bucket, Key, UploadId }))).rejects.toThrow(
        NoSuchUpload,
      );
    await expect(bytesOf(Key)).rejects.toThrow("The specified key does not exist.");
  });
});

describe("encrypted objects", () => {
  const key = randomBytes(32);
  const customer = {
    SSECustomerAlgorithm: "AES256",
    SSECustomerKey: key.toString("base64"),
    SSECustomerKeyMD5: createHash("md5").update(key).digest("base64"),
  } as const;

  it.each([
    ["S3's key", { ServerSideEncryption: "AES256" } as const, {}],
    ["a key of KMS", { ServerSideEncryption: "aws:kms" } as const, {}],
    ["the client's key", customer, customer],
  ])("come back by ranges and in parts, under %s", async (what, write, read) => {
    const Body = randomBytes(6 * mib);
    const Key = `secret ${what}`;
    await new Upload({ client, params: { Bucket, Key, Body, ...write } }).done();
    expect(sha256(await bytesOf(Key, read))).toBe(sha256(Body));
    const Range = `bytes=${5 * mib - 1}-${5 * mib}`;
    expect(await bytesOf(Key, { Range, ...read })).toEqual(Body.subarray(5 * mib - 1, 5 * mib + 1));
    const head = await client.send(new HeadObjectCommand({ Bucket, Key, ...read }));
    expect(head.ServerSideEncryption).toBe(
      "ServerSideEncryption" in write ? write.ServerSideEncryption : undefined,
    );
    if (read === customer)
      await expect(client.send(new HeadObjectCommand({ Bucket, Key }))).rejects.toThrow();
  });
});
