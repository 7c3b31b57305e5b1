import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { ServiceError } from "../core/errors.ts";
import type { Call } from "./call.ts";
import { startGateway } from "./test-gateway.ts";

const noResources = (): readonly string[] => ["*"];
const calls: Call[] = [];
let gateway: Awaited<ReturnType<typeof startGateway>>;

beforeAll(async () => {
  gateway = await startGateway({
    DescribeLimits: {
      run: (_state, _input, call) => {
        calls.push(call);
        return { ShardLimit: 1, OpenShardCount: 0, OnDemandStreamCount: 0, OnDemandStreamCountLimit: 1 };
      },
      resources: noResources,
    },
    DeleteStream: {
      run: () => Promise.reject(new Error("secret: the password is hunter2")),
      resources: noResources,
    },
    CreateStream: {
      run: () => {
        throw new ServiceError("ResourceInUseException", "It exists.");
      },
      resources: noResources,
    },
  });
});
afterAll(() => gateway.close());

async function post(
  operation: string | undefined,
  body: string | Uint8Array<ArrayBuffer> = "{}",
  headers: Record<string, string> = {},
): Promise<{ status: number; headers: Headers; body: string }> {
  const target = operation === undefined ? {} : { "x-amz-target": `Kinesis_20131202.${operation}` };
  const response = await fetch(gateway.url, {
    method: "POST",
    body,
    headers: { "content-type": "application/x-amz-json-1.1", ...target, ...headers },
  });
  return { status: response.status, headers: response.headers, body: await response.text() };
}

describe("Gateway", () => {
  it("runs an operation and answers its output with a request id", async () => {
    const answer = await post("DescribeLimits");
    expect(answer.status).toBe(200);
    expect(JSON.parse(answer.body)).toMatchObject({ ShardLimit: 1 });
    expect(answer.headers.get("x-amzn-requestid")).toMatch(
      /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/,
    );
  });

  it("takes account and region from the credential", async () => {
    calls.length = 0;
    await post("DescribeLimits");
    const scope = "20260101/eu-west-1/kinesis/aws4_request";
    await post("DescribeLimits", "{}", {
      authorization: `AWS4-HMAC-SHA256 Credential=123456789012/${scope}, SignedHeaders=host, Signature=0`,
    });
    expect(calls.map(({ account, region }) => [account, region])).toEqual([
      ["000000000000", "us-east-1"],
      ["123456789012", "eu-west-1"],
    ]);
    expect(calls[1]?.principal.arn).toBe("arn:aws:iam::123456789012:root");
  });

  it("answers a service's error with AWS's code and text", async () => {
    const answer = await post("CreateStream", '{"StreamName":"s"}');
    expect(answer.status).toBe(400);
    expect(JSON.parse(answer.body)).toEqual({ __type: "ResourceInUseException", message: "It exists." });
  });

  it("reads a body that was sent as gzip, and refuses what is none or too large", async () => {
    const encoded = { "content-encoding": "gzip" };
    const answer = await post("CreateStream", new Uint8Array(gzipSync('{"StreamName":"s"}')), encoded);
    expect(JSON.parse(answer.body)).toMatchObject({ __type: "ResourceInUseException" });
    const torn = await post(
      "CreateStream",
      new Uint8Array(gzipSync('{"StreamName":"s"}').subarray(0, 20)),
      encoded,
    );
    expect([torn.status, JSON.parse(torn.body).__type]).toEqual([400, "SerializationException"]);
    const bomb = await post("CreateStream", new Uint8Array(gzipSync(" ".repeat(100_001))), encoded);
    expect(bomb.status).toBe(413);
  });

  it("says nothing to the client of what went wrong inside, and all to the log", async () => {
    const answer = await post("DeleteStream", '{"StreamName":"s"}');
    expect(answer.status).toBe(500);
    expect(JSON.parse(answer.body).__type).toBe("InternalFailure");
    expect(answer.body).not.toContain("hunter2");
    const line = gateway.lines.findLast(({ level }) => level === "error");
    expect(line?.message).toContain("hunter2");
    expect(line?.fields).toMatchObject({
      requestId: answer.headers.get("x-amzn-requestid"),
      operation: "DeleteStream",
    });
  });

  it("names an operation that Millrace does not have", async () => {
    const answer = await post("ListChannels");
    expect(answer.status).toBe(501);
    expect(JSON.parse(answer.body)).toEqual({
      __type: "NotImplemented",
      message: "kinesis:ListChannels is not implemented by Millrace.",
    });
  });

  it("names a service that does not run here", async () => {
    const answer = await post(undefined, "{}", { "x-amz-target": "Firehose_20150804.ListDeliveryStreams" });
    expect(answer.status).toBe(501);
    expect(JSON.parse(answer.body).message).toContain("firehose is not running");
  });

  it.each([
    ["an unknown operation", "NoSuchThing", "{}", 404, "UnknownOperationException"],
    ["malformed JSON", "CreateStream", '{"StreamName":', 400, "SerializationException"],
    ["a wrong type", "CreateStream", '{"StreamName":7}', 400, "SerializationException"],
    ["a missing member", "CreateStream", "{}", 400, "ValidationException"],
    [
      "a name that is too long",
      "CreateStream",
      `{"StreamName":"${"a".repeat(129)}"}`,
      400,
      "ValidationException",
    ],
    [
      "too large a body",
      "CreateStream",
      `{"StreamName":"${"a".repeat(200_000)}"}`,
      413,
      "RequestEntityTooLargeException",
    ],
  ])("refuses %s", async (_what, operation, body, status, code) => {
    const answer = await post(operation, body);
    expect(answer.status).toBe(status);
    expect(JSON.parse(answer.body).__type).toBe(code);
  });

  it("counts requests by what became of them, and logs each", async () => {
    await post("DescribeLimits");
    expect(gateway.metrics()).toMatch(
      /millrace_requests_total\{service="kinesis",operation="DescribeLimits",code="OK"\} \d/,
    );
    expect(gateway.metrics()).toContain('operation="ListChannels",code="NotImplemented"');
    expect(gateway.metrics()).toMatch(/millrace_requests_in_flight 0\n/);
    expect(gateway.lines.filter(({ message }) => message === "request").length).toBeGreaterThan(5);
  });
});
