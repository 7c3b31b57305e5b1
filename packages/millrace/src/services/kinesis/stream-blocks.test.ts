import { expect, it } from "vitest";
import { everyRole } from "../../core/role-access.ts";
import { aggregate } from "../../formats/kpl/test-aggregate.ts";
import type { StreamMetadata } from "../../kernels/streaming/connectors/streams-port.ts";
import { streamArn } from "./arn.ts";
import { KinesisStreamBlocks } from "./stream-blocks.ts";
import { account, region, TestKinesis } from "./test-kinesis.ts";

const arn = streamArn({ account, region, stream: "orders" });
const limits = { maxRecords: 100, maxBytes: 1024 * 1024 };
const user = {
  roleArn: `arn:aws:iam::${account}:role/application`,
  service: "kinesisanalytics.amazonaws.com",
  sourceArn: `arn:aws:kinesisanalytics:${region}:${account}:application/a`,
};
const metadata: readonly StreamMetadata[] = ["partition-key", "sequence-number", "timestamp", "shard-id"];

interface Record {
  readonly data: string;
  readonly key: string | undefined;
  readonly sequence: string | undefined;
}

async function recordsIn(kinesis: TestKinesis, shard: string): Promise<readonly Record[]> {
  const reader = new KinesisStreamBlocks(kinesis.state, arn, user, everyRole);
  const from = await reader.startOf(shard, { kind: "oldest" });
  const { bytes, starts, ends, metadata: columns } = await reader.read(shard, from, limits, metadata);
  for (const key of metadata) expect(columns[key]).toHaveLength(starts.length);
  const text = (column: string, at: number): string | undefined => {
    const value = columns[column]?.[at];
    return typeof value === "string" ? value : undefined;
  };
  return Array.from(starts, (start, at) => ({
    data: Buffer.from(bytes).toString("utf8", start, ends[at]),
    key: text("partition-key", at),
    sequence: text("sequence-number", at),
  }));
}

it("gives records that a producer has aggregated one by one, between the others", async () => {
  await using kinesis = await TestKinesis.start();
  await kinesis.run("CreateStream", { StreamName: "orders", ShardCount: 1 });
  await kinesis.pass();
  const put = async (Data: Uint8Array, PartitionKey: string): Promise<void> => {
    await kinesis.run("PutRecord", { StreamName: "orders", Data, PartitionKey });
  };
  await put(Buffer.from("before"), "p");
  await put(
    aggregate([
      { key: "a", data: "1" },
      { key: "b", data: "2" },
    ]),
    "a",
  );
  await put(aggregate([]), "a");
  const damaged = aggregate([{ key: "a", data: "3" }]).subarray(0, -1);
  await put(damaged, "d");
  const found = await recordsIn(kinesis, "shardId-000000000000");
  expect(found.map(({ data, key }) => [data, key])).toEqual([
    ["before", "p"],
    ["1", "a"],
    ["2", "b"],
    [damaged.toString("utf8"), "d"],
  ]);
  expect(found[1]?.sequence).toBe(found[2]?.sequence);
});

it("leaves out those that belong to another shard", async () => {
  await using kinesis = await TestKinesis.start();
  await kinesis.run("CreateStream", { StreamName: "orders", ShardCount: 2 });
  await kinesis.pass();
  const Data = aggregate([
    { key: "a", hashKey: "1", data: "mine" },
    { key: "a", hashKey: `${2n ** 128n - 1n}`, data: "another's" },
  ]);
  await kinesis.run("PutRecord", { StreamName: "orders", Data, PartitionKey: "a", ExplicitHashKey: "0" });
  const found = await recordsIn(kinesis, "shardId-000000000000");
  expect(found.map(({ data }) => data)).toEqual(["mine"]);
});
