import { expect, it } from "vitest";
import { arn, codeOf, schema, streamArn, TestAnalytics } from "../test-analytics.ts";

const Input = { NamePrefix: "SOURCE", KinesisStreamsInput: { ResourceARN: streamArn }, InputSchema: schema };

it("adds the one input that an application may have", async () => {
  await using analytics = TestAnalytics.start();
  await analytics.create({ RuntimeEnvironment: "SQL-1_0" });
  const answer = await analytics.run("AddApplicationInput", { ...(await analytics.expected()), Input });
  expect(answer).toMatchObject({
    ApplicationARN: arn,
    ApplicationVersionId: 2,
    InputDescriptions: [
      {
        InputId: "2.1",
        NamePrefix: "SOURCE",
        InAppStreamNames: ["SOURCE_001"],
        InputParallelism: { Count: 1 },
        KinesisStreamsInputDescription: { ResourceARN: streamArn },
        InputSchema: schema,
      },
    ],
  });
  const again = analytics.run("AddApplicationInput", { ...(await analytics.expected()), Input });
  expect(await codeOf(again)).toBe("InvalidArgumentException");
});

it.each([
  ["Firehose", { KinesisStreamsInput: undefined, KinesisFirehoseInput: { ResourceARN: streamArn } }],
  ["no source", { KinesisStreamsInput: undefined }],
  ["another ARN", { KinesisStreamsInput: { ResourceARN: "arn:aws:s3:::b" } }],
  ["another encoding", { InputSchema: { ...schema, RecordEncoding: "UTF-16" } }],
  ["an unknown type", { InputSchema: { ...schema, RecordColumns: [{ Name: "a", SqlType: "GEOMETRY" }] } }],
])("refuses %s", async (_what, changes) => {
  await using analytics = TestAnalytics.start();
  await analytics.create({ RuntimeEnvironment: "SQL-1_0" });
  const input = { ...(await analytics.expected()), Input: { ...Input, ...changes } };
  expect(await codeOf(analytics.run("AddApplicationInput", input))).toBe("InvalidArgumentException");
});

it("is for SQL-1_0 alone", async () => {
  await using analytics = TestAnalytics.start();
  await analytics.create();
  const input = { ...(await analytics.expected()), Input };
  expect(await codeOf(analytics.run("AddApplicationInput", input))).toBe("UnsupportedOperationException");
});
