import { describe, expect, it } from "vitest";
import { errorOf, groupArn, startMs, TestLogs } from "../test-logs.ts";

describe("PutLogEvents", () => {
  const app = { logGroupName: "app", logStreamName: "a" };
  const hourMs = 3_600_000;
  const event = (timestamp: number, message = "x"): { timestamp: number; message: string } => ({
    timestamp,
    message,
  });

  it("keeps events by time and, within the same time, by arrival", async () => {
    await using logs = await TestLogs.start();
    await logs.streams("a");
    await logs.put("a", ["late"], 60);
    await logs.put("a", ["Grüße 🛰"], 0);
    await logs.put("a", ["second"], 60);
    expect(await logs.messages("a")).toEqual(["Grüße 🛰", "late", "second"]);
  });

  it("keeps the valid events and says which were too old, expired or too new", async () => {
    await using logs = await TestLogs.start();
    await logs.streams("a");
    const old = startMs - 14 * 24 * hourMs - 1;
    const logEvents = [
      event(old),
      event(startMs),
      event(startMs + 2 * hourMs),
      event(startMs + 2 * hourMs + 1),
    ];
    const { rejectedLogEventsInfo } = await logs.run("PutLogEvents", { ...app, logEvents });
    expect(rejectedLogEventsInfo).toEqual({ tooOldLogEventEndIndex: 1, tooNewLogEventStartIndex: 3 });
    expect(await logs.messages("a")).toHaveLength(2);
    await logs.run("PutRetentionPolicy", { logGroupName: "app", retentionInDays: 1 });
    const more = await logs.run("PutLogEvents", {
      ...app,
      logEvents: [event(old), event(startMs - 25 * hourMs), event(startMs)],
    });
    expect(more.rejectedLogEventsInfo).toEqual({ tooOldLogEventEndIndex: 1, expiredLogEventEndIndex: 2 });
  });

  it("takes any sequence token, and answers one", async () => {
    await using logs = await TestLogs.start();
    await logs.streams("a");
    const put = await logs.run("PutLogEvents", {
      ...app,
      logEvents: [event(startMs)],
      sequenceToken: "wrong",
    });
    expect(put.nextSequenceToken).toHaveLength(56);
    expect(put.rejectedLogEventsInfo).toBeUndefined();
  });

  it("refuses batches out of order, too long a time, and too much at once", async () => {
    await using logs = await TestLogs.start();
    await logs.streams("a");
    const refusal = (...logEvents: { timestamp: number; message: string }[]): ReturnType<typeof errorOf> =>
      errorOf(logs.run("PutLogEvents", { ...app, logEvents }));
    expect(await refusal(event(startMs), event(startMs - 1))).toEqual({
      code: "InvalidParameterException",
      message: "Log events in a single PutLogEvents request must be in chronological order.",
    });
    expect(await refusal(event(startMs - 24 * hourMs), event(startMs + 1))).toEqual({
      code: "InvalidParameterException",
      message: "The batch of log events in a single PutLogEvents request cannot span more than 24 hours.",
    });
    expect(await refusal(event(startMs, "x".repeat(1_048_576)))).toEqual({
      code: "InvalidParameterException",
      message: "Log event too large: 1048602 bytes exceeds limit of 1048576",
    });
    const half = "ü".repeat(262_144);
    expect(await refusal(event(startMs, half), event(startMs, half))).toEqual({
      code: "InvalidParameterException",
      message: "Upload too large: 1048628 bytes exceeds limit of 1048576",
    });
    expect(await logs.messages("a")).toEqual([]);
  });

  it("refuses a stream or a group that is not there", async () => {
    await using logs = await TestLogs.start();
    const logEvents = [event(startMs)];
    expect(await errorOf(logs.run("PutLogEvents", { ...app, logEvents }))).toMatchObject({
      message: "The specified log stream does not exist.",
    });
    const other = { ...app, logGroupName: "other", logEvents };
    expect(await errorOf(logs.run("PutLogEvents", other))).toMatchObject({
      message: "The specified log group does not exist.",
    });
  });

  it("keeps all of what many write at once, and names the stream to the policy engine", async () => {
    await using logs = await TestLogs.start();
    await logs.streams("a");
    await Promise.all(Array.from({ length: 20 }, (_, i) => logs.put("a", [`${i}`])));
    expect(await logs.messages("a")).toHaveLength(20);
    expect(logs.resources("PutLogEvents", { ...app, logEvents: [] })).toEqual([`${groupArn}:log-stream:a`]);
  });
});
