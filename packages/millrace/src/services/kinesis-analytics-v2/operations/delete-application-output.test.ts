import { expect, it } from "vitest";
import { arn, code, refusalOf, streamArn, TestAnalytics } from "../test-analytics.ts";

it("takes an output away", async () => {
  await using analytics = TestAnalytics.start();
  const DestinationSchema = { RecordFormatType: "JSON" } as const;
  const Outputs = [{ Name: "O", KinesisStreamsOutput: { ResourceARN: streamArn }, DestinationSchema }];
  const ApplicationConfiguration = { ...code, SqlApplicationConfiguration: { Outputs } };
  await analytics.create({ RuntimeEnvironment: "SQL-1_0", ApplicationConfiguration });
  const remove = async (OutputId: string): Promise<object> =>
    analytics.run("DeleteApplicationOutput", { ...(await analytics.expected()), OutputId });
  expect(await refusalOf(remove("7.7"))).toBe(
    "ResourceNotFoundException: Output 7.7 of application delays not found.",
  );
  expect(await remove("1.1")).toEqual({ ApplicationARN: arn, ApplicationVersionId: 2 });
  const { ApplicationConfigurationDescription: configuration } = await analytics.describe();
  expect(configuration?.SqlApplicationConfigurationDescription?.OutputDescriptions).toEqual([]);
});
