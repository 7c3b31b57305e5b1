import { describe, expect, it } from "vitest";
import { errorOf, TestLogs } from "../test-logs.ts";

describe("DeleteLogGroup", () => {
  it("deletes a group with its streams, events and filters; a new one of the name is empty", async () => {
    await using logs = await TestLogs.start();
    await logs.streams("a");
    await logs.put("a", ["1", "2"]);
    await logs.run("DeleteLogGroup", { logGroupName: "app" });
    await logs.run("CreateLogGroup", { logGroupName: "app" });
    expect((await logs.run("FilterLogEvents", { logGroupName: "app" })).events).toEqual([]);
    expect((await logs.run("DescribeLogStreams", { logGroupName: "app" })).logStreams).toEqual([]);
    expect(logs.file.prepare("SELECT count(*) AS n FROM events").get()?.["n"]).toBe(2);
    await logs.state.sweep();
    expect(logs.file.prepare("SELECT count(*) AS n FROM events").get()?.["n"]).toBe(0);
  });

  it("refuses a group that is not there", async () => {
    await using logs = await TestLogs.start();
    expect(await errorOf(logs.run("DeleteLogGroup", { logGroupName: "other" }))).toEqual({
      code: "ResourceNotFoundException",
      message: "The specified log group does not exist.",
    });
  });
});
