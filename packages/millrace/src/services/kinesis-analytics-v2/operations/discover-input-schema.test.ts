import { expect, it } from "vitest";
import { errorOf } from "../../../gateway/test-operations.ts";
import { codeOf, role, streamArn, TestAnalytics } from "../test-analytics.ts";

const input = { ServiceExecutionRole: role };
const fromStart = { InputStartingPosition: "TRIM_HORIZON" } as const;
const stream = { ...input, ResourceARN: streamArn, InputStartingPositionConfiguration: fromStart };

function put(analytics: TestAnalytics, ...texts: readonly string[]): void {
  for (const text of texts)
    analytics.records.push({
      data: Buffer.from(text),
      sequenceNumber: String(analytics.records.length),
      partitionKey: "k",
      shardId: "shardId-000000000000",
      arrivalMs: analytics.clock.now(),
    });
}

it("finds the columns of JSON, with room for texts", async () => {
  await using analytics = TestAnalytics.start();
  put(
    analytics,
    '{"ticker":"AMZN","price":17.5,"count":3,"timestamp":"2026-01-01 00:00:00","place":{"city":"Berlin"}}',
    '{"ticker":"GOOGL","price":18,"count":3000000000,"timestamp":null,"up":true}',
  );
  const answer = await analytics.run("DiscoverInputSchema", stream);
  expect(answer.InputSchema).toEqual({
    RecordFormat: {
      RecordFormatType: "JSON",
      MappingParameters: { JSONMappingParameters: { RecordRowPath: "$" } },
    },
    RecordEncoding: "UTF-8",
    RecordColumns: [
      { Name: "ticker", Mapping: "$.ticker", SqlType: "VARCHAR(8)" },
      { Name: "price", Mapping: "$.price", SqlType: "DOUBLE" },
      { Name: "COL_count", Mapping: "$.count", SqlType: "BIGINT" },
      { Name: "COL_timestamp", Mapping: "$.timestamp", SqlType: "TIMESTAMP" },
      { Name: "city", Mapping: "$.place.city", SqlType: "VARCHAR(8)" },
      { Name: "up", Mapping: "$.up", SqlType: "BOOLEAN" },
    ],
  });
  expect(answer.ParsedInputRecords?.[1]).toEqual(["GOOGL", "18", "3000000000", "null", "null", "true"]);
  expect(answer.RawInputRecords).toHaveLength(2);
});

it("finds the columns of CSV, in a stream and in an object", async () => {
  await using analytics = TestAnalytics.start();
  put(analytics, '1,"a, b",2.5\n2,c,3', "3,d,4");
  const found = await analytics.run("DiscoverInputSchema", stream);
  expect(found.InputSchema?.RecordFormat).toEqual({
    RecordFormatType: "CSV",
    MappingParameters: { CSVMappingParameters: { RecordRowDelimiter: "\n", RecordColumnDelimiter: "," } },
  });
  expect(found.InputSchema?.RecordColumns).toEqual([
    { Name: "COL_0", SqlType: "INTEGER" },
    { Name: "COL_1", SqlType: "VARCHAR(4)" },
    { Name: "COL_2", SqlType: "DOUBLE" },
  ]);
  expect(found.ParsedInputRecords).toEqual([
    ["1", "a, b", "2.5"],
    ["2", "c", "3"],
    ["3", "d", "4"],
  ]);
  analytics.objects.set("arn:aws:s3:::lake/a.csv", Buffer.from("x|y\n1|2\n"));
  const S3Configuration = { BucketARN: "arn:aws:s3:::lake", FileKey: "a.csv" };
  const object = await analytics.run("DiscoverInputSchema", { ...input, S3Configuration });
  expect(object.InputSchema?.RecordColumns).toHaveLength(2);
});

it("looks at what a function makes of the records", async () => {
  await using analytics = TestAnalytics.start();
  put(analytics, "ignored");
  const ResourceARN = "arn:aws:lambda:us-east-1:000000000000:function:clean";
  const InputProcessingConfiguration = { InputLambdaProcessor: { ResourceARN } };
  const asked = { ...stream, InputProcessingConfiguration };
  expect(await codeOf(analytics.run("DiscoverInputSchema", asked))).toBe("InvalidArgumentException");
  const data = Buffer.from('{"a":1}').toString("base64");
  analytics.answers.set(ResourceARN, () => ({ records: [{ recordId: "0", result: "Ok", data }] }));
  const answer = await analytics.run("DiscoverInputSchema", asked);
  expect(answer.ProcessedInputRecords).toEqual(['{"a":1}']);
  expect(answer.InputSchema?.RecordColumns).toEqual([{ Name: "a", Mapping: "$.a", SqlType: "INTEGER" }]);
});

it("shows what it could not make sense of", async () => {
  await using analytics = TestAnalytics.start();
  put(analytics, "no structure");
  const error = await errorOf(analytics.run("DiscoverInputSchema", stream));
  expect(error.code).toBe("UnableToDetectSchemaException");
  expect(error.members).toEqual({ RawInputRecords: ["no structure"] });
});

it("says when a stream is read too often, or not now", async () => {
  await using analytics = TestAnalytics.start();
  analytics.streamFailure = "throttled";
  expect(await codeOf(analytics.run("DiscoverInputSchema", stream))).toBe(
    "ResourceProvisionedThroughputExceededException",
  );
  analytics.streamFailure = "unavailable";
  expect(await codeOf(analytics.run("DiscoverInputSchema", stream))).toBe("ServiceUnavailableException");
});

it("waits for new records, for a while", async () => {
  await using analytics = TestAnalytics.start();
  put(analytics, '{"old":1}');
  analytics.clock.advance(1_000);
  const asked = analytics.run("DiscoverInputSchema", { ...input, ResourceARN: streamArn });
  await new Promise((resolve) => setImmediate(resolve));
  put(analytics, '{"fresh":1}');
  analytics.clock.advance(250);
  expect((await asked).InputSchema?.RecordColumns?.[0]?.Name).toBe("fresh");
  analytics.clock.advance(1_000);
  const none = codeOf(analytics.run("DiscoverInputSchema", { ...input, ResourceARN: streamArn }));
  for (let turn = 0; turn < 100; turn++) {
    await new Promise((resolve) => setImmediate(resolve));
    analytics.clock.advance(250);
  }
  expect(await none).toBe("UnableToDetectSchemaException");
});

it.each([
  [
    "both a stream and an object",
    { ResourceARN: streamArn, S3Configuration: { BucketARN: "arn:aws:s3:::b", FileKey: "k" } },
  ],
  ["neither", {}],
  ["Firehose", { ResourceARN: "arn:aws:firehose:us-east-1:000000000000:deliverystream/d" }],
  ["another ARN", { ResourceARN: "arn:aws:s3:::b" }],
  ["a stream that is not there", { ResourceARN: `${streamArn}-2` }],
  ["an object that is not there", { S3Configuration: { BucketARN: "arn:aws:s3:::b", FileKey: "k" } }],
  [
    "the last stopped point",
    {
      ResourceARN: streamArn,
      InputStartingPositionConfiguration: { InputStartingPosition: "LAST_STOPPED_POINT" },
    },
  ],
] as const)("refuses %s", async (_what, changes) => {
  await using analytics = TestAnalytics.start();
  expect(await codeOf(analytics.run("DiscoverInputSchema", { ...input, ...changes }))).toBe(
    "InvalidArgumentException",
  );
});

it.each([
  ["deep nesting", `${'{"a":'.repeat(2_000)}1${"}".repeat(2_000)}`],
  ["prototypes", '{"__proto__":{"x":1},"constructor":2}'],
  [
    "many fields",
    JSON.stringify(Object.fromEntries(Array.from({ length: 3_000 }, (_, index) => [`f${index}`, 1]))),
  ],
  ["numbers beyond numbers", '{"a":1e999,"b":123456789012345678901234567890}'],
])("survives %s", async (_what, text) => {
  await using analytics = TestAnalytics.start();
  put(analytics, text);
  const { InputSchema } = await analytics.run("DiscoverInputSchema", stream);
  expect(InputSchema?.RecordColumns?.length).toBeLessThanOrEqual(1_000);
});
