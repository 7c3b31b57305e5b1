import type { SplunkDestinationConfiguration, SplunkDestinationUpdate } from "@aws-sdk/client-firehose";
import { describe, expect, it } from "vitest";
import { answerJson, type ReceivedRequest, Receiver } from "../endpoints/test-receiver.ts";
import { codeAndMessageOf, destinationId, roleArn, streamName, TestFirehose } from "../test-firehose.ts";

const lake = { RoleARN: roleArn, BucketARN: "arn:aws:s3:::lake" };
const token = "11111111-2222-3333-4444-555555555555";

/** A collector that acknowledges at once. */
function collector(status: number = 200): Promise<Receiver> {
  return Receiver.start(({ path }, response) => {
    if (path.startsWith("/services/collector/ack")) answerJson(response, 200, { acks: { "7": true } });
    else if (status === 200) answerJson(response, 200, { text: "Success", code: 0, ackId: 7 });
    else answerJson(response, status, { text: "Invalid token", code: 4 });
  });
}

const events = ({ received }: Receiver): readonly ReceivedRequest[] =>
  received.filter(({ path }) => !path.startsWith("/services/collector/ack"));

async function create(
  firehose: TestFirehose,
  endpoint: URL | string,
  settings: Partial<SplunkDestinationConfiguration> = {},
): Promise<void> {
  await firehose.run("CreateDeliveryStream", {
    DeliveryStreamName: streamName,
    SplunkDestinationConfiguration: {
      HECEndpoint: typeof endpoint === "string" ? endpoint : endpoint.origin,
      HECEndpointType: "Raw",
      HECToken: token,
      S3Configuration: lake,
      ...settings,
    },
  });
  await firehose.settle();
}

async function update(firehose: TestFirehose, change: SplunkDestinationUpdate): Promise<void> {
  await firehose.run("UpdateDestination", {
    DeliveryStreamName: streamName,
    CurrentDeliveryStreamVersionId: String(firehose.stream.document.version),
    DestinationId: destinationId,
    SplunkDestinationUpdate: change,
  });
}

describe("Splunk destinations", () => {
  it("get records with their token, and count them when they are acknowledged", async () => {
    await using splunk = await collector();
    await using firehose = await TestFirehose.start();
    await create(firehose, splunk.url);
    await firehose.put("a", "b");
    await firehose.restart();
    await firehose.flush();
    const [request] = events(splunk);
    expect(String(request?.body)).toBe("a\nb\n");
    expect(request?.path).toMatch(/^\/services\/collector\/raw\?channel=/);
    expect(request?.headers.authorization).toBe(`Splunk ${token}`);
    expect(splunk.received).toHaveLength(2);
    expect(firehose.metric("DeliveryToSplunk.Records")).toBe(2);
    expect(firehose.metric("DeliveryToSplunk.DataAckLatency")).toBe(0);
  });

  it("have AWS's defaults and never show the token", async () => {
    await using firehose = await TestFirehose.start();
    await create(firehose, "https://splunk:8088");
    const [destination] = (await firehose.describe()).Destinations;
    expect(destination?.SplunkDestinationDescription).toMatchObject({
      HECEndpoint: "https://splunk:8088",
      HECEndpointType: "Raw",
      HECAcknowledgmentTimeoutInSeconds: 180,
      BufferingHints: { SizeInMBs: 5, IntervalInSeconds: 60 },
      RetryOptions: { DurationInSeconds: 300 },
      S3BackupMode: "FailedEventsOnly",
    });
    expect(JSON.stringify(destination)).not.toContain(token);
    expect(JSON.stringify(firehose.stream.document)).not.toContain(token);
  });

  it("that refuse the token leave the records in the error output", async () => {
    await using splunk = await collector(403);
    await using firehose = await TestFirehose.start();
    await create(firehose, splunk.url, { RetryOptions: { DurationInSeconds: 0 } });
    await firehose.put("a");
    await firehose.flush();
    const [object] = firehose.places.of("lake");
    expect(object?.key).toMatch(/^splunk-failed\/2026\/01\/01\/00\//);
    expect(JSON.parse(String(object?.bytes))).toEqual({
      attemptsMade: 1,
      arrivalTimestamp: expect.any(Number),
      errorCode: "Splunk.InvalidToken",
      errorMessage: "Status 403: Invalid token",
      attemptEndingTimestamp: expect.any(Number),
      rawData: "YQ==",
      subsequenceNumber: 0,
      EventId: `${"0".repeat(56)}.0`,
    });
    expect(firehose.metric("DeliveryToSplunk.Success")).toBe(0);
  });

  it("back every record up, and do not go back from that", async () => {
    await using splunk = await collector();
    await using firehose = await TestFirehose.start();
    await create(firehose, splunk.url);
    await update(firehose, { S3BackupMode: "AllEvents" });
    await firehose.state.streams.idle();
    await firehose.put("a");
    await firehose.flush();
    expect(firehose.places.texts("lake")).toEqual(["a"]);
    expect(await codeAndMessageOf(update(firehose, { S3BackupMode: "FailedEventsOnly" }))).toEqual({
      code: "InvalidArgumentException",
      message: "S3BackupMode cannot be changed from AllEvents to FailedEventsOnly.",
    });
  });

  it("keep their token through updates of other members, and take a new one", async () => {
    await using splunk = await collector();
    await using firehose = await TestFirehose.start();
    await create(firehose, splunk.url);
    await update(firehose, { HECEndpointType: "Event" });
    await firehose.state.streams.idle();
    await firehose.put("{}");
    await firehose.flush();
    await update(firehose, { HECToken: "another" });
    await firehose.state.streams.idle();
    await firehose.put("{}");
    await firehose.flush();
    expect(events(splunk).map(({ headers }) => headers.authorization)).toEqual([
      `Splunk ${token}`,
      "Splunk another",
    ]);
    expect(events(splunk)[0]?.path).toMatch(/^\/services\/collector\/event\?/);
  });

  it.each([
    [{ HECToken: undefined }, "HECToken is required for a Splunk destination."],
    [{ HECEndpoint: "splunk:8088" }, "HECEndpoint must be a URL that begins with https:// or http://."],
    [{ HECEndpoint: "https://a:b@splunk" }, "HECEndpoint must not contain a user name or a password."],
    [
      { CloudWatchLoggingOptions: { Enabled: true } },
      "CloudWatch Log Group Name is required if CloudWatch Logging is enabled",
    ],
  ])("are refused: %o", async (settings, message) => {
    await using firehose = await TestFirehose.start();
    expect(await codeAndMessageOf(create(firehose, "https://splunk", settings))).toEqual({
      code: "InvalidArgumentException",
      message,
    });
  });
});
