import { gunzipSync } from "node:zlib";
import type {
  HttpEndpointDestinationConfiguration,
  HttpEndpointDestinationUpdate,
} from "@aws-sdk/client-firehose";
import { describe, expect, it } from "vitest";
import { answerJson, type ReceivedRequest, Receiver } from "../endpoints/test-receiver.ts";
import { codeAndMessageOf, destinationId, roleArn, streamName, TestFirehose } from "../test-firehose.ts";

const lake = { RoleARN: roleArn, BucketARN: "arn:aws:s3:::lake" };

function takeAll(): Promise<Receiver> {
  return Receiver.start((request, response) =>
    answerJson(response, 200, { requestId: bodyOf(request).requestId, timestamp: 1 }),
  );
}

function bodyOf({ body, headers }: ReceivedRequest): {
  requestId: string;
  records: { data: string }[];
} {
  const plain = headers["content-encoding"] === "gzip" ? gunzipSync(body) : body;
  return JSON.parse(plain.toString());
}

function textsOf(request: ReceivedRequest | undefined): string[] {
  if (request === undefined) return [];
  return bodyOf(request).records.map(({ data }) => Buffer.from(data, "base64").toString());
}

async function create(
  firehose: TestFirehose,
  configuration: Partial<HttpEndpointDestinationConfiguration> & { Url: string; AccessKey?: string },
): Promise<void> {
  const { Url, AccessKey, ...rest } = configuration;
  await firehose.run("CreateDeliveryStream", {
    DeliveryStreamName: streamName,
    HttpEndpointDestinationConfiguration: {
      EndpointConfiguration: { Url, Name: "mine", AccessKey },
      S3Configuration: lake,
      ...rest,
    },
  });
  await firehose.settle();
}

async function update(firehose: TestFirehose, change: HttpEndpointDestinationUpdate): Promise<void> {
  await firehose.run("UpdateDestination", {
    DeliveryStreamName: streamName,
    CurrentDeliveryStreamVersionId: String(firehose.stream.document.version),
    DestinationId: destinationId,
    HttpEndpointDestinationUpdate: change,
  });
}

describe("HTTP endpoint destinations", () => {
  it("get records in AWS's request, with the access key and the common attributes", async () => {
    await using endpoint = await takeAll();
    await using firehose = await TestFirehose.start();
    await create(firehose, {
      Url: endpoint.url.href,
      AccessKey: "open sesame",
      RequestConfiguration: {
        ContentEncoding: "GZIP",
        CommonAttributes: [{ AttributeName: "env", AttributeValue: "test" }],
      },
    });
    await firehose.put("a", "b");
    await firehose.flush();
    const [request] = endpoint.received;
    expect(textsOf(request)).toEqual(["a", "b"]);
    expect(request?.headers).toMatchObject({
      "x-amz-firehose-access-key": "open sesame",
      "x-amz-firehose-source-arn": firehose.stream.arn,
      "x-amz-firehose-common-attributes": '{"commonAttributes":{"env":"test"}}',
    });
    expect(firehose.places.objects.size).toBe(0);
    expect(firehose.metric("DeliveryToHttpEndpoint.Records")).toBe(2);
    expect(firehose.metric("DeliveryToHttpEndpoint.Success")).toBe(1);
  });

  it("have AWS's defaults and never show the access key, not even in what is stored", async () => {
    await using endpoint = await takeAll();
    await using firehose = await TestFirehose.start();
    await create(firehose, { Url: endpoint.url.href, AccessKey: "open sesame" });
    const [destination] = (await firehose.describe()).Destinations;
    expect(destination?.HttpEndpointDestinationDescription).toMatchObject({
      EndpointConfiguration: { Url: endpoint.url.href, Name: "mine" },
      BufferingHints: { SizeInMBs: 5, IntervalInSeconds: 300 },
      RetryOptions: { DurationInSeconds: 300 },
      S3BackupMode: "FailedDataOnly",
      CloudWatchLoggingOptions: { Enabled: false },
      S3DestinationDescription: { ...lake, CompressionFormat: "UNCOMPRESSED" },
    });
    expect(JSON.stringify(destination)).not.toContain("sesame");
    expect(JSON.stringify(firehose.stream.document)).not.toContain("sesame");
  });

  it("still know the access key after a restart", async () => {
    await using endpoint = await takeAll();
    await using firehose = await TestFirehose.start();
    await create(firehose, { Url: endpoint.url.href, AccessKey: "open sesame" });
    await firehose.put("a");
    await firehose.restart();
    await firehose.flush();
    expect(endpoint.received[0]?.headers["x-amz-firehose-access-key"]).toBe("open sesame");
  });

  it("are tried again, then the records go to the error output with AWS's members", async () => {
    await using endpoint = await Receiver.start((request, response) =>
      answerJson(response, 503, {
        requestId: bodyOf(request).requestId,
        timestamp: 1,
        errorMessage: "later",
      }),
    );
    await using firehose = await TestFirehose.start();
    const logging = { Enabled: true, LogGroupName: "g", LogStreamName: "s" };
    await create(firehose, {
      Url: endpoint.url.href,
      RetryOptions: { DurationInSeconds: 1 },
      CloudWatchLoggingOptions: logging,
    });
    await firehose.put("a", "b");
    const flushed = firehose.flush();
    while (firehose.places.objects.size === 0) {
      firehose.clock.advance(500);
      await new Promise((resolve) => setImmediate(resolve));
    }
    await flushed;
    expect(endpoint.received.length).toBeGreaterThan(1);
    const ids = new Set(endpoint.received.map(({ headers }) => headers["x-amz-firehose-request-id"]));
    expect(ids.size).toBe(1);
    const [object] = firehose.places.of("lake");
    expect(object?.key).toMatch(/^http-endpoint-failed\/2026\/01\/01\/00\/clicks-1-/);
    const lines = String(object?.bytes).trimEnd().split("\n");
    expect(JSON.parse(lines[0] ?? "")).toEqual({
      attemptsMade: endpoint.received.length,
      arrivalTimestamp: expect.any(Number),
      errorCode: "HttpEndpoint.DestinationException",
      errorMessage: "Status 503: later",
      attemptEndingTimestamp: expect.any(Number),
      rawData: Buffer.from("a").toString("base64"),
      subsequenceNumber: 0,
      dataId: `${"0".repeat(56)}.0`,
    });
    expect(lines).toHaveLength(2);
    expect(firehose.errorLog.lines[0]?.message).toMatchObject({
      destination: endpoint.url.href,
      errorCode: "HttpEndpoint.DestinationException",
    });
  });

  it("back every record up when asked to", async () => {
    await using endpoint = await takeAll();
    await using firehose = await TestFirehose.start();
    await create(firehose, { Url: endpoint.url.href, S3BackupMode: "AllData" });
    await firehose.put("a", "b");
    await firehose.flush();
    expect(textsOf(endpoint.received[0])).toEqual(["a", "b"]);
    expect(firehose.places.texts("lake")).toEqual(["ab"]);
    expect(firehose.metric("BackupToS3.Records")).toBe(2);
    const back = update(firehose, { S3BackupMode: "FailedDataOnly" });
    expect((await codeAndMessageOf(back)).code).toBe("InvalidArgumentException");
  });

  it("are updated member by member; a key does not go to another address", async () => {
    await using first = await takeAll();
    await using second = await takeAll();
    await using firehose = await TestFirehose.start();
    await create(firehose, { Url: first.url.href, AccessKey: "one" });
    await update(firehose, { BufferingHints: { SizeInMBs: 1, IntervalInSeconds: 60 } });
    await update(firehose, { EndpointConfiguration: { Url: first.url.href, AccessKey: "one" } });
    expect(firehose.stream.document.version).toBe(2);
    await update(firehose, { EndpointConfiguration: { Url: second.url.href } });
    await firehose.state.streams.idle();
    await firehose.put("a");
    await firehose.flush();
    expect(first.received).toEqual([]);
    expect(second.received[0]?.headers["x-amz-firehose-access-key"]).toBeUndefined();
    const [destination] = (await firehose.describe()).Destinations;
    expect(destination?.HttpEndpointDestinationDescription).toMatchObject({
      BufferingHints: { SizeInMBs: 1, IntervalInSeconds: 60 },
      EndpointConfiguration: { Url: second.url.href, Name: "mine" },
    });
  });

  it("may take the place of S3, which is then forgotten", async () => {
    await using endpoint = await takeAll();
    await using firehose = await TestFirehose.start();
    await firehose.create({ Prefix: "in/" });
    await expect(codeAndMessageOf(update(firehose, { S3Update: lake }))).resolves.toEqual({
      code: "InvalidArgumentException",
      message: "EndpointConfiguration is required when the destination becomes an HTTP endpoint.",
    });
    await update(firehose, { EndpointConfiguration: { Url: endpoint.url.href }, S3Update: lake });
    const [destination] = (await firehose.describe()).Destinations;
    expect(destination?.ExtendedS3DestinationDescription).toBeUndefined();
    expect(destination?.HttpEndpointDestinationDescription?.S3DestinationDescription?.Prefix).toBeUndefined();
  });

  it.each([
    [
      { Url: "https://user:pass@host/" },
      "EndpointConfiguration.Url must not contain a user name or a password.",
    ],
    [{ Url: "https://" }, "EndpointConfiguration.Url must be a URL that begins with https:// or http://."],
    [{ Url: "ftp://host/" }, "EndpointConfiguration.Url must be a URL that begins with https:// or http://."],
    [
      { Url: "https://host/", SecretsManagerConfiguration: { Enabled: true } },
      "SecretsManagerConfiguration is not supported: Millrace has no Secrets Manager. Give the secret in the destination's own configuration.",
    ],
    [
      {
        Url: "https://host/",
        S3Configuration: { RoleARN: roleArn, BucketARN: "arn:aws:s3:::nowhere" },
      },
      "S3 Bucket nowhere does not exist.",
    ],
    [
      {
        Url: "https://host/",
        RequestConfiguration: {
          CommonAttributes: [
            { AttributeName: "a", AttributeValue: "1" },
            { AttributeName: "a", AttributeValue: "2" },
          ],
        },
      },
      "The names of common attributes must be unique.",
    ],
  ])("are refused: %o", async (configuration, message) => {
    await using firehose = await TestFirehose.start();
    expect(await codeAndMessageOf(create(firehose, configuration))).toEqual({
      code: "InvalidArgumentException",
      message,
    });
  });

  it("need all of their roles to be passed", async () => {
    await using firehose = await TestFirehose.start();
    const permissions = firehose.permissions("CreateDeliveryStream", {
      DeliveryStreamName: streamName,
      HttpEndpointDestinationConfiguration: {
        EndpointConfiguration: { Url: "https://host/" },
        RoleARN: `${roleArn}-endpoint`,
        S3Configuration: lake,
      },
    });
    const passed = permissions.filter(({ action }) => action === "iam:PassRole");
    expect(passed.flatMap(({ resources }) => resources)).toEqual([`${roleArn}-endpoint`, roleArn]);
  });
});
