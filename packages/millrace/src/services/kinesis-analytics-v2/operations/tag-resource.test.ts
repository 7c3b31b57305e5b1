import { expect, it } from "vitest";
import { arn, codeOf, TestAnalytics } from "../test-analytics.ts";

it("adds and replaces tags without a new version", async () => {
  await using analytics = TestAnalytics.start();
  await analytics.create({ Tags: [{ Key: "a", Value: "1" }] });
  const Tags = [
    { Key: "a", Value: "2" },
    { Key: "b", Value: "3" },
  ];
  await analytics.run("TagResource", { ResourceARN: arn, Tags });
  expect((await analytics.run("ListTagsForResource", { ResourceARN: arn })).Tags).toEqual(Tags);
  expect((await analytics.describe()).ApplicationVersionId).toBe(1);
});

it("counts", async () => {
  await using analytics = TestAnalytics.start();
  await analytics.create({ Tags: [{ Key: "a", Value: "1" }] });
  const Tags = Array.from({ length: 50 }, (_, index) => ({ Key: `k${index}`, Value: "v" }));
  expect(await codeOf(analytics.run("TagResource", { ResourceARN: arn, Tags }))).toBe("TooManyTagsException");
  await analytics.run("TagResource", { ResourceARN: arn, Tags: Tags.slice(1) });
});
