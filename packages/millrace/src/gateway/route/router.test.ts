import { describe, expect, it } from "vitest";
import type { HttpRequest } from "../http.ts";
import { ModelLibrary } from "../model/model-library.ts";
import { createProtocols } from "../protocol/protocols.ts";
import { RouteError } from "./route.ts";
import { Router } from "./router.ts";

const router = new Router(new ModelLibrary(), createProtocols());

interface Wanted {
  readonly method?: string;
  readonly target?: string;
  readonly headers?: Record<string, string>;
  readonly body?: string;
}

function request({ method = "POST", target = "/", headers = {}, body = "" }: Wanted): HttpRequest {
  const [path = "/", query = ""] = target.split("?");
  return {
    method,
    target,
    path,
    query,
    headers: { host: "127.0.0.1:4566", ...headers },
    body: Buffer.from(body),
    httpVersion: "1.1",
    secure: false,
  };
}

function routed(wanted: Wanted): string {
  const { service, operation, protocol } = router.route(request(wanted));
  return `${service} ${operation} ${protocol.name}`;
}

function refused(wanted: Wanted): string {
  try {
    router.route(request(wanted));
  } catch (thrown) {
    if (thrown instanceof RouteError)
      return `${thrown.error.status} ${thrown.error.code} ${thrown.protocol.name}`;
    throw thrown;
  }
  throw new Error("was routed");
}

const signed = (service: string): Record<string, string> => ({
  authorization: `AWS4-HMAC-SHA256 Credential=AKIA/20260101/us-east-1/${service}/aws4_request, SignedHeaders=host, Signature=0`,
});
const form = { "content-type": "application/x-www-form-urlencoded; charset=utf-8" };

describe("routing by target", () => {
  it.each([
    ["Kinesis_20131202.PutRecords", "application/x-amz-json-1.1", "kinesis PutRecords awsJson1_1"],
    ["Kinesis_20131202.PutRecords", "application/x-amz-cbor-1.1", "kinesis PutRecords awsCbor1_1"],
    [
      "Kinesis_20131202.PutRecords",
      "application/X-AMZ-JSON-1.1; charset=utf-8",
      "kinesis PutRecords awsJson1_1",
    ],
    ["DynamoDB_20120810.GetItem", "", "dynamodb GetItem awsJson1_0"],
    ["AWSGlue.GetTables", "text/plain", "glue GetTables awsJson1_1"],
    [
      "GraniteServiceVersion20100801.PutMetricData",
      "application/x-amz-json-1.0",
      "cloudwatch PutMetricData awsJson1_0",
    ],
  ])("%s as %s", (target, contentType, expected) => {
    const headers = { "x-amz-target": target, "content-type": contentType };
    expect(routed({ headers })).toBe(expected);
    expect(routed({ headers })).toBe(expected);
  });

  it.each([
    "Nobody.PutRecords",
    "Kinesis_20131202.Nothing",
    "Kinesis_20131202.__proto__",
    "Kinesis_20131202.",
    "",
    ".",
    "constructor.constructor",
  ])("refuses %j in the protocol of the request", (target) => {
    const cbor = { "x-amz-target": target, "content-type": "application/x-amz-cbor-1.1" };
    expect(refused({ headers: cbor })).toBe("404 UnknownOperationException awsCbor1_1");
  });

  it("takes the path of rpcv2Cbor", () => {
    const headers = { "smithy-protocol": "rpc-v2-cbor" };
    const target = "/service/GraniteServiceVersion20100801/operation/ListMetrics";
    expect(routed({ headers, target })).toBe("cloudwatch ListMetrics rpcv2Cbor");
    expect(refused({ headers, target: `${target}s` })).toBe("404 UnknownOperationException rpcv2Cbor");
    expect(refused({ headers, target: "/" })).toBe("404 UnknownOperationException rpcv2Cbor");
  });
});

describe("routing by action", () => {
  it.each([
    [signed("iam"), "Action=CreateUser&Version=2010-05-08", "iam CreateUser awsQuery"],
    [{}, "Version=2011-06-15&Action=AssumeRoleWithWebIdentity", "sts AssumeRoleWithWebIdentity awsQuery"],
    [signed("monitoring"), "Action=ListMetrics&Version=2010-08-01", "cloudwatch ListMetrics awsQuery"],
    [signed("redshift"), "Action=DescribeClusters", "redshift DescribeClusters awsQuery"],
  ])("%o %s", (headers, body, expected) => {
    expect(routed({ headers: { ...form, ...headers }, body })).toBe(expected);
    expect(routed({ method: "GET", target: `/?${body}`, headers })).toBe(expected);
  });

  it("refuses what it cannot find, in XML", () => {
    expect(refused({ headers: { ...form, ...signed("iam") }, body: "Action=Nothing" })).toBe(
      "400 InvalidAction awsQuery",
    );
    expect(refused({ headers: { ...form, ...signed("iam") }, body: "" })).toBe("400 MissingAction awsQuery");
    expect(refused({ headers: form, body: "Action=CreateUser&Version=1999-01-01" })).toBe(
      "400 InvalidAction awsQuery",
    );
    expect(refused({ headers: { ...form, ...signed("iam") }, body: "Action=%zz" })).toBe(
      "404 MalformedQueryString awsQuery",
    );
  });

  it("says when it needs the body", () => {
    expect(router.needsBody(request({ headers: form }))).toBe(true);
    expect(router.needsBody(request({ headers: { ...form, ...signed("s3") } }))).toBe(false);
    expect(router.needsBody(request({ headers: { ...form, "x-amz-target": "AWSGlue.GetTables" } }))).toBe(
      false,
    );
    expect(router.needsBody(request({ method: "PUT", headers: form }))).toBe(false);
  });
});

describe("routing by path", () => {
  it.each([
    ["batch", "POST", "/v1/submitjob", "batch SubmitJob restJson1"],
    [
      "kafka",
      "GET",
      "/v1/clusters/arn%3Aaws%3Akafka%3Aus-east-1%3A000000000000%3Acluster%2Fa%2Fb/nodes",
      "kafka ListNodes restJson1",
    ],
    ["kafka", "GET", "/v1/clusters", "kafka ListClusters restJson1"],
    ["kafka", "POST", "/v1/clusters", "kafka CreateCluster restJson1"],
  ])("%s %s %s", (service, method, target, expected) => {
    expect(routed({ method, target, headers: signed(service) })).toBe(expected);
    expect(routed({ method, target })).toBe(expected);
  });

  it("refuses unknown paths, and services that need a target", () => {
    expect(refused({ headers: signed("batch"), target: "/v9/x" })).toBe(
      "404 UnknownOperationException restJson1",
    );
    expect(refused({ headers: signed("kinesis") })).toBe("404 UnknownOperationException awsJson1_1");
  });
});

describe("routing within S3", () => {
  const copy = { "x-amz-copy-source": "/a/b" };
  it.each([
    ["GET", "/", {}, "ListBuckets"],
    ["GET", "/?x-id=ListDirectoryBuckets", {}, "ListDirectoryBuckets"],
    ["PUT", "/bucket", {}, "CreateBucket"],
    ["PUT", "/bucket/", {}, "CreateBucket"],
    ["HEAD", "/bucket", {}, "HeadBucket"],
    ["GET", "/bucket", {}, "ListObjects"],
    ["GET", "/bucket?list-type=2&prefix=a", {}, "ListObjectsV2"],
    ["GET", "/bucket?list-type=1", {}, "ListObjects"],
    ["GET", "/bucket?location", {}, "GetBucketLocation"],
    ["GET", "/bucket?uploads", {}, "ListMultipartUploads"],
    ["GET", "/bucket?versions=", {}, "ListObjectVersions"],
    ["GET", "/bucket?analytics&id=x", {}, "GetBucketAnalyticsConfiguration"],
    ["GET", "/bucket?analytics", {}, "ListBucketAnalyticsConfigurations"],
    ["POST", "/bucket?delete", {}, "DeleteObjects"],
    ["GET", "/bucket/key", {}, "GetObject"],
    ["GET", "/bucket/a//b/", {}, "GetObject"],
    ["GET", "/bucket/key?acl", {}, "GetObjectAcl"],
    ["GET", "/bucket/key?attributes", {}, "GetObjectAttributes"],
    ["GET", "/bucket/key?uploadId=x", {}, "ListParts"],
    ["PUT", "/bucket/key", {}, "PutObject"],
    ["PUT", "/bucket/key", copy, "CopyObject"],
    ["PUT", "/bucket/key?partNumber=1&uploadId=x", {}, "UploadPart"],
    ["PUT", "/bucket/key?partNumber=1&uploadId=x", copy, "UploadPartCopy"],
    ["POST", "/bucket/key?uploads", {}, "CreateMultipartUpload"],
    ["POST", "/bucket/key?uploadId=x", {}, "CompleteMultipartUpload"],
    ["DELETE", "/bucket/key?uploadId=x", {}, "AbortMultipartUpload"],
    ["DELETE", "/bucket/key", {}, "DeleteObject"],
  ])("%s %s %o", (method, target, headers, operation) => {
    expect(routed({ method, target, headers })).toBe(`s3 ${operation} restXml`);
    expect(routed({ method, target, headers: { ...headers, ...signed("s3") } })).toBe(
      `s3 ${operation} restXml`,
    );
  });

  it.each([
    ["bucket.s3.us-east-1.amazonaws.com", "/key", "GetObject"],
    ["bucket.with.dots.s3-eu-west-1.amazonaws.com", "/", "ListObjects"],
    ["bucket.localhost:4566", "/key", "GetObject"],
    ["bucket.s3.localhost:4566", "/", "ListObjects"],
    ["s3.localhost:4566", "/bucket/key", "GetObject"],
    ["s3.amazonaws.com", "/", "ListBuckets"],
    ["localhost.localstack.cloud:4566", "/", "ListBuckets"],
    ["s3.localhost.localstack.cloud:4566", "/bucket/key", "GetObject"],
    ["bucket.s3.localhost.localstack.cloud:4566", "/key", "GetObject"],
  ])("takes the bucket from the host: %s%s", (host, target, operation) => {
    expect(routed({ method: "GET", target, headers: { host } })).toBe(`s3 ${operation} restXml`);
  });

  it("takes the service from a presigned query", () => {
    const credential = "X-Amz-Credential=AKIA%2F20260101%2Fus-east-1%2Fs3%2Faws4_request&X-Amz-Signature=0";
    expect(routed({ method: "GET", target: `/v1/clusters?${credential}` })).toBe("s3 GetObject restXml");
  });

  it("refuses a method that nothing answers", () => {
    expect(refused({ method: "PATCH", target: "/bucket/key" })).toBe("405 MethodNotAllowed restXml");
  });
});
