import { describe, expect, it } from "vitest";
import { codeOf, startMs, TestLogs } from "../test-logs.ts";

describe("FilterLogEvents", () => {
  const app = { logGroupName: "app" };

  async function two(): Promise<TestLogs> {
    const logs = await TestLogs.start();
    await logs.streams("a", "b");
    await logs.put("a", ["ERROR 1", "fine", "ERROR 3"]);
    await logs.put("b", ["WARN 1", "ERROR 2"]);
    return logs;
  }

  async function messages(logs: TestLogs, input: object = {}): Promise<unknown> {
    const { events } = await logs.run("FilterLogEvents", { ...app, ...input });
    return events?.map(({ message }) => message);
  }

  it("mixes the streams of a group in the order of time", async () => {
    await using logs = await two();
    const { events, nextToken } = await logs.run("FilterLogEvents", app);
    expect(events?.map(({ message }) => message)).toEqual([
      "ERROR 1",
      "WARN 1",
      "fine",
      "ERROR 2",
      "ERROR 3",
    ]);
    expect(events?.[1]).toEqual({
      logStreamName: "b",
      timestamp: startMs,
      message: "WARN 1",
      ingestionTime: startMs,
      eventId: expect.stringMatching(/^[0-9]{56}$/),
    });
    expect(new Set(events?.map(({ eventId }) => eventId)).size).toBe(5);
    expect(nextToken).toBeUndefined();
  });

  it("filters by pattern, streams and time", async () => {
    await using logs = await two();
    expect(await messages(logs, { filterPattern: "ERROR" })).toEqual(["ERROR 1", "ERROR 2", "ERROR 3"]);
    expect(await messages(logs, { filterPattern: "ERROR", logStreamNames: ["b"] })).toEqual(["ERROR 2"]);
    expect(await messages(logs, { logStreamNamePrefix: "b" })).toEqual(["WARN 1", "ERROR 2"]);
    const time = { startTime: startMs + 1000, endTime: startMs + 1000 };
    expect(await messages(logs, time)).toEqual(["fine", "ERROR 2"]);
    expect(await messages(logs, { startFromHead: false, limit: 2 })).toEqual(["ERROR 3", "ERROR 2"]);
  });

  it.each([true, false])("pages, from the head %s", async (startFromHead) => {
    await using logs = await two();
    const seen: (string | undefined)[] = [];
    let nextToken: string | undefined;
    for (let pages = 0; pages < 10; pages++) {
      const input = { ...app, filterPattern: "ERROR", limit: 1, startFromHead, nextToken };
      const page = await logs.run("FilterLogEvents", input);
      seen.push(...(page.events ?? []).map(({ message }) => message));
      nextToken = page.nextToken;
      if (nextToken === undefined) break;
    }
    const wanted = ["ERROR 1", "ERROR 2", "ERROR 3"];
    expect(seen).toEqual(startFromHead ? wanted : wanted.reverse());
  });

  it("looks at a bounded number of events at a time, and goes on with the token", async () => {
    await using logs = await TestLogs.start();
    await logs.streams("a");
    for (let i = 0; i < 3; i++) await logs.put("a", new Array<string>(9_000).fill("x"), -9_000);
    await logs.put("a", ["needle"]);
    const input = { ...app, filterPattern: "needle" };
    const first = await logs.run("FilterLogEvents", input);
    expect(first).toMatchObject({ events: [], nextToken: expect.any(String) });
    const second = await logs.run("FilterLogEvents", { ...input, nextToken: first.nextToken });
    expect(second.events).toHaveLength(1);
    expect(second.nextToken).toBeUndefined();
  });

  it("refuses wrong patterns, tokens and combinations", async () => {
    await using logs = await two();
    const refusal = (input: object): Promise<string> =>
      codeOf(logs.run("FilterLogEvents", { ...app, ...input }));
    expect(await refusal({ filterPattern: "{ $.a" })).toBe("InvalidParameterException");
    expect(await refusal({ filterPattern: "%a%" })).toBe("NotImplemented");
    expect(await refusal({ logStreamNames: ["a"], logStreamNamePrefix: "a" })).toBe(
      "InvalidParameterException",
    );
    const { nextToken } = await logs.run("FilterLogEvents", { ...app, limit: 1 });
    expect(await refusal({ nextToken, filterPattern: "x" })).toBe("InvalidParameterException");
    expect(await codeOf(logs.run("FilterLogEvents", { logGroupName: "other" }))).toBe(
      "ResourceNotFoundException",
    );
  });
});
