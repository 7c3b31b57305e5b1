import { expect, it } from "vitest";
import { s3Address } from "./s3-address.ts";

const address = (host: string, path: string): unknown =>
  s3Address({ headers: { host }, path, method: "GET", target: path, query: "" } as never);

it.each([
  ["127.0.0.1:4566", "/bucket/a/b", "bucket", "a/b"],
  ["localhost:4566", "/bucket", "bucket", ""],
  ["localhost", "/", undefined, ""],
  ["localhost", "/bucket//a//", "bucket", "/a//"],
  ["localhost", "/bucket/../../etc", "bucket", "../../etc"],
  ["s3.localhost:4566", "/bucket/k", "bucket", "k"],
  ["s3.eu-west-1.amazonaws.com", "/bucket/k", "bucket", "k"],
  ["bucket.localhost:4566", "/a/b", "bucket", "a/b"],
  ["my.dotted.bucket.localhost", "/k", "my.dotted.bucket", "k"],
  ["bucket.s3.localhost:4566", "/k", "bucket", "k"],
  ["bucket.s3.eu-west-1.amazonaws.com", "/k", "bucket", "k"],
  ["bucket.s3-eu-west-1.amazonaws.com", "//k", "bucket", "/k"],
  ["bucket.127.0.0.1.nip.io:4566", "/k", "bucket", "k"],
  ["my.bucket.10.0.0.1.sslip.io", "/k", "my.bucket", "k"],
  ["127.0.0.1.nip.io", "/bucket/k", "bucket", "k"],
  ["localhost.localstack.cloud:4566", "/bucket/k", "bucket", "k"],
  ["s3.localhost.localstack.cloud:4566", "/bucket/k", "bucket", "k"],
  ["s3.us-east-1.localhost.localstack.cloud:4566", "/bucket/k", "bucket", "k"],
  ["my.bucket.s3.localhost.localstack.cloud:4566", "/k", "my.bucket", "k"],
  ["bucket.s3.us-east-1.localhost.localstack.cloud:4566", "/k", "bucket", "k"],
  ["bucket.localhost.localstack.cloud:4566", "/k", "bucket", "k"],
])("finds the bucket of %s%s", (host, path, bucket, key) => {
  expect(address(host, path)).toEqual({ bucket, key });
});
