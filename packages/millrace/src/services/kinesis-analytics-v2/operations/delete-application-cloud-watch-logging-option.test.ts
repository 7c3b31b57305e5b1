import { expect, it } from "vitest";
import { arn, codeOf, TestAnalytics } from "../test-analytics.ts";

const LogStreamARN = "arn:aws:logs:us-east-1:000000000000:log-group:/flink:log-stream:delays";

it("takes a log stream away", async () => {
  await using analytics = TestAnalytics.start();
  await analytics.create({ CloudWatchLoggingOptions: [{ LogStreamARN }] });
  const answer = await analytics.run("DeleteApplicationCloudWatchLoggingOption", {
    ...(await analytics.expected()),
    CloudWatchLoggingOptionId: "1.1",
  });
  expect(answer).toMatchObject({ ApplicationARN: arn, ApplicationVersionId: 2 });
  expect(answer.CloudWatchLoggingOptionDescriptions).toEqual([]);
  const again = analytics.run("DeleteApplicationCloudWatchLoggingOption", {
    ...(await analytics.expected()),
    CloudWatchLoggingOptionId: "1.1",
  });
  expect(await codeOf(again)).toBe("ResourceNotFoundException");
});
