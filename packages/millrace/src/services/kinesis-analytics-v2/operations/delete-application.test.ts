import { expect, it } from "vitest";
import { codeOf, named, refusalOf, TestAnalytics } from "../test-analytics.ts";

it("deletes an application with all that it has kept", async () => {
  await using analytics = TestAnalytics.start();
  await analytics.running();
  const { key } = analytics.application;
  await analytics.run("StopApplication", named);
  await analytics.settle();
  const { CreateTimestamp } = await analytics.describe();
  await analytics.run("DeleteApplication", { ...named, CreateTimestamp });
  expect((await analytics.describe()).ApplicationStatus).toBe("DELETING");
  await analytics.settle();
  expect(await refusalOf(analytics.describe())).toBe(
    "ResourceNotFoundException: Application delays not found.",
  );
  expect(analytics.engine.forgotten).toEqual([key]);
  await analytics.create();
  const { ApplicationVersionSummaries } = await analytics.run("ListApplicationVersions", named);
  expect(ApplicationVersionSummaries).toHaveLength(1);
});

it("halts what runs", async () => {
  await using analytics = TestAnalytics.start();
  await analytics.running();
  const { key } = analytics.application;
  const { CreateTimestamp } = await analytics.describe();
  await analytics.run("DeleteApplication", { ...named, CreateTimestamp });
  await analytics.settle();
  expect(await codeOf(analytics.describe())).toBe("ResourceNotFoundException");
  expect(analytics.engine.job(key)).toBeUndefined();
  expect(analytics.engine.forgotten).toEqual([key]);
});

it("deletes nothing in between two states, nor another one of the same name", async () => {
  await using analytics = TestAnalytics.start();
  await analytics.running();
  const { CreateTimestamp } = await analytics.describe();
  await analytics.run("StopApplication", named);
  expect(await codeOf(analytics.run("DeleteApplication", { ...named, CreateTimestamp }))).toBe(
    "ResourceInUseException",
  );
  await analytics.settle();
  const another = new Date((CreateTimestamp?.getTime() ?? 0) - 5_000);
  expect(await codeOf(analytics.run("DeleteApplication", { ...named, CreateTimestamp: another }))).toBe(
    "InvalidArgumentException",
  );
});

it("takes timestamps that were cut to seconds", async () => {
  await using analytics = TestAnalytics.start();
  analytics.clock.advance(789);
  const { CreateTimestamp } = await analytics.create();
  const cut = new Date(Math.floor((CreateTimestamp?.getTime() ?? 0) / 1_000) * 1_000);
  await analytics.run("DeleteApplication", { ...named, CreateTimestamp: cut });
  await analytics.settle();
  expect(await codeOf(analytics.describe())).toBe("ResourceNotFoundException");
});

it("goes on deleting after a crash", async () => {
  await using analytics = TestAnalytics.start();
  const { CreateTimestamp } = await analytics.create();
  await analytics.run("DeleteApplication", { ...named, CreateTimestamp });
  await analytics.restart();
  expect(await codeOf(analytics.describe())).toBe("ResourceNotFoundException");
});
