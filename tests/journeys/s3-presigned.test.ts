import {
  CreateBucketCommand,
  DeleteObjectCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  S3Client,
} from "@aws-sdk/client-s3";
import { getSignedUrl } from "@aws-sdk/s3-request-presigner";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { MillraceProcess } from "../fixtures/millrace-process.ts";
import { send } from "../fixtures/raw-http.ts";
import { s3Client } from "../fixtures/s3-client.ts";
import { VerifyingMillrace } from "../fixtures/verifying-millrace.ts";

const Bucket = "shared";
const Key = "user/ü & b+c.txt";

type Presignable =
  | DeleteObjectCommand
  | GetObjectCommand
  | HeadObjectCommand
  | ListObjectsV2Command
  | PutObjectCommand;

/** What comes back for a URL, over a socket: `bucket.localhost` is not known to all resolvers. */
async function use(
  url: string,
  port: number,
  method: string,
  body?: string,
  headers: Record<string, string> = {},
) {
  const { host, pathname, search } = new URL(url);
  const request = { method, path: `${pathname}${search}`, headers: { host, ...headers } };
  const answer = await send(port, body === undefined ? request : { ...request, body });
  const text = answer.body.toString();
  return { status: answer.status, text, code: /<Code>(\w+)<\/Code>/.exec(text)?.[1] };
}

describe("a presigned URL", () => {
  let millrace: VerifyingMillrace;
  let s3: S3Client;
  // The presigner takes one kind of command at a time; to it, they are all the same.
  const signed = (command: Presignable, options: object = {}) =>
    getSignedUrl(s3, command as GetObjectCommand, { expiresIn: 60, ...options });
  const call = async (url: string, method: string, body?: string, headers?: Record<string, string>) =>
    await use(url, millrace.process.port, method, body, headers);

  beforeAll(async () => {
    millrace = await VerifyingMillrace.start("123456789012");
    ({ s3 } = millrace.as(millrace.root));
    await s3.send(new CreateBucketCommand({ Bucket }));
  });
  afterAll(() => millrace.dispose());

  it("puts, reads and removes an object", async () => {
    expect((await call(await signed(new PutObjectCommand({ Bucket, Key })), "PUT", "hello")).status).toBe(
      200,
    );
    expect(await call(await signed(new GetObjectCommand({ Bucket, Key })), "GET")).toMatchObject({
      status: 200,
      text: "hello",
    });
    expect(await call(await signed(new HeadObjectCommand({ Bucket, Key })), "HEAD")).toMatchObject({
      status: 200,
      text: "",
    });
    const list = await call(await signed(new ListObjectsV2Command({ Bucket, Prefix: "user/" })), "GET");
    expect(list.text).toContain("<KeyCount>1</KeyCount>");
    expect((await call(await signed(new DeleteObjectCommand({ Bucket, Key })), "DELETE")).status).toBe(204);
  });

  it("replaces headers of the answer", async () => {
    await s3.send(new PutObjectCommand({ Bucket, Key: "page", Body: "x" }));
    const url = await signed(new GetObjectCommand({ Bucket, Key: "page", ResponseContentType: "text/html" }));
    const answer = await fetch(url);
    expect([answer.status, answer.headers.get("content-type")]).toEqual([200, "text/html"]);
  });

  it("carries headers that were signed, and no others that matter", async () => {
    const put = new PutObjectCommand({ Bucket, Key: "meta", Metadata: { a: "1" }, ContentType: "text/css" });
    const url = await signed(put, {
      signableHeaders: new Set(["content-type"]),
      unhoistableHeaders: new Set(["x-amz-meta-a"]),
    });
    const headers = { "x-amz-meta-a": "1", "content-type": "text/css" };
    expect((await call(url, "PUT", "x", { "content-type": "text/css" })).code).toBe("SignatureDoesNotMatch");
    expect((await call(url, "PUT", "x", { ...headers, "x-amz-meta-a": "2" })).code).toBe(
      "SignatureDoesNotMatch",
    );
    expect((await call(url, "PUT", "x", { ...headers, "x-amz-acl": "private" })).code).toBe("AccessDenied");
    expect((await call(url, "PUT", "x", headers)).status).toBe(200);
    const { Metadata, ContentType } = await s3.send(new HeadObjectCommand({ Bucket, Key: "meta" }));
    expect([Metadata, ContentType]).toEqual([{ a: "1" }, "text/css"]);
  });

  it("is good for one thing only", async () => {
    await s3.send(new PutObjectCommand({ Bucket, Key: "one", Body: "x" }));
    const url = await signed(new GetObjectCommand({ Bucket, Key: "one" }));
    expect((await call(url, "GET")).status).toBe(200);
    const changed = {
      method: (await call(url, "DELETE")).code,
      key: (await call(url.replace("/one?", "/two?"), "GET")).code,
      longer: (await call(url.replace("X-Amz-Expires=60", "X-Amz-Expires=6000"), "GET")).code,
      more: (await call(`${url}&versionId=null`, "GET")).code,
      signature: (await call(url.replace(/Signature=\w{8}/, "Signature=00000000"), "GET")).code,
    };
    expect(new Set(Object.values(changed))).toEqual(new Set(["SignatureDoesNotMatch"]));
  });

  it("is good for its time only", async () => {
    const late = await signed(new GetObjectCommand({ Bucket, Key: "one" }), {
      signingDate: new Date(Date.now() - 120_000),
    });
    const answer = await call(late, "GET");
    expect([answer.status, answer.code]).toEqual([403, "AccessDenied"]);
    expect(answer.text).toContain("Request has expired");
  });

  it("may name the bucket in the host", async () => {
    await s3.send(new PutObjectCommand({ Bucket, Key: "hosted", Body: "hello" }));
    const hosted = new S3Client({
      endpoint: `http://localhost:${millrace.process.port}`,
      region: "us-east-1",
      credentials: millrace.root,
    });
    const url = await getSignedUrl(hosted, new GetObjectCommand({ Bucket, Key: "hosted" }), {
      expiresIn: 60,
    });
    hosted.destroy();
    expect(new URL(url).hostname).toBe("shared.localhost");
    expect(await call(url, "GET")).toMatchObject({ status: 200, text: "hello" });
  });
});

it("is taken as it is where everybody is trusted", async () => {
  const millrace = await MillraceProcess.start();
  const s3 = s3Client(millrace.url);
  try {
    await s3.send(new CreateBucketCommand({ Bucket }));
    const put = await getSignedUrl(s3, new PutObjectCommand({ Bucket, Key }), {
      signingDate: new Date(Date.now() - 86_400_000),
    });
    expect((await use(put, millrace.port, "PUT", "hello")).status).toBe(200);
    const get = await getSignedUrl(s3, new GetObjectCommand({ Bucket, Key }));
    expect(await use(get, millrace.port, "GET")).toMatchObject({ status: 200, text: "hello" });
  } finally {
    s3.destroy();
    await millrace.dispose();
  }
});
