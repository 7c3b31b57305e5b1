import { expect, it } from "vitest";
import { codeOf, TestAnalytics } from "../test-analytics.ts";

it("lists applications by name, page by page", async () => {
  await using analytics = TestAnalytics.start();
  for (const ApplicationName of ["c", "a", "b"]) await analytics.create({ ApplicationName });
  await analytics.create({ ApplicationName: "z" }, { region: "eu-west-1" });
  const first = await analytics.run("ListApplications", { Limit: 2 });
  expect(first.ApplicationSummaries).toMatchObject([
    {
      ApplicationName: "a",
      ApplicationStatus: "READY",
      ApplicationVersionId: 1,
      ApplicationMode: "STREAMING",
    },
    { ApplicationName: "b", RuntimeEnvironment: "FLINK-1_20" },
  ]);
  const second = await analytics.run("ListApplications", { Limit: 2, NextToken: first.NextToken });
  expect(second.ApplicationSummaries?.map(({ ApplicationName }) => ApplicationName)).toEqual(["c"]);
  expect(second.NextToken).toBeUndefined();
  expect(analytics.resources("ListApplications", {})).toEqual(["*"]);
});

it("refuses tokens that it did not give", async () => {
  await using analytics = TestAnalytics.start();
  expect(await codeOf(analytics.run("ListApplications", { NextToken: "x" }))).toBe("InvalidRequestException");
});
