import { expect, it } from "vitest";
import { arn, code, codeOf, TestAnalytics } from "../test-analytics.ts";

it("takes a VPC configuration away", async () => {
  await using analytics = TestAnalytics.start();
  const VpcConfigurations = [{ SubnetIds: ["subnet-0a"], SecurityGroupIds: ["sg-0b"] }];
  await analytics.create({ ApplicationConfiguration: { ...code, VpcConfigurations } });
  const remove = async (VpcConfigurationId: string): Promise<object> =>
    analytics.run("DeleteApplicationVpcConfiguration", {
      ...(await analytics.expected()),
      VpcConfigurationId,
    });
  expect(await codeOf(remove("1.2"))).toBe("ResourceNotFoundException");
  expect(await remove("1.1")).toMatchObject({ ApplicationARN: arn, ApplicationVersionId: 2 });
  const { ApplicationConfigurationDescription: configuration } = await analytics.describe();
  expect(configuration?.VpcConfigurationDescriptions).toBeUndefined();
});
