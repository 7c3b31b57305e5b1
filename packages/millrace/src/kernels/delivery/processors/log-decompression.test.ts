import { gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { ManualClock } from "../../../core/clock.ts";
import { LogDecompression } from "./log-decompression.ts";
import { recordOf, textsOf } from "./test-records.ts";

const clock = new ManualClock();
const envelope = {
  messageType: "DATA_MESSAGE",
  owner: "123456789012",
  logGroup: "group",
  logStream: "stream",
  subscriptionFilters: ["all"],
  logEvents: [
    { id: "1", timestamp: 1, message: "one\nwith a second line" },
    { id: "2", timestamp: 2, message: "" },
    { id: "3", timestamp: 3, message: "drei ü" },
  ],
};

async function process(extractsMessages: boolean, ...contents: readonly (string | Buffer)[]) {
  const records = contents.map((content, n) =>
    recordOf(typeof content === "string" ? gzipSync(content) : content, n),
  );
  const { records: taken, failed } = await new LogDecompression({ extractsMessages, clock }).process(records);
  return { texts: textsOf(taken), offsets: taken.map(({ offset }) => offset), failed, records };
}

describe("decompression", () => {
  it("hands on what was compressed", async () => {
    const { texts, failed } = await process(false, JSON.stringify(envelope), '{"any":"JSON"}');
    expect(texts).toEqual([JSON.stringify(envelope), '{"any":"JSON"}']);
    expect(failed).toEqual([]);
  });

  it("shows what is no GZIP or no JSON as it arrived", async () => {
    const plain = Buffer.from("plain");
    const { texts, failed, records } = await process(
      false,
      "{}",
      plain,
      "not JSON",
      gzipSync("{}").subarray(0, 9),
    );
    expect(texts).toEqual(["{}"]);
    expect(failed.map(({ record }) => record)).toEqual(records.slice(1));
    expect(failed[0]).toMatchObject({
      outputType: "decompression-failed",
      errorCode: "Decompression failed.",
      attemptsMade: 1,
      attemptEndedMs: clock.now(),
    });
  });

  it("does not blow up", async () => {
    const bomb = gzipSync(Buffer.alloc(200 * 1024 * 1024));
    const { failed } = await process(true, bomb);
    expect(failed).toHaveLength(1);
  });
});

describe("messages of CloudWatch Logs", () => {
  it("leaves one record of messages, each with a line feed", async () => {
    const { texts } = await process(true, JSON.stringify(envelope));
    expect(texts).toEqual(["one\nwith a second line\n\ndrei ü\n"]);
  });

  it("drops what only checks whether anybody is there", async () => {
    const control = JSON.stringify({ ...envelope, messageType: "CONTROL_MESSAGE" });
    const { texts, offsets, failed } = await process(true, control, JSON.stringify(envelope));
    expect([texts.length, offsets, failed]).toEqual([1, [1], []]);
  });

  it.each([
    ["null"],
    ["[]"],
    ['{"messageType":"DATA_MESSAGE"}'],
    ['{"messageType":"DATA_MESSAGE","logEvents":[null]}'],
    ['{"messageType":"DATA_MESSAGE","logEvents":[{"message":1}]}'],
    ['{"messageType":"OTHER","logEvents":[]}'],
  ])("refuses %s", async (content) => {
    const { texts, failed } = await process(true, content);
    expect([texts, failed.length]).toEqual([[], 1]);
  });
});
