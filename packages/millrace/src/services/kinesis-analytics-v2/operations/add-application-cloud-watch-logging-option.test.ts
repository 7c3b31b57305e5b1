import { expect, it } from "vitest";
import { arn, refusalOf, TestAnalytics } from "../test-analytics.ts";

const LogStreamARN = "arn:aws:logs:us-east-1:000000000000:log-group:/flink:log-stream:delays";

it("adds a log stream, and writes to it from then on", async () => {
  await using analytics = TestAnalytics.start();
  const job = await analytics.running();
  const answer = await analytics.run("AddApplicationCloudWatchLoggingOption", {
    ...(await analytics.expected()),
    CloudWatchLoggingOption: { LogStreamARN },
  });
  expect(answer).toMatchObject({
    ApplicationARN: arn,
    ApplicationVersionId: 2,
    CloudWatchLoggingOptionDescriptions: [{ CloudWatchLoggingOptionId: "2.1", LogStreamARN }],
  });
  // The job need not know.
  expect(analytics.job()).toBe(job);
  job.options.events.log("info", "a window was closed");
  job.options.events.log("debug", "nobody wants to know");
  await analytics.settle();
  const [line] = analytics.lines;
  expect(line?.stream).toBe("/flink/delays");
  expect(JSON.parse(line?.message ?? "")).toEqual({
    applicationARN: arn,
    applicationVersionId: "2",
    locationInformation: "millrace.streaming.Job",
    logger: "millrace.streaming.Job",
    message: "a window was closed",
    messageSchemaVersion: "1",
    messageType: "INFO",
    threadName: "main",
  });
  expect(analytics.lines).toHaveLength(1);
});

it("takes one stream, and nothing but streams", async () => {
  await using analytics = TestAnalytics.start();
  await analytics.create({ CloudWatchLoggingOptions: [{ LogStreamARN }] });
  const add = async (arnOfStream: string): Promise<string> =>
    refusalOf(
      analytics.run("AddApplicationCloudWatchLoggingOption", {
        ...(await analytics.expected()),
        CloudWatchLoggingOption: { LogStreamARN: arnOfStream },
      }),
    );
  expect(await add(LogStreamARN)).toBe(
    "InvalidArgumentException: An application can have at most 1 CloudWatch logging option.",
  );
  expect(await add("arn:aws:s3:::b")).toMatch(
    /^InvalidArgumentException: arn:aws:s3:::b is not the ARN of a log stream/,
  );
});
