import { describe, expect, it } from "vitest";
import { codeOf, TestLogs } from "../test-logs.ts";

describe("TestMetricFilter", () => {
  it("shows which messages match and what was found in them", async () => {
    await using logs = await TestLogs.start();
    const logEventMessages = ["::1 200", "::1 404", "other"];
    const answer = await logs.run("TestMetricFilter", {
      filterPattern: "[ip, status = 4*]",
      logEventMessages,
    });
    expect(answer).toEqual({
      matches: [{ eventNumber: 2, eventMessage: "::1 404", extractedValues: { $ip: "::1", $status: "404" } }],
    });
  });

  it("refuses a pattern that cannot be read", async () => {
    await using logs = await TestLogs.start();
    const input = { filterPattern: "[a", logEventMessages: ["x"] };
    expect(await codeOf(logs.run("TestMetricFilter", input))).toBe("InvalidParameterException");
  });
});
