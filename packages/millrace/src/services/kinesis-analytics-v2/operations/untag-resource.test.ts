import { expect, it } from "vitest";
import { arn, codeOf, named, TestAnalytics } from "../test-analytics.ts";

it("takes tags away, and does not mind those that are not there", async () => {
  await using analytics = TestAnalytics.start();
  await analytics.create({
    Tags: [
      { Key: "a", Value: "1" },
      { Key: "b", Value: "2" },
    ],
  });
  await analytics.run("UntagResource", { ResourceARN: arn, TagKeys: ["a", "z"] });
  expect((await analytics.run("ListTagsForResource", { ResourceARN: arn })).Tags).toEqual([
    { Key: "b", Value: "2" },
  ]);
});

it("does not change what is being deleted", async () => {
  await using analytics = TestAnalytics.start();
  const { CreateTimestamp } = await analytics.create();
  await analytics.run("DeleteApplication", { ...named, CreateTimestamp });
  const untag = analytics.run("UntagResource", { ResourceARN: arn, TagKeys: ["a"] });
  expect(await codeOf(untag)).toBe("ResourceInUseException");
});
