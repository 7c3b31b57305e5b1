import { expect, it } from "vitest";
import { arn, codeOf, schema, streamArn, TestAnalytics } from "../test-analytics.ts";

it("takes away what processes records", async () => {
  await using analytics = TestAnalytics.start();
  const InputProcessingConfiguration = {
    InputLambdaProcessor: { ResourceARN: "arn:aws:lambda:us-east-1:000000000000:function:clean" },
  };
  const Inputs = [
    {
      NamePrefix: "S",
      KinesisStreamsInput: { ResourceARN: streamArn },
      InputSchema: schema,
      InputProcessingConfiguration,
    },
  ];
  await analytics.create({
    RuntimeEnvironment: "SQL-1_0",
    ApplicationConfiguration: { SqlApplicationConfiguration: { Inputs } },
  });
  const remove = async (): Promise<object> =>
    analytics.run("DeleteApplicationInputProcessingConfiguration", {
      ...(await analytics.expected()),
      InputId: "1.1",
    });
  expect(await remove()).toEqual({ ApplicationARN: arn, ApplicationVersionId: 2 });
  expect(await codeOf(remove())).toBe("InvalidArgumentException");
});
