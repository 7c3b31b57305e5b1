import { describe, expect, it } from "vitest";
import { everyRole, type RoleAccess } from "../../core/role-access.ts";
import type { SourcePosition } from "../../kernels/delivery/index.ts";
import { streamArn } from "./arn.ts";
import { KinesisStreamSource } from "./stream-source.ts";
import { account, region, TestKinesis } from "./test-kinesis.ts";

const arn = streamArn({ account, region, stream: "orders" });
const first = "shardId-000000000000";
const limits = { maxRecords: 100, maxBytes: 1024 * 1024 };
const oldest: SourcePosition = { kind: "oldest" };
const reader = {
  roleArn: `arn:aws:iam::${account}:role/delivery`,
  service: "firehose.amazonaws.com",
  sourceArn: `arn:aws:firehose:${region}:${account}:deliverystream/d`,
};

function sourceOf(kinesis: TestKinesis, roles: RoleAccess = everyRole): KinesisStreamSource {
  return new KinesisStreamSource(kinesis.state, arn, reader, roles);
}

describe("a data stream as a source", () => {
  it("reads records with their keys, numbers and times, from the oldest, after one, and from a time", async () => {
    await using kinesis = await TestKinesis.start();
    const stream = await kinesis.stream();
    const source = sourceOf(kinesis);
    const a = await kinesis.put(stream, "a", "left");
    kinesis.clock.advance(1_000);
    const middleMs = kinesis.clock.now();
    await kinesis.put(stream, "b", "right");
    const all = await source.read(first, oldest, limits);
    expect(all.records.map(({ data, partitionKey }) => [data.toString(), partitionKey])).toEqual([
      ["a", "left"],
      ["b", "right"],
    ]);
    expect(all.records[1]?.arrivalTimeMs).toBe(middleMs);
    expect(all).toMatchObject({ isEnd: false, millisBehindLatest: 0 });
    const after: SourcePosition = { kind: "after", sequenceNumber: a.sequence };
    const rest = await source.read(first, after, limits);
    expect(rest.records.map(({ data }) => data.toString())).toEqual(["b"]);
    const later = await source.read(first, { kind: "time", timeMs: middleMs }, limits);
    expect(later.records.map(({ data }) => data.toString())).toEqual(["b"]);
  });

  it("says how far behind a limited read is", async () => {
    await using kinesis = await TestKinesis.start();
    const stream = await kinesis.stream();
    await kinesis.put(stream, "a");
    kinesis.clock.advance(2_000);
    await kinesis.put(stream, "b");
    const read = await sourceOf(kinesis).read(first, oldest, { ...limits, maxRecords: 1 });
    expect(read.records).toHaveLength(1);
    expect(read.millisBehindLatest).toBe(2_000);
  });

  it("names the parents of shards, and the end of those that are closed", async () => {
    await using kinesis = await TestKinesis.start();
    const stream = await kinesis.stream();
    const source = sourceOf(kinesis);
    await kinesis.put(stream, "before");
    await kinesis.run("SplitShard", {
      StreamARN: arn,
      ShardToSplit: first,
      NewStartingHashKey: String(2n ** 127n),
    });
    await kinesis.pass();
    expect(source.shards()).toEqual([
      { id: first, isClosed: true, parents: [] },
      { id: "shardId-000000000001", isClosed: false, parents: [first] },
      { id: "shardId-000000000002", isClosed: false, parents: [first] },
    ]);
    const read = await source.read(first, oldest, limits);
    expect(read.records).toHaveLength(1);
    expect(read.isEnd).toBe(true);
    expect(await source.read("shardId-000000000001", oldest, limits)).toMatchObject({ isEnd: false });
    expect(await source.read("shardId-000000000009", oldest, limits)).toMatchObject({ isEnd: true });
  });

  it("tells of records, of new shards and of a stream that is made anew", async () => {
    await using kinesis = await TestKinesis.start();
    const source = sourceOf(kinesis);
    let told = 0;
    const watch = source.onChange(() => told++);
    const toldAfter = async (change: () => Promise<unknown>): Promise<boolean> => {
      const before = told;
      await change();
      return told > before;
    };
    expect(await toldAfter(() => kinesis.stream())).toBe(true);
    expect(await toldAfter(() => kinesis.put(kinesis.find(), "a"))).toBe(true);
    const split = { StreamARN: arn, ShardToSplit: first, NewStartingHashKey: String(2n ** 127n) };
    expect(await toldAfter(() => kinesis.run("SplitShard", split))).toBe(true);
    await kinesis.pass();
    expect(await toldAfter(() => kinesis.put(kinesis.find(), "in a child"))).toBe(true);
    expect(
      await toldAfter(async () => {
        await kinesis.run("DeleteStream", { StreamName: "orders" });
        await kinesis.pass();
      }),
    ).toBe(true);
    expect(() => source.shards()).toThrow(
      expect.objectContaining({ code: "Kinesis.ResourceNotFound" }) as Error,
    );
    await kinesis.stream();
    expect(await toldAfter(() => kinesis.put(kinesis.find(), "anew"))).toBe(true);
    watch[Symbol.dispose]();
    expect(await toldAfter(() => kinesis.put(kinesis.find(), "unheard"))).toBe(false);
  });

  it("reads a stream that was made anew from its beginning, whatever number the old one ended with", async () => {
    await using kinesis = await TestKinesis.start();
    const source = sourceOf(kinesis);
    const old = await kinesis.put(await kinesis.stream(), "old");
    await kinesis.run("DeleteStream", { StreamName: "orders" });
    await kinesis.pass(2_000);
    await kinesis.put(await kinesis.stream(), "new");
    const read = await source.read(first, { kind: "after", sequenceNumber: old.sequence }, limits);
    expect(read.records.map(({ data }) => data.toString())).toEqual(["new"]);
  });

  it("answers errors of keys and of roles by their names", async () => {
    await using kinesis = await TestKinesis.start();
    const stream = await kinesis.stream();
    await kinesis.run("StartStreamEncryption", { StreamARN: arn, EncryptionType: "KMS", KeyId: "alias/k" });
    await kinesis.pass();
    await kinesis.put(stream, "sealed");
    for (const key of [stream.document.keyId ?? "", stream.encryptionKey ?? ""])
      kinesis.keys.disabled.add(key);
    await expect(sourceOf(kinesis).read(first, oldest, limits)).rejects.toMatchObject({
      code: "Kinesis.KMSDisabledException",
    });
    const refusing: RoleAccess = {
      assuming: () => undefined,
      refusal: ({ action }) =>
        action === "kinesis:GetRecords" ? { kind: "action", message: "not this one" } : undefined,
    };
    const refused = sourceOf(kinesis, refusing);
    expect(refused.shards()).toHaveLength(1);
    await expect(refused.read(first, oldest, limits)).rejects.toMatchObject({
      code: "Kinesis.AccessDenied",
      message: "not this one",
    });
  });
});
