import { createHash } from "node:crypto";
import {
  AbortMultipartUploadCommand,
  CompleteMultipartUploadCommand,
  CopyObjectCommand,
  CreateBucketCommand,
  CreateMultipartUploadCommand,
  DeleteObjectCommand,
  GetObjectCommand,
  ListMultipartUploadsCommand,
  ListObjectsV2Command,
  PutBucketVersioningCommand,
  PutObjectCommand,
  type S3Client,
  S3ServiceException,
  UploadPartCommand,
} from "@aws-sdk/client-s3";
import { afterAll, beforeAll, expect, test } from "vitest";
import { MillraceProcess } from "../fixtures/millrace-process.ts";
import { s3Client } from "../fixtures/s3-client.ts";

const mebibyte = 1024 * 1024;
const remoteBucket = "kept-by-b";

/** The endpoint that keeps the bytes, and the Millrace that clients see. */
let remote: MillraceProcess;
let front: MillraceProcess;
let client: S3Client;
let remoteClient: S3Client;

beforeAll(async () => {
  remote = await MillraceProcess.start();
  front = await startFront(`s3://${remoteBucket}/data?endpoint=${remote.url},local-=local`);
  client = s3Client(front.url, { maxAttempts: 1 });
  remoteClient = s3Client(remote.url);
  await client.send(new CreateBucketCommand({ Bucket: "lake" }));
});
afterAll(async () => {
  client.destroy();
  remoteClient.destroy();
  await front.dispose();
  await remote.dispose();
});

function startFront(places: string, dataFolder?: string): Promise<MillraceProcess> {
  return MillraceProcess.start({
    flags: { "object-store": places },
    environment: {
      MILLRACE_OBJECT_STORE_ACCESS_KEY_ID: "123456789012",
      MILLRACE_OBJECT_STORE_SECRET_ACCESS_KEY: "never shown",
    },
    ...(dataFolder === undefined ? {} : { dataFolder }),
  });
}

function bytesOf(seed: string, bytes: number): Buffer {
  const block = createHash("sha512").update(seed).digest();
  return Buffer.alloc(bytes, Buffer.concat([block, Buffer.from(seed)]));
}

async function put(key: string, Body: Buffer, more: object = {}): Promise<void> {
  await client.send(new PutObjectCommand({ Bucket: "lake", Key: key, Body, ...more }));
}

async function get(key: string, more: object = {}): Promise<Buffer> {
  const { Body } = await client.send(new GetObjectCommand({ Bucket: "lake", Key: key, ...more }));
  return Buffer.from((await Body?.transformToByteArray()) ?? []);
}

async function remove(...keys: readonly string[]): Promise<void> {
  for (const Key of keys) await client.send(new DeleteObjectCommand({ Bucket: "lake", Key }));
}

/** The bytes of all objects that the endpoint keeps for the front. */
async function remoteBytes(): Promise<readonly Buffer[]> {
  const { Contents = [] } = await remoteClient.send(new ListObjectsV2Command({ Bucket: remoteBucket }));
  return Promise.all(
    Contents.map(async ({ Key }) => {
      const { Body } = await remoteClient.send(new GetObjectCommand({ Bucket: remoteBucket, Key }));
      return Buffer.from((await Body?.transformToByteArray()) ?? []);
    }),
  );
}

/** Removals end after their answers: waits until so many objects are left. */
async function remoteCount(expected: number): Promise<void> {
  await expect.poll(async () => (await remoteBytes()).length, { timeout: 30_000 }).toBe(expected);
}

async function upload(key: string, bodies: readonly Buffer[], more: object = {}): Promise<void> {
  const target = { Bucket: "lake", Key: key };
  const { UploadId } = await client.send(new CreateMultipartUploadCommand({ ...target, ...more }));
  const Parts = await Promise.all(
    bodies.map(async (Body, i) => {
      const PartNumber = i + 1;
      const part = { ...target, UploadId, PartNumber, Body };
      const { ETag } = await client.send(new UploadPartCommand(part));
      return { PartNumber, ETag };
    }),
  );
  await client.send(new CompleteMultipartUploadCommand({ ...target, UploadId, MultipartUpload: { Parts } }));
}

test("plain objects lie in the other S3 as they were put, and go with their removal", async () => {
  const small = bytesOf("small", 1_000);
  const big = bytesOf("big", 20 * mebibyte + 7);
  await put("small", small);
  await put("empty", Buffer.alloc(0));
  await put("folder/big", big);
  expect((await get("small")).equals(small)).toBe(true);
  expect(await get("empty")).toHaveLength(0);
  expect((await get("folder/big")).equals(big)).toBe(true);
  const range = await get("folder/big", { Range: "bytes=9000000-9000999" });
  expect(range.equals(big.subarray(9_000_000, 9_001_000))).toBe(true);
  const kept = await remoteBytes();
  expect(kept.map((bytes) => bytes.length).sort((a, b) => a - b)).toEqual([0, 1_000, big.length]);
  expect(kept.some((bytes) => bytes.equals(big))).toBe(true);
  const { Contents = [] } = await client.send(new ListObjectsV2Command({ Bucket: "lake" }));
  expect(Contents.map(({ Key, Size }) => [Key, Size])).toEqual([
    ["empty", 0],
    ["folder/big", big.length],
    ["small", 1_000],
  ]);
  await remove("small", "empty", "folder/big");
  await remoteCount(0);
});

test("overwriting leaves one object; versions keep theirs", async () => {
  await put("k", bytesOf("one", 100));
  await put("k", bytesOf("two", 200));
  expect((await get("k")).equals(bytesOf("two", 200))).toBe(true);
  await remoteCount(1);
  await client.send(new CreateBucketCommand({ Bucket: "versions" }));
  await client.send(
    new PutBucketVersioningCommand({
      Bucket: "versions",
      VersioningConfiguration: { Status: "Enabled" },
    }),
  );
  const ids: (string | undefined)[] = [];
  for (const text of ["one", "two"]) {
    const version = { Bucket: "versions", Key: "k", Body: bytesOf(text, 50) };
    ids.push((await client.send(new PutObjectCommand(version))).VersionId);
  }
  await remoteCount(3);
  for (const VersionId of ids)
    await client.send(new DeleteObjectCommand({ Bucket: "versions", Key: "k", VersionId }));
  await remove("k");
  await remoteCount(0);
});

test("encrypted objects reach the other S3 encrypted only", async () => {
  const secret = Buffer.alloc(9 * mebibyte, "the secret text ");
  await put("secret", secret, { ServerSideEncryption: "aws:kms" });
  expect((await get("secret")).equals(secret)).toBe(true);
  const range = await get("secret", { Range: "bytes=8400000-8400099" });
  expect(range.equals(secret.subarray(8_400_000, 8_400_100))).toBe(true);
  const [kept = Buffer.alloc(0)] = await remoteBytes();
  expect(kept.length).toBeGreaterThan(secret.length);
  expect(kept.includes("secret text")).toBe(false);
  await remove("secret");
  await remoteCount(0);
});

test.each<[string, { readonly ServerSideEncryption?: "AES256" }]>([
  ["plain", {}],
  ["encrypted", { ServerSideEncryption: "AES256" }],
])("uploads in parts, %s: of one size, of several, and aborted", async (name, more) => {
  const same = [6, 6, 1].map((size, i) => bytesOf(`${name} ${i}`, size * mebibyte));
  const several = [5, 17, 6, 2].map((size, i) => bytesOf(`${name} ${i}`, size * mebibyte + i));
  for (const bodies of [same, several, [bytesOf("alone", 10)]]) {
    await upload("parts", bodies, more);
    expect((await get("parts")).equals(Buffer.concat(bodies))).toBe(true);
    await remoteCount(1);
  }
  const target = { Bucket: "lake", Key: "aborted" };
  const { UploadId } = await client.send(new CreateMultipartUploadCommand({ ...target, ...more }));
  const part = { ...target, UploadId, PartNumber: 1, Body: bytesOf("gone", mebibyte) };
  await client.send(new UploadPartCommand(part));
  await remoteCount(2);
  await client.send(new AbortMultipartUploadCommand({ ...target, UploadId }));
  await remove("parts");
  await remoteCount(0);
});

test("copies are objects of their own, between places too", async () => {
  await put("original", bytesOf("copied", 10_000));
  await client.send(new CreateBucketCommand({ Bucket: "local-copies" }));
  for (const Bucket of ["lake", "local-copies"])
    await client.send(new CopyObjectCommand({ Bucket, Key: "copy", CopySource: "lake/original" }));
  await remove("original");
  expect((await get("copy")).equals(bytesOf("copied", 10_000))).toBe(true);
  // Buckets called local-* have their bytes in the data directory.
  await remoteCount(1);
  const { Body } = await client.send(new GetObjectCommand({ Bucket: "local-copies", Key: "copy" }));
  expect(Buffer.from((await Body?.transformToByteArray()) ?? []).length).toBe(10_000);
  await remove("copy");
  await remoteCount(0);
});

test("what was acknowledged survives a restart and kill -9; what was not is swept", async () => {
  const body = bytesOf("kept", 9 * mebibyte);
  await put("kept", body);
  expect(await front.terminate()).toBe(0);
  await front.start();
  expect((await get("kept")).equals(body)).toBe(true);
  const target = { Bucket: "lake", Key: "going on" };
  const { UploadId } = await client.send(new CreateMultipartUploadCommand(target));
  const first = bytesOf("first", 5 * mebibyte);
  const part = { ...target, UploadId, PartNumber: 1, Body: first };
  const { ETag } = await client.send(new UploadPartCommand(part));
  // Writes that are cut off by the kill, some of them while the endpoint has parts already.
  const cut = Array.from({ length: 6 }, (_, i) =>
    put(`cut/${i}`, bytesOf(`cut ${i}`, 30 * mebibyte)).then(
      () => true,
      () => false,
    ),
  );
  await expect
    .poll(async () => {
      const listed = await remoteClient.send(new ListMultipartUploadsCommand({ Bucket: remoteBucket }));
      return listed.Uploads?.length ?? 0;
    })
    .toBeGreaterThan(0);
  await front.kill();
  const acknowledged = (await Promise.all(cut)).filter(Boolean).length;
  await front.start();
  expect((await get("kept")).equals(body)).toBe(true);
  await client.send(
    new CompleteMultipartUploadCommand({
      ...target,
      UploadId,
      MultipartUpload: { Parts: [{ PartNumber: 1, ETag }] },
    }),
  );
  expect((await get("going on")).equals(first)).toBe(true);
  const { KeyCount = 0, Contents = [] } = await client.send(
    new ListObjectsV2Command({ Bucket: "lake", Prefix: "cut/" }),
  );
  expect(KeyCount).toBeGreaterThanOrEqual(acknowledged);
  await remoteCount(2 + KeyCount);
  await expect
    .poll(async () => {
      const listed = await remoteClient.send(new ListMultipartUploadsCommand({ Bucket: remoteBucket }));
      return listed.Uploads ?? [];
    })
    .toEqual([]);
  await remove("kept", "going on", ...Contents.map(({ Key = "" }) => Key));
  await remoteCount(0);
});

test("while the other S3 is down requests answer 503, nothing is lost, and all goes on when it is back", async () => {
  const body = bytesOf("patient", 100_000);
  await put("patient", body);
  await remote.kill();
  for (const attempt of [
    () => put("patient", bytesOf("lost", 100)),
    () => put("big", bytesOf("lost", 20 * mebibyte)),
    () => get("patient"),
  ]) {
    const error = await attempt().catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(S3ServiceException);
    expect(error).toMatchObject({ name: "ServiceUnavailable", $metadata: { httpStatusCode: 503 } });
    expect(String(error)).toContain("s3=kept-by-b/data/");
  }
  const { Contents = [] } = await client.send(new ListObjectsV2Command({ Bucket: "lake" }));
  expect(Contents.map(({ Key, Size }) => [Key, Size])).toEqual([["patient", body.length]]);
  // A start needs the endpoint for nothing.
  await front.terminate();
  await front.start();
  await remote.start();
  expect((await get("patient")).equals(body)).toBe(true);
  await put("later", body);
  await remove("patient", "later");
  await remoteCount(0);
  expect(front.stderr).not.toContain("never shown");
});

test("a former place is read as long as it is configured, and named when it is not", async () => {
  const other = await startFront(`s3://former/x?endpoint=${remote.url}`);
  const places = { former: `s3://former/x?endpoint=${remote.url}`, next: `s3://next?endpoint=${remote.url}` };
  const folder = other.dataFolder;
  const reading = async (url: string, Key: string): Promise<string | undefined> => {
    const reader = s3Client(url, { maxAttempts: 1 });
    try {
      const { Body } = await reader.send(new GetObjectCommand({ Bucket: "moved", Key }));
      return await Body?.transformToString();
    } finally {
      reader.destroy();
    }
  };
  try {
    const writer = s3Client(other.url);
    await writer.send(new CreateBucketCommand({ Bucket: "moved" }));
    await writer.send(new PutObjectCommand({ Bucket: "moved", Key: "old", Body: "old" }));
    writer.destroy();
    await other.terminate();
    const both = await startFront(`${places.next},${places.former}`, folder);
    try {
      const second = s3Client(both.url);
      await second.send(new PutObjectCommand({ Bucket: "moved", Key: "new", Body: "new" }));
      second.destroy();
      expect(await reading(both.url, "old")).toBe("old");
      expect(await reading(both.url, "new")).toBe("new");
    } finally {
      await both.dispose();
    }
    const { KeyCount } = await remoteClient.send(new ListObjectsV2Command({ Bucket: "next" }));
    expect(KeyCount).toBe(1);
    const without = await startFront(places.next, folder);
    try {
      expect(await reading(without.url, "new")).toBe("new");
      await expect(reading(without.url, "old")).rejects.toThrow("s3=former/x/ is not configured");
      const remover = s3Client(without.url);
      await remover.send(new DeleteObjectCommand({ Bucket: "moved", Key: "old" }));
      remover.destroy();
      expect(await without.terminate()).toBe(0);
    } finally {
      await without.dispose();
    }
    // What was removed meanwhile is swept when its place is there again.
    const again = await startFront(`${places.next},${places.former}`, folder);
    try {
      expect(await reading(again.url, "new")).toBe("new");
      const former = new ListObjectsV2Command({ Bucket: "former" });
      await expect.poll(async () => (await remoteClient.send(former)).KeyCount).toBe(0);
    } finally {
      await again.dispose();
    }
  } finally {
    await other.dispose();
  }
});
