import { describe, expect, it } from "vitest";
import { codeOf, TestKinesis } from "../test-kinesis.ts";

describe("ListStreams", () => {
  it("lists the streams of the account and region by name, whatever their state", async () => {
    await using kinesis = await TestKinesis.start();
    const b = await kinesis.stream({ StreamName: "b" });
    await kinesis.stream({ StreamName: "a" }, { account: "111111111111" });
    await kinesis.run("CreateStream", { StreamName: "a", ShardCount: 1 });
    const answer = await kinesis.run("ListStreams", {});
    expect(answer).toMatchObject({ StreamNames: ["a", "b"], HasMoreStreams: false });
    expect(answer.NextToken).toBeUndefined();
    expect(answer.StreamSummaries?.[1]).toEqual({
      StreamName: "b",
      StreamARN: b.arn,
      StreamStatus: "ACTIVE",
      StreamModeDetails: { StreamMode: "PROVISIONED" },
      StreamCreationTimestamp: new Date(b.document.createdMs),
    });
    expect((await kinesis.run("ListStreams", {}, { region: "eu-west-1" })).StreamNames).toEqual([]);
  });

  it("pages by token and by name, 100 at a time unless told otherwise", async () => {
    await using kinesis = await TestKinesis.start();
    const names = Array.from({ length: 105 }, (_, i) => `s${String(i).padStart(3, "0")}`);
    await Promise.all(names.map((StreamName) => kinesis.run("CreateStream", { StreamName, ShardCount: 1 })));
    const first = await kinesis.run("ListStreams", {});
    expect(first.StreamNames).toEqual(names.slice(0, 100));
    expect(first.HasMoreStreams).toBe(true);
    const second = await kinesis.run("ListStreams", { NextToken: first.NextToken, Limit: 3 });
    expect(second.StreamNames).toEqual(names.slice(100, 103));
    const third = await kinesis.run("ListStreams", { ExclusiveStartStreamName: "s102" });
    expect(third).toMatchObject({ StreamNames: ["s103", "s104"], HasMoreStreams: false });
    expect((await kinesis.run("ListStreams", { ExclusiveStartStreamName: "zzz" })).StreamNames).toEqual([]);
  });

  it("refuses tokens that are forged, of another account or operation, or older than 300 seconds", async () => {
    await using kinesis = await TestKinesis.start();
    await kinesis.stream({ StreamName: "a" });
    await kinesis.stream({ StreamName: "b", ShardCount: 2 });
    const { NextToken } = await kinesis.run("ListStreams", { Limit: 1 });
    const list = (token: string | undefined, call: { account?: string } = {}): Promise<unknown> =>
      kinesis.run("ListStreams", { NextToken: token }, call);
    expect(await codeOf(list(`${NextToken}x`))).toBe("InvalidArgumentException");
    expect(await codeOf(list(NextToken, { account: "111111111111" }))).toBe("InvalidArgumentException");
    const shards = await kinesis.run("ListShards", { StreamName: "b", MaxResults: 1 });
    expect(await codeOf(list(shards.NextToken))).toBe("InvalidArgumentException");
    await list(NextToken);
    await kinesis.pass(300_000);
    expect(await codeOf(list(NextToken))).toBe("ExpiredNextTokenException");
  });
});
