import { expect, it } from "vitest";
import { arn, named, refusalOf, TestAnalytics } from "../test-analytics.ts";

it("describes an application of the caller's account and region only", async () => {
  await using analytics = TestAnalytics.start();
  await analytics.create();
  expect((await analytics.describe()).ApplicationName).toBe("delays");
  const elsewhere = analytics.run("DescribeApplication", named, { region: "eu-west-1" });
  expect(await refusalOf(elsewhere)).toBe("ResourceNotFoundException: Application delays not found.");
  expect(analytics.resources("DescribeApplication", named)).toEqual([arn]);
});

it("shows the plan of what runs to those who ask for it", async () => {
  await using analytics = TestAnalytics.start();
  await analytics.running();
  const { ApplicationDetail: detail } = await analytics.run("DescribeApplication", {
    ...named,
    IncludeAdditionalDetails: true,
  });
  const flink = detail?.ApplicationConfigurationDescription?.FlinkApplicationConfigurationDescription;
  expect(JSON.parse(flink?.JobPlanDescription ?? "")).toMatchObject({
    nodes: [{ id: "1", description: "source" }],
  });
  const plain = (await analytics.describe()).ApplicationConfigurationDescription;
  expect(plain?.FlinkApplicationConfigurationDescription?.JobPlanDescription).toBeUndefined();
});

it("gives another token with each version", async () => {
  await using analytics = TestAnalytics.start();
  const { ConditionalToken: before } = await analytics.create();
  expect((await analytics.describe()).ConditionalToken).toBe(before);
  expect(before).toMatch(/^[\w+/=-]{1,512}$/);
  await analytics.run("UpdateApplication", await analytics.expected());
  expect((await analytics.describe()).ConditionalToken).not.toBe(before);
});
