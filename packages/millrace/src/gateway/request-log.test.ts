import { afterEach, describe, expect, it, vi } from "vitest";
import { ServiceError } from "../core/errors.ts";
import { RequestLog, RequestRecord } from "./request-log.ts";
import { startGateway } from "./test-gateway.ts";

type Gateway = Awaited<ReturnType<typeof startGateway>>;
let gateway: Gateway | undefined;
afterEach(() => gateway?.close());

const streamArn = "arn:aws:kinesis:eu-west-1:123456789012:stream/s";

async function started(): Promise<Gateway> {
  gateway = await startGateway({
    DescribeLimits: { run: () => ({}), resources: () => ["*"] },
    PutRecord: { run: () => ({ ShardId: "s", SequenceNumber: "1" }), resources: () => [streamArn] },
    DeleteStream: {
      run: () => {
        throw new ServiceError("ResourceNotFoundException", "the password is hunter2");
      },
      resources: () => {
        throw new ServiceError("ResourceNotFoundException", "no such stream");
      },
    },
  });
  return gateway;
}

async function post(
  { url }: Gateway,
  operation: string,
  body: object,
  headers: object = {},
): Promise<Response> {
  return await fetch(url, {
    method: "POST",
    body: JSON.stringify(body),
    headers: {
      "content-type": "application/x-amz-json-1.1",
      "x-amz-target": `Kinesis_20131202.${operation}`,
      ...headers,
    },
  });
}

/** The records once there are so many: an answer is sent before it is written down. */
async function records({ requests }: Gateway, count: number): Promise<readonly RequestRecord[]> {
  await vi.waitUntil(() => requests.feed.last >= count);
  return requests.feed.page(0, 10_000, () => true).items;
}

const authorization =
  "AWS4-HMAC-SHA256 Credential=123456789012/20260101/eu-west-1/kinesis/aws4_request, SignedHeaders=host, Signature=c0ffee";

describe("RequestLog", () => {
  it("says who called what, how it went and how long it took", async () => {
    const toy = await started();
    const put = { StreamName: "s", Data: "c2VjcmV0", PartitionKey: "p" };
    await post(toy, "PutRecord", put, { authorization, "user-agent": "app/1" });
    const [record] = await records(toy, 1);
    expect({ ...record }).toEqual({
      n: 1,
      at: expect.any(Number),
      requestId: expect.stringMatching(/^[0-9a-f-]{36}$/),
      service: "kinesis",
      operation: "PutRecord",
      resource: streamArn,
      principal: "arn:aws:iam::123456789012:root",
      account: "123456789012",
      region: "eu-west-1",
      status: 200,
      code: "OK",
      decision: "trust",
      decidedBy: "",
      durationMs: expect.any(Number),
      requestBytes: JSON.stringify(put).length,
      userAgent: "app/1",
      remoteAddress: "127.0.0.1",
    });
  });

  it("keeps nothing of what was sent or answered", async () => {
    const toy = await started();
    await post(
      toy,
      "PutRecord",
      { StreamName: "s", Data: "c2VjcmV0", PartitionKey: "secret" },
      { authorization },
    );
    await post(toy, "DeleteStream", { StreamName: "s" });
    await fetch(`${toy.url}/?X-Amz-Security-Token=secret&X-Amz-Signature=c0ffee`);
    const text = JSON.stringify(await records(toy, 3));
    for (const secret of ["secret", "c2VjcmV0", "c0ffee", "hunter2", "Credential"])
      expect(text).not.toContain(secret);
  });

  it("takes a call whose resource cannot be told", async () => {
    const toy = await started();
    await post(toy, "DeleteStream", { StreamName: "s" });
    const [record] = await records(toy, 1);
    expect(record).toMatchObject({
      code: "ResourceNotFoundException",
      status: 400,
      resource: "",
      decision: "trust",
    });
  });

  it("takes what is no call at all", async () => {
    const toy = await started();
    await post(toy, "NoSuchOperation", {});
    const [record] = await records(toy, 1);
    expect(record).toMatchObject({
      status: 404,
      code: "UnknownOperationException",
      principal: "",
      decision: "none",
    });
  });

  it("counts calls for what is not there", async () => {
    const toy = await started();
    for (const agent of ["first/1", "second/2"])
      await post(toy, "MergeShards", shards, { "user-agent": agent });
    await post(toy, "SplitShard", { ...shards, NewStartingHashKey: "1" });
    await records(toy, 3);
    expect(toy.requests.unsupported()).toMatchObject([
      { service: "kinesis", operation: "SplitShard", count: 1 },
      { service: "kinesis", operation: "MergeShards", count: 2, userAgent: "second/2" },
    ]);
  });

  it("cuts what clients say of themselves, and forgets the oldest", () => {
    const log = new RequestLog();
    for (let i = 0; i < 5_000; i++) {
      const record = new RequestRecord(`${i}`, i, { "user-agent": `${i} ${"x".repeat(10_000)}` }, "::1");
      record.status = 501;
      record.operation = `Operation${i}`;
      log.add(record);
    }
    const { items, missed } = log.feed.page(0, 10_000, () => true);
    expect(items).toHaveLength(2_000);
    expect(missed).toBe(3_000);
    expect(Math.max(...items.map(({ userAgent }) => userAgent.length))).toBe(200);
    expect(log.unsupported()).toHaveLength(1_000);
    expect(log.unsupported()[0]?.operation).toBe("Operation4999");
  });
});

const shards = {
  StreamName: "s",
  ShardToMerge: "shardId-000000000000",
  AdjacentShardToMerge: "shardId-000000000001",
  ShardToSplit: "shardId-000000000000",
};
