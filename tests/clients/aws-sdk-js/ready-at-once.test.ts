import { DynamoDB } from "@aws-sdk/client-dynamodb";
import { Firehose } from "@aws-sdk/client-firehose";
import { Kinesis } from "@aws-sdk/client-kinesis";
import { Redshift } from "@aws-sdk/client-redshift";
import { S3 } from "@aws-sdk/client-s3";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { MillraceProcess } from "../../fixtures/millrace-process.ts";

/** Clients that wait for a state look at it right after the answer, and then sleep for 10 s to a minute. */
describe("what was asked for is there when the answer comes", () => {
  let millrace: MillraceProcess;
  let options: { endpoint: string; region: string; credentials: object; forcePathStyle: boolean };
  const clients: { destroy(): void }[] = [];

  beforeAll(async () => {
    millrace = await MillraceProcess.start();
    options = {
      endpoint: millrace.url,
      region: "us-east-1",
      credentials: { accessKeyId: "test", secretAccessKey: "test" },
      forcePathStyle: true,
    };
  });
  afterAll(async () => {
    for (const client of clients) client.destroy();
    await millrace.dispose();
  });

  function made<T extends { destroy(): void }>(client: new (given: object) => T): T {
    const one = new client(options);
    clients.push(one);
    return one;
  }

  it("streams and their consumers", async () => {
    const kinesis = made(Kinesis);
    const status = async (): Promise<unknown> =>
      (await kinesis.describeStreamSummary({ StreamName: "clicks" })).StreamDescriptionSummary?.StreamStatus;
    for (const round of [1, 2, 3]) {
      await kinesis.createStream({ StreamName: "clicks", ShardCount: round });
      expect(await status()).toBe("ACTIVE");
      await kinesis.updateShardCount({
        StreamName: "clicks",
        TargetShardCount: 2 * round,
        ScalingType: "UNIFORM_SCALING",
      });
      expect(await status()).toBe("ACTIVE");
      const { StreamDescriptionSummary: stream } = await kinesis.describeStreamSummary({
        StreamName: "clicks",
      });
      const consumer = { StreamARN: stream?.StreamARN, ConsumerName: "reader" };
      await kinesis.registerStreamConsumer(consumer);
      const { ConsumerDescription } = await kinesis.describeStreamConsumer(consumer);
      expect(ConsumerDescription?.ConsumerStatus).toBe("ACTIVE");
      await kinesis.deleteStream({ StreamName: "clicks", EnforceConsumerDeletion: true });
      await expect(status()).rejects.toThrow("not found");
    }
  });

  it("tables and their indexes", async () => {
    const dynamodb = made(DynamoDB);
    const hash = (AttributeName: string): [{ AttributeName: string; KeyType: "HASH" }] => [
      { AttributeName, KeyType: "HASH" },
    ];
    const text = (AttributeName: string): { AttributeName: string; AttributeType: "S" } => ({
      AttributeName,
      AttributeType: "S",
    });
    const { TableDescription } = await dynamodb.createTable({
      TableName: "leases",
      KeySchema: hash("id"),
      AttributeDefinitions: [text("id")],
      BillingMode: "PAY_PER_REQUEST",
    });
    expect(TableDescription?.TableStatus).toBe("CREATING");
    expect((await dynamodb.describeTable({ TableName: "leases" })).Table?.TableStatus).toBe("ACTIVE");
    await dynamodb.updateTable({
      TableName: "leases",
      AttributeDefinitions: [text("owner")],
      GlobalSecondaryIndexUpdates: [
        { Create: { IndexName: "owners", KeySchema: hash("owner"), Projection: { ProjectionType: "ALL" } } },
      ],
    });
    const { Table } = await dynamodb.describeTable({ TableName: "leases" });
    expect(Table?.TableStatus).toBe("ACTIVE");
    expect(Table?.GlobalSecondaryIndexes?.[0]?.IndexStatus).toBe("ACTIVE");
    await dynamodb.deleteTable({ TableName: "leases" });
    await expect(dynamodb.describeTable({ TableName: "leases" })).rejects.toThrow("not found");
  });

  it("delivery streams", async () => {
    await made(S3).createBucket({ Bucket: "lake" });
    const firehose = made(Firehose);
    await firehose.createDeliveryStream({
      DeliveryStreamName: "pages",
      S3DestinationConfiguration: {
        BucketARN: "arn:aws:s3:::lake",
        RoleARN: "arn:aws:iam::000000000000:role/r",
      },
    });
    const { DeliveryStreamDescription } = await firehose.describeDeliveryStream({
      DeliveryStreamName: "pages",
    });
    expect(DeliveryStreamDescription?.DeliveryStreamStatus).toBe("ACTIVE");
  });

  it("clusters", async () => {
    const redshift = made(Redshift);
    const { Cluster } = await redshift.createCluster({
      ...{ ClusterIdentifier: "sales", NodeType: "ra3.xlplus", NumberOfNodes: 2 },
      ...{ MasterUsername: "admin", MasterUserPassword: "Passw0rd" },
    });
    expect(Cluster?.ClusterStatus).toBe("creating");
    const { Clusters } = await redshift.describeClusters({ ClusterIdentifier: "sales" });
    expect(Clusters?.[0]?.ClusterStatus).toBe("available");
    await redshift.deleteCluster({ ClusterIdentifier: "sales", SkipFinalClusterSnapshot: true });
    await expect(redshift.describeClusters({ ClusterIdentifier: "sales" })).rejects.toThrow("not found");
  });
});
