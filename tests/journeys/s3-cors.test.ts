import {
  CreateBucketCommand,
  GetBucketCorsCommand,
  PutBucketCorsCommand,
  PutObjectCommand,
  type S3Client,
} from "@aws-sdk/client-s3";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { MillraceProcess } from "../fixtures/millrace-process.ts";
import { send } from "../fixtures/raw-http.ts";
import { s3Client } from "../fixtures/s3-client.ts";

let millrace: MillraceProcess;
let client: S3Client;
const origin = "https://app.example.com";

beforeAll(async () => {
  millrace = await MillraceProcess.start();
  client = s3Client(millrace.url);
  await client.send(new CreateBucketCommand({ Bucket: "shared" }));
  await client.send(new CreateBucketCommand({ Bucket: "closed" }));
  await client.send(new PutObjectCommand({ Bucket: "shared", Key: "a/b", Body: "hello" }));
  await client.send(
    new PutBucketCorsCommand({
      Bucket: "shared",
      CORSConfiguration: {
        CORSRules: [
          {
            AllowedOrigins: ["https://*.example.com"],
            AllowedMethods: ["GET", "PUT"],
            AllowedHeaders: ["x-amz-*"],
            ExposeHeaders: ["ETag"],
            MaxAgeSeconds: 600,
          },
        ],
      },
    }),
  );
});
afterAll(async () => {
  client.destroy();
  await millrace.dispose();
});

/** What browsers send: fetch would not let a test set these headers. */
async function ask(method: string, path: string, headers: Record<string, string>) {
  const answer = await send(millrace.port, { method, path, headers });
  const body = answer.body.toString();
  return { ...answer, body, code: /<Code>(\w+)<\/Code>/.exec(body)?.[1] };
}
const preflight = (path: string, headers: Record<string, string>) => ask("OPTIONS", path, headers);

describe("a page of another origin", () => {
  it("learns what it may do", async () => {
    const answer = await preflight("/shared/a/b", {
      origin,
      "access-control-request-method": "PUT",
      "access-control-request-headers": "x-amz-date, X-Amz-Acl",
    });
    expect(answer.status).toBe(200);
    expect(answer.headers).toMatchObject({
      "access-control-allow-origin": origin,
      "access-control-allow-methods": "GET, PUT",
      "access-control-allow-headers": "x-amz-date, x-amz-acl",
      "access-control-allow-credentials": "true",
      "access-control-expose-headers": "ETag",
      "access-control-max-age": "600",
      vary: "Origin, Access-Control-Request-Headers, Access-Control-Request-Method",
    });
  });

  it.each([
    [
      "/shared/a/b",
      { origin: "https://evil.test", "access-control-request-method": "GET" },
      "This CORS request is not allowed.",
    ],
    [
      "/shared/a/b",
      { origin, "access-control-request-method": "DELETE" },
      "This CORS request is not allowed.",
    ],
    ["/closed/a", { origin, "access-control-request-method": "GET" }, "CORS is not enabled for this bucket."],
    ["/none/a", { origin, "access-control-request-method": "GET" }, "Bucket not found"],
  ])("is refused: %s %j", async (path, headers, message) => {
    const answer = await preflight(path, headers);
    expect([answer.status, answer.code]).toEqual([403, "AccessForbidden"]);
    expect(answer.body).toContain(`CORSResponse: ${message}`);
    expect(answer.headers["access-control-allow-origin"]).toBeUndefined();
  });

  it("must say where it comes from and what it wants", async () => {
    expect((await preflight("/shared/a", {})).code).toBe("BadRequest");
    expect((await preflight("/shared/a", { origin })).code).toBe("BadRequest");
  });

  it("sees answers and errors, when its rule allows the request itself", async () => {
    const read = await ask("GET", "/shared/a/b", { origin });
    expect(read).toMatchObject({ status: 200, body: "hello" });
    expect(read.headers).toMatchObject({ "access-control-allow-origin": origin });
    const missing = await ask("GET", "/shared/none", { origin });
    expect(missing).toMatchObject({ status: 404, code: "NoSuchKey" });
    expect(missing.headers).toMatchObject({ "access-control-allow-origin": origin });
    const stranger = await ask("GET", "/shared/a/b", { origin: "https://evil.test" });
    expect(stranger.status).toBe(200);
    expect(stranger.headers["access-control-allow-origin"]).toBeUndefined();
    expect((await ask("GET", "/shared/a/b", {})).headers["vary"]).toBeUndefined();
  });

  it("cannot ask about any number of headers", async () => {
    const names = { "access-control-request-headers": Array(200).fill("x-amz-a").join(",") };
    const asked = await preflight("/shared/a", { origin, "access-control-request-method": "GET", ...names });
    expect([asked.status, asked.code]).toEqual([403, "AccessForbidden"]);
    const read = await ask("GET", "/shared/a/b", { origin, ...names });
    expect(read).toMatchObject({ status: 200, body: "hello" });
    expect(read.headers["access-control-allow-origin"]).toBeUndefined();
  });

  it("finds the bucket by its host, too", async () => {
    const host = { host: `shared.localhost:${millrace.port}` };
    const answer = await preflight("/a", { ...host, origin, "access-control-request-method": "GET" });
    expect(answer.status).toBe(200);
  });

  it("finds the rules after a crash", async () => {
    await millrace.kill();
    await millrace.start();
    const { CORSRules } = await client.send(new GetBucketCorsCommand({ Bucket: "shared" }));
    expect(CORSRules).toHaveLength(1);
    const answer = await preflight("/shared/a", { origin, "access-control-request-method": "GET" });
    expect(answer.status).toBe(200);
  });
});
