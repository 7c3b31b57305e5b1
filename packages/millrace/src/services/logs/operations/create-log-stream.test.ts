import { describe, expect, it } from "vitest";
import { errorOf, TestLogs } from "../test-logs.ts";

describe("CreateLogStream", () => {
  it("creates a stream once", async () => {
    await using logs = await TestLogs.start();
    await logs.streams("a");
    expect(await logs.messages("a")).toEqual([]);
    expect(await errorOf(logs.streams("a"))).toEqual({
      code: "ResourceAlreadyExistsException",
      message: "The specified log stream already exists",
    });
  });

  it("refuses a group that is not there", async () => {
    await using logs = await TestLogs.start();
    expect(await errorOf(logs.run("CreateLogStream", { logGroupName: "other", logStreamName: "a" }))).toEqual(
      {
        code: "ResourceNotFoundException",
        message: "The specified log group does not exist.",
      },
    );
  });
});
