import { describe, expect, it } from "vitest";
import { errorOf, TestLogs } from "../test-logs.ts";

describe("DeleteMetricFilter", () => {
  it("deletes a filter, which publishes nothing any more", async () => {
    await using logs = await TestLogs.start();
    await logs.streams("a");
    const filter = { logGroupName: "app", filterName: "f" };
    await logs.run("PutMetricFilter", {
      ...filter,
      filterPattern: "",
      metricTransformations: [{ metricName: "m", metricNamespace: "n", metricValue: "1" }],
    });
    await logs.run("DeleteMetricFilter", filter);
    await logs.put("a", ["1"]);
    expect(logs.metrics).toEqual([]);
    expect(await errorOf(logs.run("DeleteMetricFilter", filter))).toEqual({
      code: "ResourceNotFoundException",
      message: "The specified metric filter does not exist.",
    });
  });
});
