import { expect, it } from "vitest";
import { arn, codeOf, TestAnalytics } from "../test-analytics.ts";

const VpcConfiguration = { SubnetIds: ["subnet-0a"], SecurityGroupIds: ["sg-0b"] };

it("keeps a VPC configuration", async () => {
  await using analytics = TestAnalytics.start();
  await analytics.create();
  const input = { ...(await analytics.expected()), VpcConfiguration };
  const answer = await analytics.run("AddApplicationVpcConfiguration", input);
  expect(answer).toMatchObject({
    ApplicationARN: arn,
    ApplicationVersionId: 2,
    VpcConfigurationDescription: { ...VpcConfiguration, VpcConfigurationId: "2.1" },
  });
  expect(answer.VpcConfigurationDescription?.VpcId).toMatch(/^vpc-[0-9a-f]{17}$/);
  expect(await codeOf(analytics.run("AddApplicationVpcConfiguration", input))).toBe(
    "ConcurrentModificationException",
  );
  const second = { ...(await analytics.expected()), VpcConfiguration };
  expect(await codeOf(analytics.run("AddApplicationVpcConfiguration", second))).toBe(
    "InvalidArgumentException",
  );
});

it("is not for SQL-1_0", async () => {
  await using analytics = TestAnalytics.start();
  await analytics.create({ RuntimeEnvironment: "SQL-1_0" });
  const input = { ...(await analytics.expected()), VpcConfiguration };
  expect(await codeOf(analytics.run("AddApplicationVpcConfiguration", input))).toBe(
    "InvalidArgumentException",
  );
});
