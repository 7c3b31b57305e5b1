import { describe, expect, it } from "vitest";
import { errorOf, groupArn, startMs, TestLogs } from "../test-logs.ts";

describe("DescribeLogStreams", () => {
  it("describes streams with the times of their events", async () => {
    await using logs = await TestLogs.start();
    await logs.streams("a", "b");
    await logs.put("a", ["1", "2"], -10);
    const { logStreams } = await logs.run("DescribeLogStreams", { logGroupIdentifier: groupArn });
    expect(logStreams).toEqual([
      {
        logStreamName: "a",
        creationTime: startMs,
        firstEventTimestamp: startMs - 10_000,
        lastEventTimestamp: startMs - 9_000,
        lastIngestionTime: startMs,
        uploadSequenceToken: expect.stringMatching(/^\d{56}$/),
        arn: `${groupArn}:log-stream:a`,
        storedBytes: 0,
      },
      expect.not.objectContaining({ firstEventTimestamp: expect.anything() }),
    ]);
  });

  it.each([
    ["LogStreamName", false, ["a", "b", "c", "d"]],
    ["LogStreamName", true, ["d", "c", "b", "a"]],
    ["LastEventTime", false, ["d", "b", "a", "c"]],
    ["LastEventTime", true, ["c", "a", "b", "d"]],
  ] as const)("orders by %s, descending %s, page by page", async (orderBy, descending, wanted) => {
    await using logs = await TestLogs.start();
    await logs.streams("a", "b", "c", "d");
    for (const [name, second] of [
      ["a", 1],
      ["b", 0],
      ["c", 1],
    ] as const)
      await logs.put(name, ["x"], second);
    const names: (string | undefined)[] = [];
    let nextToken: string | undefined;
    for (let pages = 0; pages < 4; pages++) {
      const input = { logGroupName: "app", orderBy, descending, limit: 1, nextToken };
      const page = await logs.run("DescribeLogStreams", input);
      names.push(...(page.logStreams ?? []).map(({ logStreamName }) => logStreamName));
      nextToken = page.nextToken;
    }
    expect(names).toEqual(wanted);
    expect(nextToken).toBeUndefined();
  });

  it("filters by prefix, but not when it orders by time", async () => {
    await using logs = await TestLogs.start();
    await logs.streams("a1", "b1");
    const input = { logGroupName: "app", logStreamNamePrefix: "a" };
    const { logStreams } = await logs.run("DescribeLogStreams", input);
    expect(logStreams?.map(({ logStreamName }) => logStreamName)).toEqual(["a1"]);
    expect(await errorOf(logs.run("DescribeLogStreams", { ...input, orderBy: "LastEventTime" }))).toEqual({
      code: "InvalidParameterException",
      message: "Cannot order by LastEventTime with a logStreamNamePrefix.",
    });
  });
});
