import { describe, expect, it } from "vitest";
import { errorOf, TestLogs } from "../test-logs.ts";

describe("DeleteLogStream", () => {
  it("deletes a stream with its events and no other's", async () => {
    await using logs = await TestLogs.start();
    await logs.streams("a", "b");
    await logs.put("a", ["1"]);
    await logs.put("b", ["2"]);
    await logs.run("DeleteLogStream", { logGroupName: "app", logStreamName: "a" });
    const { events } = await logs.run("FilterLogEvents", { logGroupName: "app" });
    expect(events?.map(({ message }) => message)).toEqual(["2"]);
    await logs.streams("a");
    expect(await logs.messages("a")).toEqual([]);
    await logs.state.sweep();
    expect((await logs.run("DescribeLogGroups", {})).logGroups?.[0]?.storedBytes).toBe(27);
  });

  it("refuses a stream that is not there", async () => {
    await using logs = await TestLogs.start();
    const input = { logGroupName: "app", logStreamName: "a" };
    expect(await errorOf(logs.run("DeleteLogStream", input))).toEqual({
      code: "ResourceNotFoundException",
      message: "The specified log stream does not exist.",
    });
  });
});
