import { expect, it } from "vitest";
import { arn, codeOf, named, refusalOf, streamArn, TestAnalytics } from "../test-analytics.ts";

const output = (Name: string): object => ({
  Output: {
    Name,
    KinesisStreamsOutput: { ResourceARN: streamArn },
    DestinationSchema: { RecordFormatType: "CSV" },
  },
});

it("adds up to three outputs", async () => {
  await using analytics = TestAnalytics.start();
  await analytics.create({ RuntimeEnvironment: "SQL-1_0" });
  const add = async (input: object): Promise<object> =>
    analytics.run("AddApplicationOutput", { ...(await analytics.expected()), Output: undefined, ...input });
  expect(await add(output("A"))).toMatchObject({
    ApplicationARN: arn,
    ApplicationVersionId: 2,
    OutputDescriptions: [{ OutputId: "2.1", Name: "A", DestinationSchema: { RecordFormatType: "CSV" } }],
  });
  await add(output("B"));
  await add(output("C"));
  expect(await codeOf(add(output("D")))).toBe("InvalidArgumentException");
});

it("needs one destination", async () => {
  await using analytics = TestAnalytics.start();
  await analytics.create({ RuntimeEnvironment: "SQL-1_0" });
  const Output = { Name: "A", DestinationSchema: { RecordFormatType: "JSON" } } as const;
  const none = analytics.run("AddApplicationOutput", { ...(await analytics.expected()), Output });
  expect(await codeOf(none)).toBe("InvalidArgumentException");
  const wrong = { ...Output, LambdaOutput: { ResourceARN: streamArn } };
  const other = analytics.run("AddApplicationOutput", { ...(await analytics.expected()), Output: wrong });
  expect(await codeOf(other)).toBe("InvalidArgumentException");
});

it("does not start an application that writes to a function", async () => {
  await using analytics = TestAnalytics.start();
  await analytics.create({ RuntimeEnvironment: "SQL-1_0" });
  const ResourceARN = "arn:aws:lambda:us-east-1:000000000000:function:f";
  const Output = {
    Name: "A",
    DestinationSchema: { RecordFormatType: "JSON" },
    LambdaOutput: { ResourceARN },
  } as const;
  await analytics.run("AddApplicationOutput", { ...(await analytics.expected()), Output });
  expect(await refusalOf(analytics.run("StartApplication", named))).toMatch(/Lambda function/);
});
