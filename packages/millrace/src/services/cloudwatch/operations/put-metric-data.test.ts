import type { MetricDatum } from "@aws-sdk/client-cloudwatch";
import { describe, expect, it } from "vitest";
import { errorOf, minutes, startMs, TestCloudwatch } from "../test-cloudwatch.ts";

const MetricName = "orders";
const all = ["SampleCount", "Sum", "Average", "Minimum", "Maximum"] as const;

/** What the minute of the test's beginning holds after these data. */
async function minuteOf(cloudwatch: TestCloudwatch, ...MetricData: MetricDatum[]): Promise<unknown> {
  await cloudwatch.run("PutMetricData", { Namespace: "shop", MetricData });
  const { Datapoints } = await cloudwatch.run("GetMetricStatistics", {
    Namespace: "shop",
    MetricName,
    StartTime: minutes(0),
    EndTime: minutes(1),
    Period: 60,
    Statistics: [...all],
  });
  return Datapoints;
}

/** What a single datum is refused with. */
function refusal(
  cloudwatch: TestCloudwatch,
  datum: Partial<MetricDatum>,
  Namespace = "shop",
): ReturnType<typeof errorOf> {
  return errorOf(cloudwatch.run("PutMetricData", { Namespace, MetricData: [{ MetricName, ...datum }] }));
}

describe("PutMetricData", () => {
  it("adds values, counted values and statistics of a minute up", async () => {
    await using cloudwatch = new TestCloudwatch();
    const points = await minuteOf(
      cloudwatch,
      { MetricName, Value: 4 },
      { MetricName, Values: [1, 10], Counts: [2, 1] },
      { MetricName, StatisticValues: { SampleCount: 4, Sum: 20, Minimum: 0.5, Maximum: 9 } },
    );
    expect(points).toEqual([
      {
        Timestamp: minutes(0),
        SampleCount: 8,
        Sum: 36,
        Average: 4.5,
        Minimum: 0.5,
        Maximum: 10,
        Unit: "None",
      },
    ]);
  });

  it("keeps accounts, regions, dimensions and units apart", async () => {
    await using cloudwatch = new TestCloudwatch();
    const datum = { MetricName, Value: 1 };
    await cloudwatch.run(
      "PutMetricData",
      { Namespace: "shop", MetricData: [datum] },
      { account: "111111111111" },
    );
    await cloudwatch.run(
      "PutMetricData",
      { Namespace: "shop", MetricData: [datum] },
      { region: "eu-west-1" },
    );
    const Dimensions = [{ Name: "Till", Value: "1" }];
    const points = await minuteOf(
      cloudwatch,
      { ...datum, Dimensions },
      { ...datum, Unit: "Count", Value: 2 },
    );
    expect(points).toMatchObject([{ Sum: 2, Unit: "Count" }]);
  });

  it("refuses what is not a value of its own", async () => {
    await using cloudwatch = new TestCloudwatch();
    expect(await refusal(cloudwatch, { Value: Number.NaN })).toEqual({
      code: "InvalidParameterValueException",
      message: "The value NaN for parameter MetricData.member.1.Value is invalid.",
    });
    for (const datum of [
      { Value: Number.POSITIVE_INFINITY },
      { Value: 2 ** 361 },
      { Values: [1, -(2 ** 361)] },
      { Values: [] },
      { Values: new Array<number>(151).fill(1) },
      { Values: [1, 2], Counts: [1] },
      { Values: [1], Counts: [-1] },
      { Values: [1], Counts: [0] },
      { StatisticValues: { SampleCount: 0, Sum: 0, Minimum: 0, Maximum: 0 } },
      { Value: 1, StorageResolution: 30 },
      {
        Value: 1,
        Dimensions: [
          { Name: "a", Value: "1" },
          { Name: "a", Value: "2" },
        ],
      },
    ])
      expect(await refusal(cloudwatch, datum)).toMatchObject({ code: "InvalidParameterValueException" });
    const set = { SampleCount: 1, Sum: 1, Minimum: 2, Maximum: 1 };
    for (const datum of [{ Value: 1, Values: [1] }, { StatisticValues: set }])
      expect(await refusal(cloudwatch, datum)).toMatchObject({
        code: "InvalidParameterCombinationException",
      });
    expect(await refusal(cloudwatch, {})).toMatchObject({ code: "MissingRequiredParameterException" });
  });

  it("takes two weeks of the past and two hours of the future, and names each datum beyond", async () => {
    await using cloudwatch = new TestCloudwatch();
    const at = (ms: number): MetricDatum => ({ MetricName, Value: 1, Timestamp: new Date(startMs + ms) });
    const [oldest, newest] = [at(-14 * 86_400_000), at(2 * 3_600_000)];
    await cloudwatch.run("PutMetricData", { Namespace: "shop", MetricData: [oldest, newest] });
    const MetricData = [at(-14 * 86_400_000 - 1), at(0), at(2 * 3_600_000 + 1)];
    expect(await errorOf(cloudwatch.run("PutMetricData", { Namespace: "shop", MetricData }))).toEqual({
      code: "InvalidParameterValueException",
      message:
        "The parameter MetricData.member.1.Timestamp must specify a time within the past two weeks.\n" +
        "The parameter MetricData.member.3.Timestamp must specify a time no more than two hours in the future.",
    });
  });

  it("takes all data of a call or none", async () => {
    await using cloudwatch = new TestCloudwatch();
    const MetricData = [
      { MetricName, Value: 1 },
      { MetricName, Value: Number.NaN },
    ];
    await errorOf(cloudwatch.run("PutMetricData", { Namespace: "shop", MetricData }));
    expect(await minuteOf(cloudwatch, { MetricName, Value: 5 })).toMatchObject([{ SampleCount: 1, Sum: 5 }]);
  });

  it("refuses AWS's namespaces, too many data, none, and entities", async () => {
    await using cloudwatch = new TestCloudwatch();
    expect(await refusal(cloudwatch, { Value: 1 }, "AWS/Kinesis")).toEqual({
      code: "InvalidParameterValueException",
      message: "The value AWS/ for parameter Namespace is invalid.",
    });
    const many = { Namespace: "shop", MetricData: new Array(1001).fill({ MetricName, Value: 1 }) };
    expect(await errorOf(cloudwatch.run("PutMetricData", many))).toMatchObject({
      code: "InvalidParameterValueException",
    });
    expect(await errorOf(cloudwatch.run("PutMetricData", { Namespace: "shop" }))).toMatchObject({
      code: "MissingRequiredParameterException",
    });
    const withEntity = { Namespace: "shop", EntityMetricData: [{}] };
    expect(await errorOf(cloudwatch.run("PutMetricData", withEntity))).toMatchObject({
      code: "NotImplemented",
    });
  });

  it("adds up what comes at once", async () => {
    await using cloudwatch = new TestCloudwatch();
    await Promise.all(Array.from({ length: 50 }, () => cloudwatch.put(2)));
    expect(await minuteOf(cloudwatch, { MetricName, Value: 0 })).toMatchObject([
      { SampleCount: 51, Sum: 100 },
    ]);
  });
});
