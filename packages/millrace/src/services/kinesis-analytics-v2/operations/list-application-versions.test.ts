import { expect, it } from "vitest";
import { named, refusalOf, TestAnalytics } from "../test-analytics.ts";

it("lists versions, the newest first, page by page", async () => {
  await using analytics = TestAnalytics.start();
  await analytics.create();
  for (let index = 0; index < 2; index++)
    await analytics.run("UpdateApplication", await analytics.expected());
  const first = await analytics.run("ListApplicationVersions", { ...named, Limit: 2 });
  expect(first.ApplicationVersionSummaries).toEqual([
    { ApplicationVersionId: 3, ApplicationStatus: "READY" },
    { ApplicationVersionId: 2, ApplicationStatus: "READY" },
  ]);
  const { NextToken } = first;
  const second = await analytics.run("ListApplicationVersions", { ...named, Limit: 2, NextToken });
  expect(second.ApplicationVersionSummaries?.map(({ ApplicationVersionId: id }) => id)).toEqual([1]);
  expect(second.NextToken).toBeUndefined();
});

it("refuses tokens of other lists", async () => {
  await using analytics = TestAnalytics.start();
  await analytics.create();
  const NextToken = "YWJj";
  expect(await refusalOf(analytics.run("ListApplicationVersions", { ...named, NextToken }))).toBe(
    "InvalidArgumentException: The NextToken is not valid.",
  );
});
