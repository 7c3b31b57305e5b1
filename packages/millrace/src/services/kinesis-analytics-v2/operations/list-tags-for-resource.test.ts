import { expect, it } from "vitest";
import { arn, codeOf, streamArn, TestAnalytics } from "../test-analytics.ts";

it("lists tags by key", async () => {
  await using analytics = TestAnalytics.start();
  await analytics.create({ Tags: [{ Key: "b", Value: "2" }, { Key: "a" }] });
  expect(await analytics.run("ListTagsForResource", { ResourceARN: arn })).toEqual({
    Tags: [
      { Key: "a", Value: "" },
      { Key: "b", Value: "2" },
    ],
  });
  expect(analytics.resources("ListTagsForResource", { ResourceARN: arn })).toEqual([arn]);
});

it("knows its own ARNs alone", async () => {
  await using analytics = TestAnalytics.start();
  expect(await codeOf(analytics.run("ListTagsForResource", { ResourceARN: arn }))).toBe(
    "ResourceNotFoundException",
  );
  const ResourceARN = streamArn;
  expect(await codeOf(analytics.run("ListTagsForResource", { ResourceARN }))).toBe(
    "InvalidArgumentException",
  );
});
