import { describe, expect, it } from "vitest";
import { codeOf, startMs, TestLogs } from "../test-logs.ts";

describe("GetLogEvents", () => {
  const app = { logGroupName: "app", logStreamName: "a" };

  async function filled(count: number): Promise<TestLogs> {
    const logs = await TestLogs.start();
    await logs.streams("a");
    await logs.put(
      "a",
      Array.from({ length: count }, (_, i) => `${i}`),
    );
    return logs;
  }

  it("reads forward from the head until the token stays the same, and on when more comes", async () => {
    await using logs = await filled(5);
    const seen: (string | undefined)[] = [];
    let nextToken: string | undefined;
    for (let pages = 0; pages < 10; pages++) {
      const input = { ...app, startFromHead: true, limit: 2, nextToken };
      const page = await logs.run("GetLogEvents", input);
      seen.push(...(page.events ?? []).map(({ message }) => message));
      if (page.nextForwardToken === nextToken) break;
      nextToken = page.nextForwardToken;
    }
    expect(seen).toEqual(["0", "1", "2", "3", "4"]);
    await logs.put("a", ["5"], 60);
    const { events } = await logs.run("GetLogEvents", { ...app, nextToken, startFromHead: true });
    expect(events).toEqual([{ timestamp: startMs + 60_000, message: "5", ingestionTime: startMs }]);
  });

  it("reads the newest first, and backward, each page in the order of time", async () => {
    await using logs = await filled(5);
    const pages: (string | undefined)[][] = [];
    let nextToken: string | undefined;
    for (let i = 0; i < 4; i++) {
      const page = await logs.run("GetLogEvents", { ...app, limit: 2, nextToken });
      pages.push((page.events ?? []).map(({ message }) => message));
      nextToken = page.nextBackwardToken;
    }
    expect(pages).toEqual([["3", "4"], ["1", "2"], ["0"], []]);
  });

  it("reads from the start time to before the end time", async () => {
    await using logs = await filled(5);
    const input = { ...app, startTime: startMs + 1000, endTime: startMs + 3000 };
    const { events } = await logs.run("GetLogEvents", input);
    expect(events?.map(({ message }) => message)).toEqual(["1", "2"]);
  });

  it("answers a megabyte at most, and one event however big it is", async () => {
    await using logs = await TestLogs.start();
    await logs.streams("a");
    const big = "x".repeat(1_048_000);
    for (const second of [0, 1]) await logs.put("a", [big], second);
    const first = await logs.run("GetLogEvents", { ...app, startFromHead: true });
    expect(first.events).toHaveLength(1);
    const second = await logs.run("GetLogEvents", { ...app, nextToken: first.nextForwardToken });
    expect(second.events).toHaveLength(1);
  });

  it("finds what comes into a stream that was empty", async () => {
    await using logs = await TestLogs.start();
    await logs.streams("a");
    const { nextForwardToken: nextToken } = await logs.run("GetLogEvents", app);
    await logs.put("a", ["1"]);
    expect((await logs.run("GetLogEvents", { ...app, nextToken })).events).toHaveLength(1);
  });

  it("refuses a wrong token, no group and two, and a stream that is not there", async () => {
    await using logs = await filled(1);
    for (const nextToken of ["x", "f/1/s", `f/${"9".repeat(56)}/s`])
      expect(await codeOf(logs.run("GetLogEvents", { ...app, nextToken }))).toBe("InvalidParameterException");
    const both = { ...app, logGroupIdentifier: "app" };
    expect(await codeOf(logs.run("GetLogEvents", both))).toBe("InvalidParameterException");
    expect(await codeOf(logs.run("GetLogEvents", { logStreamName: "a" }))).toBe("InvalidParameterException");
    const other = { ...app, logStreamName: "b" };
    expect(await codeOf(logs.run("GetLogEvents", other))).toBe("ResourceNotFoundException");
  });
});
