import { CreateUserCommand, IAMClient, ListUsersCommand } from "@aws-sdk/client-iam";
import {
  CreateBucketCommand,
  ListObjectsV2Command,
  PutBucketCorsCommand,
  PutObjectCommand,
  S3Client,
} from "@aws-sdk/client-s3";
import { afterAll, beforeAll, expect, it } from "vitest";
import { MillraceProcess } from "../fixtures/millrace-process.ts";
import { type RawAnswer, send } from "../fixtures/raw-http.ts";

let millrace: MillraceProcess;
let iam: IAMClient;
let s3: S3Client;
beforeAll(async () => {
  millrace = await MillraceProcess.start();
  const credentials = { accessKeyId: "test", secretAccessKey: "test" };
  const options = { endpoint: millrace.url, region: "us-east-1", credentials };
  iam = new IAMClient(options);
  s3 = new S3Client({ ...options, forcePathStyle: true });
  await iam.send(new CreateUserCommand({ UserName: "jo" }));
  await s3.send(new CreateBucketCommand({ Bucket: "lake" }));
  await s3.send(new PutObjectCommand({ Bucket: "lake", Key: "a", Body: "1" }));
});
afterAll(async () => {
  iam?.destroy();
  s3?.destroy();
  await millrace?.dispose();
});

const action = "Action=DeleteUser&UserName=jo&Version=2010-05-08";
const form = { "content-type": "application/x-www-form-urlencoded" };
const evil = { origin: "https://evil.example" };
const users = async (): Promise<unknown> =>
  (await iam.send(new ListUsersCommand({}))).Users?.map(({ UserName }) => UserName);

it.each<[string, () => Promise<RawAnswer>]>([
  ["a form", () => send(millrace.port, { headers: { ...form, ...evil }, body: action })],
  ["a form of a sandbox", () => send(millrace.port, { headers: { ...form, origin: "null" }, body: action })],
  [
    "an image",
    () =>
      send(millrace.port, {
        method: "GET",
        path: `/?${action}`,
        headers: { "sec-fetch-site": "cross-site" },
      }),
  ],
  [
    "a page of another port",
    () => send(millrace.port, { headers: { ...form, origin: "http://127.0.0.1:3000" }, body: action }),
  ],
  [
    "an image with a query that claims to be signed",
    () =>
      send(millrace.port, {
        method: "GET",
        path: `/?${action}&X-Amz-Credential=test/20260101/us-east-1/iam/aws4_request`,
        headers: { "sec-fetch-site": "cross-site" },
      }),
  ],
  [
    "a page whose name leads here",
    () => {
      const host = `evil.example:${millrace.port}`;
      return send(millrace.port, { headers: { ...form, host, origin: `http://${host}` }, body: action });
    },
  ],
  [
    "a page whose name leads here, without a word of its origin",
    () =>
      send(millrace.port, {
        method: "GET",
        path: `/?${action}`,
        headers: { host: `evil.example:${millrace.port}`, "user-agent": "Mozilla/5.0" },
      }),
  ],
])("where any key is taken, %s deletes nobody", async (_what, request) => {
  const answer = await request();
  expect([answer.status, answer.body.toString()]).toEqual([
    403,
    expect.stringContaining("<Code>AccessDenied</Code>"),
  ]);
  expect(await users()).toEqual(["jo"]);
});

it("deletes no objects for a page that the bucket does not know", async () => {
  const request = {
    path: "/lake?delete",
    headers: { ...evil, "content-type": "text/plain" },
    body: "<Delete><Object><Key>a</Key></Object></Delete>",
  };
  const refused = await send(millrace.port, request);
  expect([refused.status, refused.body.toString()]).toEqual([403, expect.stringContaining("CORS rules")]);
  const keys = async (): Promise<unknown> =>
    (await s3.send(new ListObjectsV2Command({ Bucket: "lake" }))).Contents?.map(({ Key }) => Key);
  expect(await keys()).toEqual(["a"]);
  const CORSRules = [{ AllowedOrigins: [evil.origin], AllowedMethods: ["POST"] }];
  await s3.send(new PutBucketCorsCommand({ Bucket: "lake", CORSConfiguration: { CORSRules } }));
  expect((await send(millrace.port, request)).status).toBe(200);
  expect(await keys()).toBeUndefined();
});

it("takes programs, pages of its own, and images of S3 as before", async () => {
  const list = "Action=ListUsers&Version=2010-05-08";
  const own = { ...form, origin: millrace.url, "sec-fetch-site": "same-origin" };
  expect((await send(millrace.port, { headers: form, body: list })).status).toBe(200);
  expect((await send(millrace.port, { headers: own, body: list })).status).toBe(200);
  const named = { ...form, host: "aws.example:80" };
  expect((await send(millrace.port, { headers: named, body: list })).status).toBe(200);
  await s3.send(new PutObjectCommand({ Bucket: "lake", Key: "image", Body: "1" }));
  const image = { method: "GET", path: "/lake/image", headers: { "sec-fetch-site": "cross-site" } };
  expect((await send(millrace.port, image)).status).toBe(200);
});
