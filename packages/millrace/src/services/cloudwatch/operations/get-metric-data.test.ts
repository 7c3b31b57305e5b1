import type { GetMetricDataInput, MetricDataQuery } from "@aws-sdk/client-cloudwatch";
import { describe, expect, it } from "vitest";
import { errorOf, minutes, TestCloudwatch } from "../test-cloudwatch.ts";

function metric(
  Id: string,
  changes: { Stat?: string; Period?: number; name?: string } = {},
): MetricDataQuery {
  const { Stat = "Sum", Period = 60, name = "orders" } = changes;
  return { Id, MetricStat: { Metric: { Namespace: "shop", MetricName: name }, Period, Stat } };
}

function request(...MetricDataQueries: MetricDataQuery[]): GetMetricDataInput {
  return { MetricDataQueries, StartTime: minutes(0), EndTime: minutes(10), ScanBy: "TimestampAscending" };
}

/** The values of an expression over `orders`, which is 1, 2, 4 in the minutes 0, 1 and 3, and `errors`, 2 in minute 1. */
async function valuesOf(Expression: string): Promise<unknown> {
  await using cloudwatch = new TestCloudwatch();
  for (const [minute, value] of [
    [0, 1],
    [1, 2],
    [3, 4],
  ] as const)
    await cloudwatch.put(value, minute);
  await cloudwatch.put(2, 1, "errors");
  const input = request(metric("m1"), metric("m2", { name: "errors" }), { Id: "e1", Expression });
  input.EndTime = minutes(4);
  const { MetricDataResults } = await cloudwatch.run("GetMetricData", input);
  const results = MetricDataResults?.filter(({ Id }) => Id === "e1") ?? [];
  return results.map(({ Timestamps = [], Values = [] }) =>
    Object.fromEntries(
      Timestamps.map((time, i) => [(time.getTime() - minutes(0).getTime()) / 60_000, Values[i]]),
    ),
  );
}

describe("GetMetricData", () => {
  it("answers the points of each query, the newest first unless told otherwise", async () => {
    await using cloudwatch = new TestCloudwatch();
    for (const minute of [0, 2]) await cloudwatch.put(minute + 1, minute);
    const input = request(metric("m1"), { ...metric("m2", { Stat: "p50" }), Label: "Median" });
    const result = { StatusCode: "Complete", Timestamps: [minutes(0), minutes(2)], Values: [1, 3] };
    expect(await cloudwatch.run("GetMetricData", input)).toEqual({
      MetricDataResults: [
        { Id: "m1", Label: "orders", ...result },
        { Id: "m2", Label: "Median", ...result },
      ],
      Messages: [],
    });
    const { MetricDataResults } = await cloudwatch.run("GetMetricData", { ...input, ScanBy: undefined });
    expect(MetricDataResults?.[0]?.Values).toEqual([3, 1]);
  });

  it("leaves out what need not be returned", async () => {
    await using cloudwatch = new TestCloudwatch();
    await cloudwatch.put(3);
    const input = request({ ...metric("m1"), ReturnData: false }, { Id: "e1", Expression: "m1 * 2" });
    const { MetricDataResults } = await cloudwatch.run("GetMetricData", input);
    expect(MetricDataResults).toMatchObject([{ Id: "e1", Label: "e1", Values: [6] }]);
  });

  it.each(["TimestampAscending", "TimestampDescending"] as const)("pages, %s", async (ScanBy) => {
    await using cloudwatch = new TestCloudwatch();
    const count = 47;
    for (let minute = 0; minute < count; minute++) await cloudwatch.put(minute, minute);
    const input: GetMetricDataInput = {
      ...request(metric("m1"), metric("m2", { Period: 300 })),
      // Neither end lies where a period begins.
      StartTime: new Date(minutes(0).getTime() + 7_000),
      EndTime: new Date(minutes(count).getTime() - 1),
      ScanBy,
      MaxDatapoints: 12,
    };
    const values: (number | undefined)[][] = [[], []];
    let pages = 0;
    let NextToken: string | undefined;
    do {
      const page = await cloudwatch.run("GetMetricData", { ...input, NextToken });
      const found = page.MetricDataResults?.map(({ Values = [] }) => Values) ?? [];
      expect(found.flat().length).toBeLessThanOrEqual(12);
      for (const [at, list] of found.entries()) values[at]?.push(...list);
      NextToken = page.NextToken;
      expect(page.MetricDataResults?.[0]?.StatusCode).toBe(NextToken ? "PartialData" : "Complete");
      pages++;
    } while (NextToken !== undefined && pages < 100);
    const wanted = Array.from({ length: count }, (_, i) => i);
    const sums = Array.from({ length: 10 }, (_, i) =>
      wanted.slice(i * 5, i * 5 + 5).reduce((a, b) => a + b, 0),
    );
    const isUp = ScanBy === "TimestampAscending";
    expect(values).toEqual([isUp ? wanted : wanted.reverse(), isUp ? sums : sums.reverse()]);
    expect(pages).toBeGreaterThan(3);
  });

  it("refuses a token of another question", async () => {
    await using cloudwatch = new TestCloudwatch();
    for (const minute of [0, 5]) await cloudwatch.put(1, minute);
    const input = { ...request(metric("m1")), MaxDatapoints: 1 };
    const { NextToken } = await cloudwatch.run("GetMetricData", input);
    expect(NextToken).toBeDefined();
    const other = { ...request(metric("m2")), MaxDatapoints: 1, NextToken };
    expect(await errorOf(cloudwatch.run("GetMetricData", other))).toMatchObject({ code: "InvalidNextToken" });
  });

  it.each([
    ["m1 + m2", [{ 1: 4 }]],
    ["(m1 - 1) * -2 / 4 ^ 0.5", [{ 0: -0, 1: -1, 3: -3 }]],
    ["2 ^ 3 ^ 2 - m1", [{ 0: 511, 1: 510, 3: 508 }]],
    ["m1 / (m1 - 2)", [{ 0: -1, 3: 2 }]],
    ["IF(m1 >= 2 AND m1 != 4, m1, 0)", [{ 0: 0, 1: 2, 3: 0 }]],
    ["IF(m1 > 1, m1)", [{ 1: 2, 3: 4 }]],
    ["m1 - AVG(m1)", [{ 0: 1 - 7 / 3, 1: 2 - 7 / 3, 3: 4 - 7 / 3 }]],
    ["SUM(METRICS())", [{ 0: 1, 1: 4, 3: 4 }]],
    ["MAX([m1, m2 * 5])", [{ 0: 1, 1: 10, 3: 4 }]],
    ['METRICS("m2")', [{ 1: 2 }]],
    ["METRICS() * 10", [{ 0: 10, 1: 20, 3: 40 }, { 1: 20 }]],
    ["FILL(m1, 0)", [{ 0: 1, 1: 2, 2: 0, 3: 4 }]],
    ["FILL(m1, REPEAT)", [{ 0: 1, 1: 2, 2: 2, 3: 4 }]],
    ["FILL(m1, LINEAR)", [{ 0: 1, 1: 2, 2: 3, 3: 4 }]],
    ["RATE(m1)", [{ 1: 1 / 60, 3: 2 / 120 }]],
    ["DIFF(m1)", [{ 1: 1, 3: 2 }]],
    ["DIFF_TIME(m1)", [{ 1: 60, 3: 120 }]],
    ["RUNNING_SUM(m1)", [{ 0: 1, 1: 3, 3: 7 }]],
    ["m1 / PERIOD(m1)", [{ 0: 1 / 60, 1: 2 / 60, 3: 4 / 60 }]],
    ["TIME_SERIES(METRIC_COUNT(METRICS()))", [{ 0: 2, 1: 2, 2: 2, 3: 2 }]],
    ["MINUTE(m1) + HOUR(m1)", [{ 0: 12, 1: 13, 3: 15 }]],
    ["LOG10(m1 * 0 + 100)", [{ 0: 2, 1: 2, 3: 2 }]],
    ["LAST(SLICE(METRICS(), 0, 1))", [{ 0: 1, 1: 2, 3: 4 }]],
  ])("works %s out", async (expression, wanted) => {
    expect(await valuesOf(expression)).toEqual(wanted);
  });

  it.each([
    ["m1 +", "Unexpected end of expression"],
    ["m1 m2", "Unexpected 'm2'"],
    ["m9 + 1", "Undefined variable 'm9'"],
    ["NOPE(m1)", "Unknown function 'NOPE'"],
    ["toString(m1)", "Unknown function 'TOSTRING'"],
    ["AVG(m1)", "The expression must return a time series"],
    ["METRICS() + METRICS()", "Two arrays of time series cannot be combined"],
    ["e1 + 1", "'e1' depends on itself"],
    ["SUM()", "An argument is missing"],
    ["m1 # 2", "Unexpected character '#' at position 4"],
    [`${"(".repeat(500)}m1${")".repeat(500)}`, "The expression is nested too deeply"],
    [`${"-".repeat(2000)}m1`, "The expression is nested too deeply"],
  ])("refuses %s", async (expression, message) => {
    expect(await errorOf(valuesOf(expression))).toEqual({
      code: "ValidationError",
      message: `Error in expression 'e1': ${message}`,
    });
  });

  it.each([
    ["SEARCH('{shop} orders', 'Sum')", "The metric math function SEARCH"],
    ["ANOMALY_DETECTION_BAND(m1)", "The metric math function ANOMALY_DETECTION_BAND"],
    ["SELECT AVG(orders) FROM shop", "Metrics Insights (SELECT ...)"],
  ])("names what it does not do: %s", async (expression, what) => {
    expect(await errorOf(valuesOf(expression))).toEqual({
      code: "NotImplemented",
      message: `${what} is not implemented by Millrace.`,
    });
  });

  it("refuses queries that are not one thing", async () => {
    await using cloudwatch = new TestCloudwatch();
    const refusal = async (input: GetMetricDataInput): Promise<string> =>
      (await errorOf(cloudwatch.run("GetMetricData", input))).code;
    expect(await refusal(request({ Id: "m1" }))).toBe("InvalidParameterCombinationException");
    expect(await refusal(request({ ...metric("m1"), Expression: "1" }))).toBe(
      "InvalidParameterCombinationException",
    );
    expect(await refusal(request(metric("m1"), metric("m1")))).toBe("ValidationError");
    expect(await refusal(request(metric("M1")))).toBe("ValidationError");
    expect(await refusal(request(metric("m1", { Period: 7 })))).toBe("ValidationError");
    expect(await refusal(request(metric("m1", { Stat: "Most" })))).toBe("InvalidParameterValueException");
    expect(await refusal({ ...request(metric("m1")), EndTime: minutes(0) })).toBe("ValidationError");
    const many = Array.from({ length: 501 }, (_, i) => metric(`m${i}`));
    expect(await refusal(request(...many))).toBe("ValidationError");
  });
});
