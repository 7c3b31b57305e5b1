import {
  CreateBucketCommand,
  GetObjectCommand,
  GetObjectTaggingCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  type S3Client,
} from "@aws-sdk/client-s3";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { formOf, signedFields } from "../fixtures/s3-form.ts";
import { type Key, VerifyingMillrace } from "../fixtures/verifying-millrace.ts";

let millrace: VerifyingMillrace;
let s3: S3Client;
const Bucket = "photos";
const anyKey = [{ bucket: Bucket }, ["starts-with", "$key", "user/"]];

beforeAll(async () => {
  millrace = await VerifyingMillrace.start("123456789012");
  ({ s3 } = millrace.as(millrace.root));
  await s3.send(new CreateBucketCommand({ Bucket }));
});
afterAll(() => millrace.dispose());

interface Sent {
  readonly conditions?: readonly unknown[];
  readonly fields?: Readonly<Record<string, string>>;
  readonly key?: Key;
  readonly expiration?: Date;
  /** After the signature was made. */
  readonly tampered?: Readonly<Record<string, string>>;
  readonly file?: string | Buffer;
}

async function post({ conditions = anyKey, fields = {}, tampered = {}, file = "hello", ...rest }: Sent) {
  // biome-ignore lint/suspicious/noTemplateCurlyInString: forms write it like this.
  const all = { key: "user/${filename}", ...fields };
  const signed = signedFields({ key: millrace.root, conditions, fields: all, ...rest });
  return await answerOf(formOf({ ...signed, ...tampered }, file));
}

async function answerOf(form: FormData) {
  const response = await fetch(`${millrace.process.url}/${Bucket}`, {
    method: "POST",
    body: form,
    redirect: "manual",
  });
  const body = await response.text();
  return {
    status: response.status,
    headers: response.headers,
    body,
    code: /<Code>(\w+)<\/Code>/.exec(body)?.[1],
  };
}

const read = async (Key: string): Promise<string | undefined> =>
  (await s3.send(new GetObjectCommand({ Bucket, Key }))).Body?.transformToString();

describe("a form that its policy covers", () => {
  it("puts the file", async () => {
    const answer = await post({});
    expect([answer.status, answer.body]).toEqual([204, ""]);
    expect(answer.headers.get("etag")).toBe('"5d41402abc4b2a76b9719d911017c592"');
    expect(answer.headers.get("location")).toBe(`${millrace.process.url}/photos/user%2Fa.txt`);
    expect(await read("user/a.txt")).toBe("hello");
  });

  it("puts what it says along with it", async () => {
    const fields = {
      key: "user/ü b.png",
      "Content-Type": "image/png",
      "Cache-Control": "no-store",
      "x-amz-meta-author": "me",
      "x-amz-storage-class": "STANDARD_IA",
      tagging: "<Tagging><TagSet><Tag><Key>a+b</Key><Value>1 2</Value></Tag></TagSet></Tagging>",
      success_action_status: "201",
    };
    const conditions = [...anyKey, ...Object.keys(fields).map((name) => ["starts-with", `$${name}`, ""])];
    const answer = await post({ conditions, fields });
    expect(answer.status).toBe(201);
    expect(answer.body).toContain("<Bucket>photos</Bucket><Key>user/ü b.png</Key>");
    const head = await s3.send(new HeadObjectCommand({ Bucket, Key: fields.key }));
    expect(head).toMatchObject({
      ContentType: "image/png",
      CacheControl: "no-store",
      Metadata: { author: "me" },
      StorageClass: "STANDARD_IA",
    });
    const { TagSet } = await s3.send(new GetObjectTaggingCommand({ Bucket, Key: fields.key }));
    expect(TagSet).toEqual([{ Key: "a+b", Value: "1 2" }]);
  });

  it("leads on to another page", async () => {
    const fields = { success_action_redirect: "https://example.com/done?x=1" };
    const answer = await post({ conditions: [...anyKey, fields], fields });
    expect(answer.status).toBe(303);
    const target = new URL(answer.headers.get("location") ?? "");
    expect(target.origin + target.pathname).toBe("https://example.com/done");
    expect(Object.fromEntries(target.searchParams)).toEqual({
      x: "1",
      bucket: Bucket,
      key: "user/a.txt",
      etag: '"5d41402abc4b2a76b9719d911017c592"',
    });
  });

  it("carries large files", async () => {
    const file = Buffer.alloc(20_000_000, "millrace");
    expect((await post({ fields: { key: "user/large" }, file })).status).toBe(204);
    const { ContentLength } = await s3.send(new HeadObjectCommand({ Bucket, Key: "user/large" }));
    expect(ContentLength).toBe(file.length);
  });
});

describe("a form is refused", () => {
  const sized = (min: number, max: number) => [...anyKey, ["content-length-range", min, max]];

  it.each<[string, number, Sent]>([
    ["AccessDenied", 403, { fields: { key: "other/a" } }],
    ["AccessDenied", 403, { fields: { acl: "public-read" } }],
    ["AccessDenied", 403, { conditions: [{ bucket: "other" }, ["starts-with", "$key", ""]] }],
    ["AccessDenied", 403, { expiration: new Date(0) }],
    ["AccessDenied", 403, { tampered: { key: "elsewhere" } }],
    ["EntityTooLarge", 400, { conditions: sized(0, 4) }],
    ["EntityTooSmall", 400, { conditions: sized(6, 10) }],
    [
      "BadDigest",
      400,
      {
        conditions: [...anyKey, ["starts-with", "$x-amz-checksum-crc32", ""]],
        fields: { "x-amz-checksum-crc32": "AAAAAA==" },
      },
    ],
    ["SignatureDoesNotMatch", 403, { tampered: { "x-amz-signature": "0".repeat(64) } }],
    ["SignatureDoesNotMatch", 403, { key: { accessKeyId: "", secretAccessKey: "x" } }],
    ["InvalidAccessKeyId", 403, { key: { accessKeyId: "AKIAUNKNOWN000000000", secretAccessKey: "x" } }],
    ["InvalidPolicyDocument", 400, { tampered: { policy: "e30=" } }],
    ["InvalidArgument", 400, { fields: { key: "" } }],
    ["InvalidRequest", 400, { tampered: { AWSAccessKeyId: "old" } }],
  ])("with %s: %j", async (code, status, sent) => {
    const key = sent.key?.accessKeyId === "" ? { ...millrace.root, secretAccessKey: "x" } : sent.key;
    const answer = await post({ ...sent, ...(key === undefined ? {} : { key }) });
    expect([answer.code, answer.status]).toEqual([code, status]);
    const { Contents = [] } = await s3.send(new ListObjectsV2Command({ Bucket, Prefix: "other" }));
    expect(Contents).toEqual([]);
  });

  it("when nobody has signed it and the bucket is not for everybody", async () => {
    expect((await answerOf(formOf({ key: "user/anonymous" }, "x"))).code).toBe("AccessDenied");
  });

  it("when it has no file, or is no form", async () => {
    const form = new FormData();
    form.append("key", "user/a");
    expect((await answerOf(form)).code).toBe("InvalidArgument");
    const headers = { "content-type": "multipart/form-data; boundary=edge" };
    const url = `${millrace.process.url}/${Bucket}`;
    const broken = await fetch(url, { method: "POST", headers, body: "no form" });
    expect(await broken.text()).toContain("<Code>MalformedPOSTRequest</Code>");
  });
});
