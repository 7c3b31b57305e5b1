import type { ExtendedS3DestinationConfiguration } from "@aws-sdk/client-firehose";
import { describe, expect, it } from "vitest";
import { createInput, errorOf, TestFirehose } from "../test-firehose.ts";

const query = (text: string): ExtendedS3DestinationConfiguration["ProcessingConfiguration"] => ({
  Enabled: true,
  Processors: [
    {
      Type: "MetadataExtraction",
      Parameters: [
        { ParameterName: "MetadataExtractionQuery", ParameterValue: text },
        { ParameterName: "JsonParsingEngine", ParameterValue: "JQ-1.6" },
      ],
    },
  ],
});
const partitioned = {
  Prefix: "team=!{partitionKeyFromQuery:team}/",
  ErrorOutputPrefix: "bad/!{firehose:error-output-type}/",
  BufferingHints: { SizeInMBs: 64, IntervalInSeconds: 60 },
  DynamicPartitioningConfiguration: { Enabled: true },
  ProcessingConfiguration: query("{team: .team}"),
} as const;

async function refusal(settings: Partial<ExtendedS3DestinationConfiguration>): Promise<string> {
  await using firehose = await TestFirehose.start();
  const error = await errorOf(
    firehose.run("CreateDeliveryStream", createInput({ ...partitioned, ...settings })),
  );
  expect(error.code).toBe("InvalidArgumentException");
  return error.message;
}

describe("dynamic partitioning", () => {
  it("writes an object for each key", async () => {
    await using firehose = await TestFirehose.start();
    await firehose.create(partitioned);
    await firehose.put('{"team":"a","n":1}', '{"team":"b"}', '{"team":"a","n":2}');
    await firehose.flush();
    expect(firehose.places.of("lake").map(({ key, bytes }) => [key.split("/")[0], bytes.toString()])).toEqual(
      [
        ["team=a", '{"team":"a","n":1}{"team":"a","n":2}'],
        ["team=b", '{"team":"b"}'],
      ],
    );
    expect(firehose.metric("ActivePartitionsLimit")).toBe(1_000);
  });

  it("sends records without a key to the error output, with what is wrong", async () => {
    await using firehose = await TestFirehose.start();
    await firehose.create(partitioned);
    await firehose.put("no JSON", '{"other":1}', '{"team":"a"}');
    await firehose.flush();
    const errors = firehose.places.of("lake").filter(({ key }) => key.startsWith("bad/"));
    const lines = errors.flatMap(({ bytes }) => bytes.toString().trim().split("\n"));
    const rawData = lines.map((line) => Buffer.from(JSON.parse(line).rawData, "base64").toString());
    expect(rawData.sort()).toEqual(["no JSON", '{"other":1}']);
    for (const line of lines)
      expect(JSON.parse(line)).toMatchObject({
        attemptsMade: 1,
        arrivalTimestamp: firehose.clock.now(),
        errorCode: expect.stringMatching(/^\w+\.\w+$/),
        errorMessage: expect.any(String),
        attemptEndingTimestamp: firehose.clock.now(),
      });
  });

  it("says of a key that is too long for a prefix what it says of one that is missing", async () => {
    await using firehose = await TestFirehose.start();
    await firehose.create(partitioned);
    await firehose.put(`{"team":"${"t".repeat(600)}"}`, '{"team":""}');
    await firehose.flush();
    const [errors] = firehose.places.of("lake");
    expect(errors?.key).toMatch(/^bad\/metadata-extraction-failed\//);
    const lines = errors?.bytes.toString().trim().split("\n") ?? [];
    expect(lines.map((line) => JSON.parse(line).errorCode)).toEqual(
      Array.from({ length: 2 }, () => "DynamicPartitioning.MetadataExtractionFailed"),
    );
  });

  it("sends records of more than 500 partitions to the error output", async () => {
    await using firehose = await TestFirehose.start();
    await firehose.create(partitioned);
    await firehose.put(...Array.from({ length: 502 }, (_, i) => `{"team":"t${i}"}`));
    await firehose.flush();
    const objects = firehose.places.of("lake");
    const errors = objects.filter(({ key }) => key.startsWith("bad/"));
    const lines = errors.flatMap(({ bytes }) => bytes.toString().trim().split("\n"));
    expect(objects.length - errors.length).toBe(500);
    expect(lines).toHaveLength(2);
    expect(JSON.parse(lines[0] ?? "")).toMatchObject({
      errorCode: "DynamicPartitioning.ActivePartitionExceeded",
    });
    expect(firehose.metric("PartitionCountExceeded")).toBeGreaterThan(0);
  });

  it("is refused as on AWS", async () => {
    expect(await refusal({ BufferingHints: { SizeInMBs: 63 } })).toBe(
      "BufferingHints.SizeInMBs must be at least 64 when Dynamic Partitioning is enabled.",
    );
    expect(await refusal({ Prefix: "plain/" })).toBe(
      "S3 Prefix should contain Dynamic Partitioning namespaces when Dynamic Partitioning is enabled",
    );
    expect(await refusal({ ProcessingConfiguration: query("{team: .team, extra: .x}") })).toBe(
      "MetaDataExtraction JQ Query can't contain keys that are not present in the S3 Prefix expression",
    );
    expect(await refusal({ ProcessingConfiguration: query("{team: ") })).toMatch(/query/);
    expect(await refusal({ DynamicPartitioningConfiguration: { Enabled: false }, Prefix: "a" })).toBe(
      "class com.amazonaws.services.firehose.internal.model.MetadataExtractionProcessor can only be present when " +
        "Dynamic Partitioning is enabled.",
    );
    expect(await refusal({ ProcessingConfiguration: { Enabled: false } })).toMatch(
      /Processing Configuration/,
    );
  });

  it("buffers 128 MiB when nothing is said", async () => {
    await using firehose = await TestFirehose.start();
    const { BufferingHints: _hints, ...rest } = partitioned;
    await firehose.create(rest);
    const [destination] = (await firehose.describe()).Destinations;
    expect(destination?.ExtendedS3DestinationDescription?.BufferingHints).toEqual({
      SizeInMBs: 128,
      IntervalInSeconds: 300,
    });
  });
});
