import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import { Digests } from "../../../kernels/objects/index.ts";
import { bytesOf, codeOf, errorOf, TestS3 } from "../test-s3.ts";

const mib = 1024 * 1024;
const sizes = [5 * mib, 5 * mib, 1000] as const;
const bodies = sizes.map((size, i) => Buffer.alloc(size, i + 1));
const whole = Buffer.concat(bodies);
const md5 = (bytes: Uint8Array): Buffer => createHash("md5").update(bytes).digest();
const etag = `"${md5(Buffer.concat(bodies.map(md5))).toString("hex")}-3"`;

type Algorithm = "CRC32" | "CRC32C" | "CRC64NVME" | "SHA1" | "SHA256";

function digestOf(algorithm: Algorithm, bytes: Uint8Array): string {
  const digests = new Digests([algorithm]);
  digests.update(bytes);
  return digests.finish().digests[algorithm] ?? "";
}

interface Part {
  readonly PartNumber: number;
  readonly ETag: string | undefined;
}

/** An upload of three parts; the parts come in at the same time and in no order. */
async function uploaded(
  input: object = {},
  start: (s3: TestS3) => Promise<unknown> = (s3) => s3.bucket(),
): Promise<{ s3: TestS3; UploadId: string; Parts: Part[] }> {
  const s3 = await TestS3.start();
  await start(s3);
  const { UploadId = "" } = await s3.run("CreateMultipartUpload", { Bucket: "data", Key: "k", ...input });
  const numbers = [3, 1, 2];
  const parts = await Promise.all(
    numbers.map(async (PartNumber): Promise<Part> => {
      const Body = bodies[PartNumber - 1] ?? "";
      const part = await s3.run("UploadPart", { Bucket: "data", Key: "k", PartNumber, UploadId, Body });
      const {
        SSECustomerAlgorithm: _alg,
        SSECustomerKeyMD5: _md5,
        ServerSideEncryption: _sse,
        ...rest
      } = part;
      return { PartNumber, ...rest, ETag: part.ETag };
    }),
  );
  return { s3, UploadId, Parts: parts.toSorted((a, b) => a.PartNumber - b.PartNumber) };
}

const complete = (
  s3: TestS3,
  UploadId: string,
  Parts: readonly object[],
  input: object = {},
): Promise<object> =>
  s3.run("CompleteMultipartUpload", {
    Bucket: "data",
    Key: "k",
    UploadId,
    MultipartUpload: { Parts: [...Parts] },
    ...input,
  });

describe("CompleteMultipartUpload", () => {
  it("makes one object of its parts, which can still be read one by one", async () => {
    const { s3: opened, UploadId, Parts } = await uploaded({ ContentType: "text/x", Metadata: { a: "b" } });
    await using s3 = opened;
    expect(await complete(s3, UploadId, Parts)).toEqual({
      Location: "https://data.s3.us-east-1.amazonaws.com/k",
      Bucket: "data",
      Key: "k",
      ETag: etag,
    });
    const { Body, ...output } = await s3.run("GetObject", { Bucket: "data", Key: "k" });
    expect((await bytesOf(Body)).equals(whole)).toBe(true);
    expect(output).toMatchObject({ ETag: etag, ContentType: "text/x", Metadata: { a: "b" } });
    expect(output.PartsCount).toBeUndefined();
    const second = await s3.run("GetObject", { Bucket: "data", Key: "k", PartNumber: 2 });
    expect((await bytesOf(second.Body)).equals(bodies[1] ?? Buffer.alloc(0))).toBe(true);
    expect(second).toMatchObject({
      PartsCount: 3,
      ContentRange: `bytes ${5 * mib}-${10 * mib - 1}/${whole.length}`,
    });
    const fourth = s3.run("GetObject", { Bucket: "data", Key: "k", PartNumber: 4 });
    expect(await errorOf(fourth)).toMatchObject({ code: "InvalidPartNumber", status: 416 });
  });

  it("answers a repetition as it answered first, until the key has another object", async () => {
    const { s3: opened, UploadId, Parts } = await uploaded();
    await using s3 = opened;
    const first = await complete(s3, UploadId, Parts);
    expect(await complete(s3, UploadId, Parts)).toEqual(first);
    expect(await complete(s3, UploadId, Parts, { IfNoneMatch: "*" })).toEqual(first);
    await s3.put("k", "other");
    expect(await codeOf(complete(s3, UploadId, Parts))).toBe("NoSuchUpload");
    expect(await s3.text("k")).toBe("other");
  });

  it("drops the parts that are not listed", async () => {
    const { s3: opened, UploadId, Parts } = await uploaded();
    await using s3 = opened;
    await complete(s3, UploadId, Parts.slice(0, 1));
    const { ContentLength } = await s3.run("HeadObject", { Bucket: "data", Key: "k" });
    expect(ContentLength).toBe(5 * mib);
  });

  it.each<Algorithm>(["CRC32", "CRC32C", "SHA1", "SHA256"])("answers a composite %s", async (algorithm) => {
    const { s3: opened, UploadId, Parts } = await uploaded({ ChecksumAlgorithm: algorithm });
    await using s3 = opened;
    const digests = bodies.map((body) => Buffer.from(digestOf(algorithm, body), "base64"));
    const composite = digestOf(algorithm, Buffer.concat(digests));
    const name = `Checksum${algorithm}`;
    const missing = Parts.map(({ PartNumber, ETag }) => ({ PartNumber, ETag }));
    expect(await codeOf(complete(s3, UploadId, missing))).toBe("InvalidRequest");
    const wrong = digestOf(algorithm, Buffer.from("x"));
    expect(
      await codeOf(
        complete(
          s3,
          UploadId,
          Parts.map((part) => ({ ...part, [name]: wrong })),
        ),
      ),
    ).toBe("InvalidPart");
    expect(await codeOf(complete(s3, UploadId, Parts, { [name]: wrong }))).toBe("BadDigest");
    const answer = await complete(s3, UploadId, Parts, { [name]: composite });
    expect(answer).toMatchObject({ [name]: `${composite}-3`, ChecksumType: "COMPOSITE" });
    const part = await s3.run("HeadObject", {
      Bucket: "data",
      Key: "k",
      PartNumber: 1,
      ChecksumMode: "ENABLED",
    });
    expect(part).toMatchObject({
      [name]: digestOf(algorithm, bodies[0] ?? whole),
      ChecksumType: "COMPOSITE",
    });
  });

  it.each<Algorithm>(["CRC32", "CRC32C", "CRC64NVME"])("answers a %s of all the bytes", async (algorithm) => {
    const kind = { ChecksumAlgorithm: algorithm, ChecksumType: "FULL_OBJECT" };
    const { s3: opened, UploadId, Parts } = await uploaded(kind);
    await using s3 = opened;
    const bare = Parts.map(({ PartNumber, ETag }) => ({ PartNumber, ETag }));
    const mode = complete(s3, UploadId, bare, { ChecksumType: "COMPOSITE" });
    expect(await codeOf(mode)).toBe("InvalidRequest");
    const name = `Checksum${algorithm}`;
    const value = digestOf(algorithm, whole);
    expect(await complete(s3, UploadId, bare, { [name]: value })).toMatchObject({
      [name]: value,
      ChecksumType: "FULL_OBJECT",
    });
  });

  it("refuses lists of parts that do not fit, and then takes the one that does", async () => {
    const { s3: opened, UploadId, Parts } = await uploaded();
    await using s3 = opened;
    const [one, two, three] = Parts;
    const refused = (list: readonly object[], input: object = {}): Promise<string> =>
      codeOf(complete(s3, UploadId, list, input));
    expect(await refused([])).toBe("MalformedXML");
    expect(await refused([{ PartNumber: 1 }])).toBe("MalformedXML");
    expect(await refused([{ ETag: one?.ETag }])).toBe("MalformedXML");
    expect(await refused([two ?? {}, one ?? {}])).toBe("InvalidPartOrder");
    expect(await refused([one ?? {}, one ?? {}])).toBe("InvalidPartOrder");
    expect(await refused([{ ...one, ETag: two?.ETag }])).toBe("InvalidPart");
    expect(await refused([one ?? {}, { PartNumber: 9, ETag: one?.ETag }])).toBe("InvalidPart");
    expect(await refused(Parts, { MpuObjectSize: 5 })).toBe("InvalidRequest");
    expect(await refused(Parts, { ChecksumCRC32: "AAAAAA==" })).toBe("InvalidRequest");
    await s3.run("UploadPart", { Bucket: "data", Key: "k", PartNumber: 4, UploadId, Body: "more" });
    const more = await s3.run("ListParts", { Bucket: "data", Key: "k", UploadId });
    const small = [...Parts, { PartNumber: 4, ETag: more.Parts?.[3]?.ETag }];
    expect(await errorOf(complete(s3, UploadId, small))).toMatchObject({
      code: "EntityTooSmall",
      members: {
        ProposedSize: 1000,
        MinSizeAllowed: 5 * mib,
        PartNumber: 3,
        ETag: three?.ETag?.replaceAll('"', ""),
      },
    });
    await complete(s3, UploadId, Parts, { MpuObjectSize: whole.length });
  });

  it("writes conditionally, and lets one of two win", async () => {
    const { s3: opened, UploadId, Parts } = await uploaded();
    await using s3 = opened;
    await s3.put("k", "there");
    expect(await codeOf(complete(s3, UploadId, Parts, { IfNoneMatch: "*" }))).toBe("PreconditionFailed");
    expect(await codeOf(complete(s3, UploadId, Parts, { IfMatch: "x" }))).toBe("PreconditionFailed");
    await complete(s3, UploadId, Parts, { IfMatch: "*" });
    expect((await s3.run("HeadObject", { Bucket: "data", Key: "k" })).ContentLength).toBe(whole.length);
  });

  it("makes a version, encrypted as the upload was begun", async () => {
    const {
      s3: opened,
      UploadId,
      Parts,
    } = await uploaded({ ServerSideEncryption: "AES256" }, (s3) => s3.versionedBucket());
    await using s3 = opened;
    const answer = await complete(s3, UploadId, Parts);
    expect(answer).toMatchObject({
      ServerSideEncryption: "AES256",
      VersionId: expect.any(String),
      ETag: etag,
    });
    const { Body } = await s3.run("GetObject", {
      Bucket: "data",
      Key: "k",
      Range: `bytes=${5 * mib - 2}-${5 * mib + 1}`,
    });
    expect([...(await bytesOf(Body))]).toEqual([1, 1, 2, 2]);
  });

  it("knows no upload that was aborted or never begun", async () => {
    const { s3: opened, UploadId, Parts } = await uploaded();
    await using s3 = opened;
    await s3.run("AbortMultipartUpload", { Bucket: "data", Key: "k", UploadId });
    expect(await errorOf(complete(s3, UploadId, Parts))).toMatchObject({
      code: "NoSuchUpload",
      members: { UploadId },
    });
    expect(await codeOf(complete(s3, "", Parts))).toBe("NoSuchUpload");
  });
});
