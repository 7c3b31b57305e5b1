import { expect, it } from "vitest";
import { arn, code, codeOf, named, refusalOf, schema, streamArn, TestAnalytics } from "../test-analytics.ts";

const functionArn = "arn:aws:lambda:us-east-1:000000000000:function:clean";
const Inputs = [{ NamePrefix: "S", KinesisStreamsInput: { ResourceARN: streamArn }, InputSchema: schema }];
const InputProcessingConfiguration = { InputLambdaProcessor: { ResourceARN: functionArn } };
const sql = (inputs: typeof Inputs): Parameters<TestAnalytics["create"]>[0] => ({
  RuntimeEnvironment: "SQL-1_0",
  ApplicationConfiguration: { ...code, SqlApplicationConfiguration: { Inputs: inputs } },
});

it("keeps what processes records, and does not start what has it", async () => {
  await using analytics = TestAnalytics.start();
  await analytics.create(sql(Inputs));
  const add = async (InputId: string): Promise<object> =>
    analytics.run("AddApplicationInputProcessingConfiguration", {
      ...(await analytics.expected()),
      InputId,
      InputProcessingConfiguration,
    });
  expect(await codeOf(add("9.1"))).toBe("ResourceNotFoundException");
  await add("1.1");
  expect(await refusalOf(analytics.run("StartApplication", named))).toMatch(
    /^InvalidApplicationConfigurationException: Input 1.1 has an InputProcessingConfiguration/,
  );
});

it("takes functions alone", async () => {
  await using analytics = TestAnalytics.start();
  await analytics.create({
    ...sql(Inputs),
    ApplicationConfiguration: { SqlApplicationConfiguration: { Inputs } },
  });
  const add = async (ResourceARN: string): Promise<object> =>
    analytics.run("AddApplicationInputProcessingConfiguration", {
      ...(await analytics.expected()),
      InputId: "1.1",
      InputProcessingConfiguration: { InputLambdaProcessor: { ResourceARN } },
    });
  expect(await codeOf(add(streamArn))).toBe("InvalidArgumentException");
  expect(await add(functionArn)).toEqual({
    ApplicationARN: arn,
    ApplicationVersionId: 2,
    InputId: "1.1",
    InputProcessingConfigurationDescription: {
      InputLambdaProcessorDescription: { ResourceARN: functionArn },
    },
  });
  expect(await codeOf(add(functionArn))).toBe("InvalidArgumentException");
});
