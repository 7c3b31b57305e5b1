import { expect, it } from "vitest";
import { arn, codeOf, named, TestAnalytics } from "../test-analytics.ts";

it("moves the window of eight hours", async () => {
  await using analytics = TestAnalytics.start();
  await analytics.create();
  const update = { ApplicationMaintenanceWindowStartTimeUpdate: "18:30" };
  const answer = await analytics.run("UpdateApplicationMaintenanceConfiguration", {
    ...named,
    ApplicationMaintenanceConfigurationUpdate: update,
  });
  const window = {
    ApplicationMaintenanceWindowStartTime: "18:30",
    ApplicationMaintenanceWindowEndTime: "02:30",
  };
  expect(answer).toEqual({ ApplicationARN: arn, ApplicationMaintenanceConfigurationDescription: window });
  const detail = await analytics.describe();
  expect(detail.ApplicationMaintenanceConfigurationDescription).toEqual(window);
  expect(detail.ApplicationVersionId).toBe(1);
});

it("is not there for SQL-1_0", async () => {
  await using analytics = TestAnalytics.start();
  await analytics.create({ RuntimeEnvironment: "SQL-1_0" });
  const ApplicationMaintenanceConfigurationUpdate = { ApplicationMaintenanceWindowStartTimeUpdate: "18:30" };
  const input = { ...named, ApplicationMaintenanceConfigurationUpdate };
  expect(await codeOf(analytics.run("UpdateApplicationMaintenanceConfiguration", input))).toBe(
    "UnsupportedOperationException",
  );
});
