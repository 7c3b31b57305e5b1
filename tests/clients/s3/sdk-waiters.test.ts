import { Readable } from "node:stream";
import {
  CreateBucketCommand,
  DeleteBucketCommand,
  DeleteObjectCommand,
  GetObjectCommand,
  PutObjectCommand,
  type S3Client,
  waitUntilBucketExists,
  waitUntilBucketNotExists,
  waitUntilObjectExists,
  waitUntilObjectNotExists,
} from "@aws-sdk/client-s3";
import { Upload } from "@aws-sdk/lib-storage";
import { afterAll, beforeAll, expect, it } from "vitest";
import { VerifyingMillrace } from "../../fixtures/verifying-millrace.ts";
import { checkPattern, patternedStream } from "./patterned-stream.ts";

const Bucket = "waited";
const mib = 1024 * 1024;
let millrace: VerifyingMillrace;
let client: S3Client;

beforeAll(async () => {
  millrace = await VerifyingMillrace.start("123456789012");
  ({ s3: client } = millrace.as(millrace.root));
});
afterAll(() => millrace.dispose());

it("the SDK's waiters see buckets and objects come and go", async () => {
  const waiter = { client, maxWaitTime: 60, minDelay: 1, maxDelay: 1 };
  const object = { Bucket, Key: "k" };
  const [exists, came] = [waitUntilBucketExists(waiter, { Bucket }), waitUntilObjectExists(waiter, object)];
  await client.send(new CreateBucketCommand({ Bucket }));
  await client.send(new PutObjectCommand({ ...object, Body: "x" }));
  expect([(await exists).state, (await came).state]).toEqual(["SUCCESS", "SUCCESS"]);
  const [left, gone] = [
    waitUntilObjectNotExists(waiter, object),
    waitUntilBucketNotExists(waiter, { Bucket }),
  ];
  await client.send(new DeleteObjectCommand(object));
  await client.send(new DeleteBucketCommand({ Bucket }));
  expect([(await left).state, (await gone).state]).toEqual(["SUCCESS", "SUCCESS"]);
});

it("a stream of unknown length goes in by many parts at once, with signatures verified", async () => {
  await client.send(new CreateBucketCommand({ Bucket: "streams" }));
  const params = { Bucket: "streams", Key: "k", Body: patternedStream(57 * mib + 1) };
  await new Upload({ client, params, queueSize: 8, partSize: 5 * mib }).done();
  const { Body, ChecksumType } = await client.send(
    new GetObjectCommand({ Bucket: "streams", Key: "k", ChecksumMode: "ENABLED" }),
  );
  expect(Body).toBeInstanceOf(Readable);
  expect(await checkPattern(Body as Readable)).toBe(57 * mib + 1);
  expect(ChecksumType).toBe("COMPOSITE");
});
