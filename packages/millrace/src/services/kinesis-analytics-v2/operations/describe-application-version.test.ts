import { expect, it } from "vitest";
import { codeOf, named, refusalOf, TestAnalytics } from "../test-analytics.ts";

it("describes a version as it was", async () => {
  await using analytics = TestAnalytics.start();
  await analytics.create();
  await analytics.run("UpdateApplication", {
    ...(await analytics.expected()),
    RuntimeEnvironmentUpdate: "FLINK-2_2",
  });
  const old = await analytics.run("DescribeApplicationVersion", { ...named, ApplicationVersionId: 1 });
  expect(old.ApplicationVersionDetail).toMatchObject({
    RuntimeEnvironment: "FLINK-1_20",
    ApplicationVersionId: 1,
  });
  expect(old.ApplicationVersionDetail?.ConditionalToken).toBeUndefined();
  const now = await analytics.run("DescribeApplicationVersion", { ...named, ApplicationVersionId: 2 });
  expect(now.ApplicationVersionDetail).toMatchObject({
    RuntimeEnvironment: "FLINK-2_2",
    ApplicationVersionUpdatedFrom: 1,
  });
  const none = analytics.run("DescribeApplicationVersion", { ...named, ApplicationVersionId: 3 });
  expect(await refusalOf(none)).toBe("ResourceNotFoundException: Version 3 of application delays not found.");
});

it("is not there for SQL-1_0", async () => {
  await using analytics = TestAnalytics.start();
  await analytics.create({ RuntimeEnvironment: "SQL-1_0", ApplicationConfiguration: undefined });
  expect(
    await codeOf(analytics.run("DescribeApplicationVersion", { ...named, ApplicationVersionId: 1 })),
  ).toBe("UnsupportedOperationException");
});
