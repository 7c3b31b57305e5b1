import { createHash, randomBytes } from "node:crypto";
import { Readable } from "node:stream";
import {
  ChecksumAlgorithm,
  CopyObjectCommand,
  CreateBucketCommand,
  DeleteBucketCommand,
  DeleteObjectsCommand,
  GetBucketLocationCommand,
  GetObjectCommand,
  HeadBucketCommand,
  HeadObjectCommand,
  ListBucketsCommand,
  ListObjectVersionsCommand,
  NoSuchKey,
  NotFound,
  PutBucketVersioningCommand,
  PutObjectCommand,
  paginateListObjectsV2,
  type S3Client,
} from "@aws-sdk/client-s3";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { MillraceProcess } from "../../fixtures/millrace-process.ts";
import { s3Client, virtualHostClient } from "../../fixtures/s3-client.ts";

let millrace: MillraceProcess;

beforeAll(async () => {
  millrace = await MillraceProcess.start();
});
afterAll(() => millrace.dispose());

const hardKeys: readonly string[] = [
  "plain",
  "with space",
  "a+b&c=d?e#f%2Fg",
  "ümläut/世界/🛰",
  "/leading",
  "trailing/",
  "double//slash",
  "../../up",
  "./here/..",
  "quote\"'<>",
  "star*(1)!~",
  "tab\tnewline\n",
];

/** What a failed call says. */
async function refusal(answer: Promise<unknown>): Promise<[name: string, status: number | undefined]> {
  const error = (await answer.catch((thrown: unknown) => thrown)) as Error & {
    $metadata?: { httpStatusCode?: number };
  };
  return [error.name, error.$metadata?.httpStatusCode];
}

async function bodyOf(client: S3Client, Bucket: string, Key: string): Promise<Buffer> {
  const { Body } = await client.send(new GetObjectCommand({ Bucket, Key }));
  return Buffer.from((await Body?.transformToByteArray()) ?? []);
}

describe.each([
  ["in the path", (): S3Client => s3Client(millrace.url)],
  ["in the host", (): S3Client => virtualHostClient(millrace.port)],
])("the AWS SDK for JavaScript, buckets %s", (_where, connect) => {
  let client: S3Client;
  const Bucket = `objects-${_where.replaceAll(" ", "-")}`;

  beforeAll(async () => {
    client = connect();
    const { Location } = await client.send(new CreateBucketCommand({ Bucket }));
    expect(Location).toBe(`/${Bucket}`);
  });
  afterAll(() => client.destroy());

  it("finds its bucket and no other", async () => {
    expect((await client.send(new HeadBucketCommand({ Bucket }))).BucketRegion).toBe("us-east-1");
    const { LocationConstraint } = await client.send(new GetBucketLocationCommand({ Bucket }));
    expect(LocationConstraint ?? "").toBe("");
    const { Buckets } = await client.send(new ListBucketsCommand({ Prefix: Bucket }));
    expect(Buckets?.map(({ Name }) => Name)).toEqual([Bucket]);
    await expect(client.send(new HeadBucketCommand({ Bucket: "no-such-bucket" }))).rejects.toThrow(NotFound);
  });

  it.each(hardKeys)("puts, reads, lists and deletes the key %j", async (Key) => {
    const Body = randomBytes(100);
    await client.send(new PutObjectCommand({ Bucket, Key, Body }));
    expect((await bodyOf(client, Bucket, Key)).equals(Body)).toBe(true);
    const listed: string[] = [];
    for await (const { Contents } of paginateListObjectsV2({ client }, { Bucket, EncodingType: "url" }))
      listed.push(
        ...(Contents ?? []).map((object) => decodeURIComponent((object.Key ?? "").replaceAll("+", " "))),
      );
    expect(listed).toEqual([Key]);
    const { Deleted } = await client.send(
      new DeleteObjectsCommand({ Bucket, Delete: { Objects: [{ Key }] } }),
    );
    expect(Deleted?.map((object) => object.Key)).toEqual([Key]);
    await expect(bodyOf(client, Bucket, Key)).rejects.toThrow(NoSuchKey);
  });

  it.each(Object.values(ChecksumAlgorithm).filter((name) => /^(?:CRC|SHA1$|SHA256$)/.test(name)))(
    "has its %s checked on the way in, and checks it on the way out",
    async (algorithm) => {
      const Key = `checked-${algorithm}`;
      const Body = Readable.from([randomBytes(100_000), randomBytes(77)]);
      const put = new PutObjectCommand({
        Bucket,
        Key,
        Body,
        ContentLength: 100_077,
        ChecksumAlgorithm: algorithm,
      });
      const sent = (await client.send(put)) as unknown as Record<string, unknown>;
      const checksum = sent[`Checksum${algorithm}`];
      expect(checksum).toEqual(expect.any(String));
      const read = await client.send(new GetObjectCommand({ Bucket, Key, ChecksumMode: "ENABLED" }));
      expect((read as unknown as Record<string, unknown>)[`Checksum${algorithm}`]).toBe(checksum);
      expect((await read.Body?.transformToByteArray())?.length).toBe(100_077);
    },
  );

  it("keeps nothing whose checksum is another", async () => {
    const Key = "damaged";
    const put = new PutObjectCommand({ Bucket, Key, Body: "content", ChecksumCRC32: "AAAAAA==" });
    expect(await refusal(client.send(put))).toEqual(["BadDigest", 400]);
    await expect(client.send(new HeadObjectCommand({ Bucket, Key }))).rejects.toThrow(NotFound);
  });

  it("gets metadata, headers and ranges as they were put", async () => {
    const Key = "described";
    const Metadata = { "a-b": "c", upper: "Value" };
    const Expires = new Date(0);
    const about = {
      ContentType: "text/plain; charset=utf-8",
      CacheControl: "no-cache",
      ContentLanguage: "de",
    };
    await client.send(new PutObjectCommand({ Bucket, Key, Body: "0123456789", Metadata, Expires, ...about }));
    const head = await client.send(new HeadObjectCommand({ Bucket, Key }));
    expect(head).toMatchObject({
      Metadata,
      ...about,
      ContentLength: 10,
      ExpiresString: Expires.toUTCString(),
    });
    const range = await client.send(new GetObjectCommand({ Bucket, Key, Range: "bytes=-3" }));
    expect(range).toMatchObject({
      ContentRange: "bytes 7-9/10",
      ContentLength: 3,
      $metadata: { httpStatusCode: 206 },
    });
    expect(await range.Body?.transformToString()).toBe("789");
    const beyond = client.send(new GetObjectCommand({ Bucket, Key, Range: "bytes=10-" }));
    expect(await refusal(beyond)).toEqual(["InvalidRange", 416]);
  });

  it("reads and writes on conditions", async () => {
    const Key = "conditional";
    const { ETag } = await client.send(new PutObjectCommand({ Bucket, Key, Body: "x", IfNoneMatch: "*" }));
    const again = client.send(new PutObjectCommand({ Bucket, Key, Body: "y", IfNoneMatch: "*" }));
    expect(await refusal(again)).toEqual(["PreconditionFailed", 412]);
    const fresh = client.send(new GetObjectCommand({ Bucket, Key, IfNoneMatch: ETag }));
    expect((await refusal(fresh))[1]).toBe(304);
    const head = client.send(new HeadObjectCommand({ Bucket, Key, IfMatch: '"other"' }));
    expect((await refusal(head))[1]).toBe(412);
    expect((await bodyOf(client, Bucket, Key)).toString()).toBe("x");
  });

  it("copies, with a key that must be encoded", async () => {
    const Key = "source/ü + 1";
    await client.send(new PutObjectCommand({ Bucket, Key, Body: "copied" }));
    const CopySource = `${Bucket}/${encodeURIComponent(Key)}`;
    const { CopyObjectResult } = await client.send(
      new CopyObjectCommand({ Bucket, Key: "copy", CopySource }),
    );
    expect(CopyObjectResult?.ETag).toBe(`"${createHash("md5").update("copied").digest("hex")}"`);
    expect((await bodyOf(client, Bucket, "copy")).toString()).toBe("copied");
  });

  it("keeps versions, and deletes its bucket when all are gone", async () => {
    const versions = `${Bucket}-versions`;
    await client.send(new CreateBucketCommand({ Bucket: versions }));
    const VersioningConfiguration = { Status: "Enabled" } as const;
    await client.send(new PutBucketVersioningCommand({ Bucket: versions, VersioningConfiguration }));
    const put = (Body: string): Promise<{ VersionId?: string | undefined }> =>
      client.send(new PutObjectCommand({ Bucket: versions, Key: "k", Body }));
    const one = await put("one");
    const two = await put("two");
    const { Versions = [] } = await client.send(new ListObjectVersionsCommand({ Bucket: versions }));
    expect(Versions.map(({ VersionId, IsLatest }) => [VersionId, IsLatest])).toEqual([
      [two.VersionId, true],
      [one.VersionId, false],
    ]);
    const remove = new DeleteBucketCommand({ Bucket: versions });
    expect(await refusal(client.send(remove))).toEqual(["BucketNotEmpty", 409]);
    const Objects = Versions.map(({ Key, VersionId }) => ({ Key, VersionId }));
    await client.send(new DeleteObjectsCommand({ Bucket: versions, Delete: { Objects } }));
    await client.send(remove);
    expect((await refusal(client.send(new HeadBucketCommand({ Bucket: versions }))))[1]).toBe(404);
  });
});

it("what was acknowledged is there after kill -9", async () => {
  const client = s3Client(millrace.url);
  const Bucket = "survivor";
  await client.send(new CreateBucketCommand({ Bucket }));
  const bodies = Array.from({ length: 20 }, (_, i) => randomBytes(1_000 * (i + 1)));
  await Promise.all(
    bodies.map((Body, i) => client.send(new PutObjectCommand({ Bucket, Key: `k${i}`, Body }))),
  );
  await millrace.kill();
  await millrace.start();
  for (const [i, body] of bodies.entries()) {
    expect((await bodyOf(client, Bucket, `k${i}`)).equals(body)).toBe(true);
  }
  client.destroy();
});
