import { describe, expect, it } from "vitest";
import { ManualClock } from "../../core/clock.ts";
import { silentLogger } from "../../core/logger.ts";
import type { BoundOperation } from "../../gateway/service.ts";
import { StreamFigures } from "../../services/kinesis/index.ts";
import { TestKinesis } from "../../services/kinesis/test-kinesis.ts";
import type { ConsumerAnswer } from "./consumer-answer.ts";
import { InnerCalls } from "./inner-calls.ts";
import { kclConsumers } from "./kcl-consumers.ts";
import { type KclLease, KclLeases } from "./kcl-leases.ts";

const shard = "shardId-000000000000";
const owner = { account: "000000000000", region: "us-east-1" };

function lease(checkpoint: string, given: Partial<KclLease> = {}): KclLease {
  return { shard, stream: undefined, owner: "worker", checkpoint, ...given };
}

describe("kclConsumers", () => {
  it("finds the stream by checkpoints, and by name where a table has several streams", async () => {
    await using kinesis = await TestKinesis.start();
    const figures = new StreamFigures(kinesis.clock);
    const orders = await kinesis.stream();
    const { sequence } = await kinesis.put(orders, "one");
    await kinesis.put(orders, "two");
    kinesis.clock.advance(60_000);
    const other = await kinesis.stream({ StreamName: "other" });
    await kinesis.put(other, "three");
    const applications = [
      { name: "single", leases: [lease(sequence)] },
      {
        name: "several",
        leases: [lease("TRIM_HORIZON", { stream: "other" }), lease("1", { stream: "else" })],
      },
      { name: "new", leases: [lease("TRIM_HORIZON")] },
      { name: "hostile", leases: [lease("9".repeat(500)), lease("")] },
    ];
    const of = async (stream: typeof orders): Promise<unknown> =>
      (await kclConsumers({ stream, figures, nowMs: kinesis.clock.now() }, applications, [])).map(
        ({ name, behindRecords }) => [name, behindRecords],
      );
    expect(await of(orders)).toEqual([["single", 1]]);
    expect(await of(other)).toEqual([["several", 1]]);
  });

  it("takes the place of the consumer that the application calls as", async () => {
    await using kinesis = await TestKinesis.start();
    const stream = await kinesis.stream();
    const { sequence } = await kinesis.put(stream, "one");
    const call = { userAgent: "aws-sdk-java/2.30 amazon-kinesis-client-library-java/3.5.1" };
    const ShardIterator = await kinesis.iterator(stream, { ShardId: shard });
    await kinesis.run("GetRecords", { ShardIterator }, call);
    const figures = new StreamFigures(kinesis.clock);
    const [use] = await figures.consumers(stream);
    const polling: ConsumerAnswer = {
      ...{ id: "p", kind: "polling", name: "KCL", library: "KCL 3.5.1", lastAt: use?.lastMs },
      ...{ recordsPerSecond: 7, bytesPerSecond: 70, lastSecond: { records: 0, bytes: 0 } },
      ...{ lastMinute: { records: 1, bytes: 4 }, lagMs: 0, behindRecords: 0, behindBytes: 0 },
      ...{ errorsLastMinute: 0, history: [], shards: [] },
    };
    const parts = { stream, figures, nowMs: kinesis.clock.now() };
    const one = [{ name: "billing", leases: [lease(sequence)] }];
    expect(await kclConsumers(parts, one, [polling])).toMatchObject([
      { id: "consumer:kcl:billing", kind: "kcl", recordsPerSecond: 7, behindRecords: 0 },
    ]);
    const two = [...one, { name: "reports", leases: [lease(sequence)] }];
    expect((await kclConsumers(parts, two, [polling])).map(({ id }) => id)).toEqual([
      ...["p", "consumer:kcl:billing", "consumer:kcl:reports"],
    ]);
  });
});

describe("KclLeases", () => {
  const tables: Readonly<Record<string, readonly Record<string, { readonly S: string }>[]>> = {
    billing: [
      { leaseKey: { S: shard }, checkpoint: { S: "LATEST" }, leaseOwner: { S: "w" } },
      { leaseKey: { S: `1:orders:2:${shard}` }, checkpoint: { S: "SHARD_END" } },
      { leaseKey: { S: "not a shard" }, checkpoint: { S: "LATEST" } },
      { leaseKey: { S: shard } },
    ] as never,
    users: [{ id: { S: "1" } }],
  };
  let scans = 0;
  const operations: Readonly<Record<string, (input: { TableName?: string }) => unknown>> = {
    ListTables: () => ({ TableNames: Object.keys(tables) }),
    DescribeTable: ({ TableName = "" }) => ({
      Table: { KeySchema: [{ AttributeName: TableName === "billing" ? "leaseKey" : "id" }] },
    }),
    Scan({ TableName = "" }) {
      scans++;
      return { Items: tables[TableName] };
    },
  };
  const clock = new ManualClock();
  const running = (id: string): never | undefined =>
    id === "dynamodb"
      ? ({ operation: (name: string) => ({ run: operations[name] }) as unknown as BoundOperation } as never)
      : undefined;

  it("reads lease tables alone, and not for each question anew", async () => {
    const leases = new KclLeases(new InnerCalls({ services: { running }, clock, log: silentLogger }), clock);
    expect(await leases.applications(owner)).toEqual([
      {
        name: "billing",
        leases: [
          { shard, stream: undefined, owner: "w", checkpoint: "LATEST" },
          { shard, stream: "orders", owner: undefined, checkpoint: "SHARD_END" },
        ],
      },
    ]);
    await leases.applications(owner);
    expect(scans).toBe(1);
    clock.advance(3_000);
    await leases.applications(owner);
    expect(scans).toBe(2);
  });

  it("finds none where DynamoDB does not run", async () => {
    const services = { running: () => undefined };
    const leases = new KclLeases(new InnerCalls({ services, clock, log: silentLogger }), clock);
    expect(await leases.applications(owner)).toEqual([]);
  });
});
