import { describe, expect, it } from "vitest";
import { account, codeOf, region, startMs, TestLogs } from "../test-logs.ts";

describe("PutMetricFilter", () => {
  const base = { logGroupName: "app", filterName: "f", filterPattern: "ERROR" };
  const metric = { metricName: "errors", metricNamespace: "app", metricValue: "1" };

  it("turns matching events into values at the time of the event", async () => {
    await using logs = await TestLogs.start();
    await logs.streams("a");
    await logs.run("PutMetricFilter", { ...base, metricTransformations: [metric] });
    await logs.put("a", ["ERROR 1", "fine", "ERROR 2"]);
    const value = { namespace: "app", name: "errors", dimensions: {}, unit: "None", value: 1 };
    expect(logs.metrics).toEqual(
      [0, 2_000].map((ms) => ({ account, region, ...value, timeMs: startMs + ms })),
    );
  });

  it("takes value and dimensions from the event, and the default where nothing matches", async () => {
    await using logs = await TestLogs.start();
    await logs.streams("a");
    await logs.run("PutMetricFilter", {
      ...base,
      filterPattern: "{ $.ms > 0 }",
      metricTransformations: [
        { ...metric, metricValue: "$.ms", unit: "Milliseconds", dimensions: { Path: "$.path" } },
      ],
    });
    await logs.run("PutMetricFilter", {
      ...base,
      filterName: "g",
      filterPattern: "[ip, ms]",
      metricTransformations: [{ ...metric, metricName: "ms", metricValue: "$ms", defaultValue: 0 }],
    });
    await logs.put("a", ['{"ms":5,"path":"/a"}', '{"ms":6}', "::1 7", "::1 x"]);
    const found = logs.metrics.map(({ name, value, dimensions }) => [name, value, dimensions]);
    expect(found).toEqual([
      ["errors", 5, { Path: "/a" }],
      ["ms", 0, {}],
      ["ms", 0, {}],
      ["ms", 7, {}],
    ]);
  });

  it("replaces a filter of the same name", async () => {
    await using logs = await TestLogs.start();
    for (const filterPattern of ["ERROR", "WARN"])
      await logs.run("PutMetricFilter", { ...base, filterPattern, metricTransformations: [metric] });
    const { metricFilters } = await logs.run("DescribeMetricFilters", {});
    expect(metricFilters).toMatchObject([{ filterName: "f", filterPattern: "WARN" }]);
  });

  it("refuses what it cannot do", async () => {
    await using logs = await TestLogs.start();
    const refusal = (changes: object, more: object = {}): Promise<string> =>
      codeOf(
        logs.run("PutMetricFilter", { ...base, metricTransformations: [{ ...metric, ...more }], ...changes }),
      );
    expect(await refusal({ filterPattern: "{ $.a" })).toBe("InvalidParameterException");
    expect(await refusal({}, { metricValue: "one" })).toBe("InvalidParameterException");
    expect(await refusal({}, { dimensions: { a: "$.a" }, defaultValue: 1 })).toBe(
      "InvalidParameterException",
    );
    expect(await refusal({}, { dimensions: { a: "$a", b: "$b", c: "$c", d: "$d" } })).toBe(
      "InvalidParameterException",
    );
    expect(await refusal({ applyOnTransformedLogs: true })).toBe("NotImplemented");
    expect(await refusal({ logGroupName: "other" })).toBe("ResourceNotFoundException");
    for (let i = 0; i < 100; i++)
      await logs.run("PutMetricFilter", { ...base, filterName: `f${i}`, metricTransformations: [metric] });
    expect(await refusal({})).toBe("LimitExceededException");
  });
});
