import type {
  AmazonopensearchserviceDestinationConfiguration,
  AmazonopensearchserviceDestinationUpdate,
} from "@aws-sdk/client-firehose";
import { describe, expect, it } from "vitest";
import { answerJson, Receiver } from "../endpoints/test-receiver.ts";
import { codeAndMessageOf, destinationId, roleArn, streamName, TestFirehose } from "../test-firehose.ts";

const lake = { RoleARN: roleArn, BucketARN: "arn:aws:s3:::lake" };

/** A cluster that takes every document, or none. */
function cluster(status: number = 201): Promise<Receiver> {
  return Receiver.start(({ body }, response) => {
    const count = body.toString().trimEnd().split("\n").length / 2;
    const error = status < 300 ? undefined : { type: "mapper_parsing_exception", reason: "no" };
    const items = Array.from({ length: count }, () => ({ index: { status, error } }));
    answerJson(response, 200, { items });
  });
}

async function create(
  firehose: TestFirehose,
  settings: Partial<AmazonopensearchserviceDestinationConfiguration>,
): Promise<void> {
  await firehose.run("CreateDeliveryStream", {
    DeliveryStreamName: streamName,
    AmazonopensearchserviceDestinationConfiguration: {
      RoleARN: roleArn,
      IndexName: "logs",
      S3Configuration: lake,
      ...settings,
    },
  });
  await firehose.settle();
}

async function update(
  firehose: TestFirehose,
  change: AmazonopensearchserviceDestinationUpdate,
): Promise<void> {
  await firehose.run("UpdateDestination", {
    DeliveryStreamName: streamName,
    CurrentDeliveryStreamVersionId: String(firehose.stream.document.version),
    DestinationId: destinationId,
    AmazonopensearchserviceDestinationUpdate: change,
  });
}

function withCredentials({ host }: URL): string {
  return `http://user:p%40ss@${host}`;
}

describe("OpenSearch destinations", () => {
  it("get documents in the index of the day, with the credentials of the endpoint", async () => {
    await using server = await cluster();
    await using firehose = await TestFirehose.start();
    await create(firehose, { ClusterEndpoint: withCredentials(server.url) });
    await firehose.put('{"a":1}');
    await firehose.restart();
    await firehose.flush();
    const [request] = server.received;
    expect(request?.path).toBe("/_bulk");
    expect(request?.headers.authorization).toBe(`Basic ${Buffer.from("user:p@ss").toString("base64")}`);
    const [action = "", document] = String(request?.body).split("\n");
    expect(JSON.parse(action)).toEqual({ index: { _index: "logs-2026-01-01", _id: expect.any(String) } });
    expect(document).toBe('{"a":1}');
    expect(firehose.metric("DeliveryToAmazonOpenSearchService.Records")).toBe(1);
  });

  it("have AWS's defaults and never show the password", async () => {
    await using firehose = await TestFirehose.start();
    await create(firehose, { ClusterEndpoint: "https://user:secret@host:9200" });
    const [destination] = (await firehose.describe()).Destinations;
    expect(destination?.AmazonopensearchserviceDestinationDescription).toMatchObject({
      RoleARN: roleArn,
      ClusterEndpoint: "https://host:9200/",
      IndexName: "logs",
      IndexRotationPeriod: "OneDay",
      BufferingHints: { SizeInMBs: 5, IntervalInSeconds: 300 },
      RetryOptions: { DurationInSeconds: 300 },
      S3BackupMode: "FailedDocumentsOnly",
      DocumentIdOptions: { DefaultDocumentIdFormat: "FIREHOSE_DEFAULT" },
    });
    expect(JSON.stringify(firehose.stream.document)).not.toContain("secret");
  });

  it("leave refused documents in the error output with AWS's members", async () => {
    await using server = await cluster(400);
    await using firehose = await TestFirehose.start();
    await create(firehose, { ClusterEndpoint: server.url.origin, IndexRotationPeriod: "NoRotation" });
    await firehose.put("{}", "no document");
    await firehose.flush();
    const [object] = firehose.places.of("lake");
    expect(object?.key).toMatch(/^AmazonOpenSearchService_failed\/2026\/01\/01\/00\//);
    const lines = String(object?.bytes).trimEnd().split("\n");
    expect(lines.map((line) => JSON.parse(line))).toEqual(
      expect.arrayContaining([
        {
          attemptsMade: 1,
          arrivalTimestamp: expect.any(Number),
          errorCode: "400",
          errorMessage: '{"type":"mapper_parsing_exception","reason":"no"}',
          attemptEndingTimestamp: expect.any(Number),
          rawData: Buffer.from("{}").toString("base64"),
          esDocumentId: expect.any(String),
          esIndexName: "logs",
          esTypeName: null,
        },
        expect.objectContaining({
          errorMessage: "The record is not one JSON object in UTF-8.",
          rawData: Buffer.from("no document").toString("base64"),
        }),
      ]),
    );
    expect(lines).toHaveLength(2);
  });

  it("say of each document why it was given up", async () => {
    await using server = await cluster(429);
    await using firehose = await TestFirehose.start();
    await create(firehose, { ClusterEndpoint: server.url.origin, RetryOptions: { DurationInSeconds: 0 } });
    await firehose.put("{}");
    await firehose.flush();
    const [line = ""] = firehose.places.texts("lake");
    expect(JSON.parse(line)).toMatchObject({
      attemptsMade: 1,
      errorCode: "429",
      esDocumentId: expect.any(String),
      esIndexName: "logs-2026-01-01",
    });
  });

  it("are updated member by member; credentials do not go to another address", async () => {
    await using first = await cluster();
    await using second = await cluster();
    await using firehose = await TestFirehose.start();
    await create(firehose, { ClusterEndpoint: withCredentials(first.url), TypeName: "event" });
    await update(firehose, { TypeName: "", IndexName: "other", IndexRotationPeriod: "OneMonth" });
    await firehose.state.streams.idle();
    await firehose.put("{}");
    await firehose.flush();
    expect(first.received[0]?.headers.authorization).toBeDefined();
    expect(JSON.parse(String(first.received[0]?.body).split("\n")[0] ?? "").index).toEqual({
      _index: "other-2026-01",
      _id: expect.any(String),
    });
    await update(firehose, { ClusterEndpoint: second.url.origin });
    await firehose.state.streams.idle();
    await firehose.put("{}");
    await firehose.flush();
    expect(second.received[0]?.headers.authorization).toBeUndefined();
  });

  it("do not become something else, and nothing becomes them", async () => {
    await using firehose = await TestFirehose.start();
    await create(firehose, { ClusterEndpoint: "https://host" });
    const refused = {
      code: "InvalidArgumentException",
      message: "Switching between Amazon OpenSearch Service and other services is not supported.",
    };
    expect(await codeAndMessageOf(firehose.update({ Prefix: "a/" }))).toEqual(refused);
  });

  it.each([
    [
      { DomainARN: "arn:aws:es:us-east-1:000000000000:domain/logs" },
      "DomainARN is not supported: Millrace has no OpenSearch Service. Give the address of the cluster in ClusterEndpoint.",
    ],
    [{}, "ClusterEndpoint must be specified."],
    [{ ClusterEndpoint: "https:" }, "ClusterEndpoint must be a URL that begins with https:// or http://."],
    [
      {
        ClusterEndpoint: "https://host",
        VpcConfiguration: { SubnetIds: ["s"], RoleARN: roleArn, SecurityGroupIds: ["g"] },
      },
      "VpcConfiguration is not supported: Millrace has no VPCs and reaches clusters over the network of its machine.",
    ],
  ])("are refused: %o", async (settings, message) => {
    await using firehose = await TestFirehose.start();
    expect(await codeAndMessageOf(create(firehose, settings))).toEqual({
      code: "InvalidArgumentException",
      message,
    });
  });

  it("are refused for OpenSearch Serverless, by name", async () => {
    await using firehose = await TestFirehose.start();
    const created = firehose.run("CreateDeliveryStream", {
      DeliveryStreamName: streamName,
      AmazonOpenSearchServerlessDestinationConfiguration: {
        RoleARN: roleArn,
        IndexName: "logs",
        S3Configuration: lake,
      },
    });
    expect((await codeAndMessageOf(created)).message).toContain("Amazon OpenSearch Serverless");
  });
});

describe("Elasticsearch destinations", () => {
  it("are delivered to and described under their own names", async () => {
    await using server = await cluster(400);
    await using firehose = await TestFirehose.start();
    await firehose.run("CreateDeliveryStream", {
      DeliveryStreamName: streamName,
      ElasticsearchDestinationConfiguration: {
        RoleARN: roleArn,
        ClusterEndpoint: server.url.origin,
        IndexName: "logs",
        TypeName: "event",
        S3BackupMode: "AllDocuments",
        S3Configuration: lake,
      },
    });
    await firehose.settle();
    await firehose.put("{}");
    await firehose.flush();
    const [all, failed] = firehose.places.of("lake");
    expect(all?.bytes.toString()).toBe("{}");
    expect(failed?.key).toMatch(/^elasticsearch-failed\//);
    expect(JSON.parse(String(failed?.bytes)).esTypeName).toBe("event");
    const [destination] = (await firehose.describe()).Destinations;
    expect(destination?.ElasticsearchDestinationDescription).toMatchObject({ TypeName: "event" });
    expect(firehose.metric("DeliveryToElasticsearch.Records")).toBeUndefined();
    expect(firehose.metric("BackupToS3.Records")).toBe(1);
  });
});
