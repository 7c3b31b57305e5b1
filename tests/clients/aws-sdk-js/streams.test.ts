import {
  AddTagsToStreamCommand,
  CreateStreamCommand,
  DeleteStreamCommand,
  DescribeLimitsCommand,
  DescribeStreamCommand,
  DescribeStreamSummaryCommand,
  IncreaseStreamRetentionPeriodCommand,
  type KinesisClient,
  ListShardsCommand,
  ListStreamsCommand,
  ListTagsForStreamCommand,
  paginateListStreams,
  RemoveTagsFromStreamCommand,
  ResourceInUseException,
  waitUntilStreamNotExists,
} from "@aws-sdk/client-kinesis";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createStream, kinesisClient, shardsOf } from "../../fixtures/kinesis-client.ts";
import { MillraceProcess } from "../../fixtures/millrace-process.ts";

let millrace: MillraceProcess;
let client: KinesisClient;

beforeAll(async () => {
  millrace = await MillraceProcess.start();
  client = kinesisClient(millrace.url);
});
afterAll(async () => {
  client.destroy();
  await millrace.dispose();
});

describe("streams by the AWS SDK for JavaScript", () => {
  it("are created, described and deleted", async () => {
    await createStream(client, "life", 3);
    const { StreamDescription } = await client.send(new DescribeStreamCommand({ StreamName: "life" }));
    expect(StreamDescription).toMatchObject({
      StreamName: "life",
      StreamARN: "arn:aws:kinesis:us-east-1:000000000000:stream/life",
      StreamStatus: "ACTIVE",
      RetentionPeriodHours: 24,
      HasMoreShards: false,
      EncryptionType: "NONE",
    });
    expect(StreamDescription?.StreamCreationTimestamp).toBeInstanceOf(Date);
    expect(StreamDescription?.Shards?.map(({ ShardId }) => ShardId)).toEqual([
      "shardId-000000000000",
      "shardId-000000000001",
      "shardId-000000000002",
    ]);
    await client.send(new DeleteStreamCommand({ StreamName: "life" }));
    await waitUntilStreamNotExists({ client, maxWaitTime: 30, minDelay: 0.05 }, { StreamName: "life" });
    const { StreamNames } = await client.send(new ListStreamsCommand({}));
    expect(StreamNames).not.toContain("life");
  });

  it("cover the whole range of hash keys without a gap", async () => {
    await createStream(client, "ranges", 7);
    const ranges = (await shardsOf(client, "ranges")).map(({ HashKeyRange }) => HashKeyRange);
    let next = 0n;
    for (const range of ranges) {
      expect(range?.StartingHashKey).toBe(next.toString());
      next = BigInt(range?.EndingHashKey ?? 0) + 1n;
    }
    expect(next).toBe(2n ** 128n);
  });

  it("are listed page by page", async () => {
    const names = Array.from({ length: 9 }, (_, i) => `page-${i}`);
    await Promise.all(
      names.map((StreamName) => client.send(new CreateStreamCommand({ StreamName, ShardCount: 1 }))),
    );
    const listed: string[] = [];
    let pages = 0;
    for await (const page of paginateListStreams({ client, pageSize: 2 }, {})) {
      pages++;
      expect(page.StreamNames?.length).toBeLessThanOrEqual(2);
      listed.push(...(page.StreamNames ?? []));
    }
    expect(pages).toBeGreaterThanOrEqual(5);
    expect(listed.filter((name) => name.startsWith("page-"))).toEqual(names);
    expect(new Set(listed).size).toBe(listed.length);
  });

  it("list their shards page by page", async () => {
    await createStream(client, "shards", 25);
    const ids: (string | undefined)[] = [];
    let token: string | undefined;
    do {
      const page: Awaited<ReturnType<typeof firstPage>> =
        token === undefined
          ? await firstPage()
          : await client.send(new ListShardsCommand({ NextToken: token, MaxResults: 10 }));
      expect(page.Shards?.length).toBeLessThanOrEqual(10);
      ids.push(...(page.Shards ?? []).map(({ ShardId }) => ShardId));
      token = page.NextToken;
    } while (token !== undefined);
    expect(ids).toEqual(Array.from({ length: 25 }, (_, i) => `shardId-${`${i}`.padStart(12, "0")}`));
  });

  it("keep tags and settings", async () => {
    await createStream(client, "settings");
    await client.send(
      new AddTagsToStreamCommand({ StreamName: "settings", Tags: { team: "blue", stage: "test" } }),
    );
    await client.send(new RemoveTagsFromStreamCommand({ StreamName: "settings", TagKeys: ["stage"] }));
    const { Tags } = await client.send(new ListTagsForStreamCommand({ StreamName: "settings" }));
    expect(Tags).toEqual([{ Key: "team", Value: "blue" }]);
    await client.send(
      new IncreaseStreamRetentionPeriodCommand({ StreamName: "settings", RetentionPeriodHours: 8760 }),
    );
    const summary = await client.send(new DescribeStreamSummaryCommand({ StreamName: "settings" }));
    expect(summary.StreamDescriptionSummary).toMatchObject({ RetentionPeriodHours: 8760, OpenShardCount: 1 });
  });

  it("exist once, whoever creates them first", async () => {
    const attempts = await Promise.allSettled(
      Array.from({ length: 8 }, () =>
        client.send(new CreateStreamCommand({ StreamName: "contested", ShardCount: 1 })),
      ),
    );
    const refused = attempts.filter((attempt) => attempt.status === "rejected");
    expect(refused).toHaveLength(7);
    for (const { reason } of refused) expect(reason).toBeInstanceOf(ResourceInUseException);
  });

  it("count against the account's limits", async () => {
    const before = await client.send(new DescribeLimitsCommand({}));
    await createStream(client, "counted", 4);
    const after = await client.send(new DescribeLimitsCommand({}));
    expect(after.OpenShardCount).toBe((before.OpenShardCount ?? 0) + 4);
  });
});

function firstPage() {
  return client.send(new ListShardsCommand({ StreamName: "shards", MaxResults: 10 }));
}
