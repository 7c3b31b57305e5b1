import { describe, expect, it } from "vitest";
import { createInput } from "../channels/test-channels.ts";
import { codeOf, TestKinesis } from "../test-kinesis.ts";

async function channels(kinesis: TestKinesis, count: number): Promise<string[]> {
  const names = Array.from({ length: count }, (_, i) => `channel-${i}`);
  const [configuration] = createInput().StreamConfigurationList ?? [];
  for (const ChannelName of names) {
    const stream = await kinesis.stream({
      StreamName: `of-${ChannelName}`,
      StreamModeDetails: { StreamMode: "ON_DEMAND" },
    });
    const StreamConfigurationList = [{ ...configuration, StreamARN: stream.arn }];
    await kinesis.run("CreateChannel", createInput({ ChannelName, StreamConfigurationList } as object));
  }
  return names;
}

describe("ListChannels", () => {
  it("answers summaries by name, page by page", async () => {
    await using kinesis = await TestKinesis.start();
    const names = await channels(kinesis, 3);
    const first = await kinesis.run("ListChannels", { MaxResults: 2 });
    expect(first.ChannelSummaries?.map(({ ChannelName }) => ChannelName)).toEqual(names.slice(0, 2));
    expect(first.ChannelSummaries?.[0]).toMatchObject({
      ChannelDestinationType: "S3",
      ChannelStatus: "ACTIVE",
      Streams: [{ StreamARN: kinesis.find("of-channel-0").arn }],
    });
    const rest = await kinesis.run("ListChannels", { NextToken: first.NextToken });
    expect(rest.ChannelSummaries?.map(({ ChannelName }) => ChannelName)).toEqual(names.slice(2));
    expect(rest.NextToken).toBeUndefined();
    const elsewhere = await kinesis.run("ListChannels", {}, { region: "eu-west-1" });
    expect(elsewhere.ChannelSummaries).toEqual([]);
  });

  it("keeps to the streams that are asked for, and to their time", async () => {
    await using kinesis = await TestKinesis.start();
    await channels(kinesis, 2);
    const { arn: StreamARN, document } = kinesis.find("of-channel-1");
    const namesOf = async (StreamFilter: { StreamARN: string; StreamCreationTimestamp?: Date }[]) =>
      (await kinesis.run("ListChannels", { StreamFilter })).ChannelSummaries?.map(
        ({ ChannelName }) => ChannelName,
      );
    expect(await namesOf([{ StreamARN }])).toEqual(["channel-1"]);
    const created = new Date(document.createdMs);
    expect(await namesOf([{ StreamARN, StreamCreationTimestamp: created }])).toEqual(["channel-1"]);
    expect(await namesOf([{ StreamARN, StreamCreationTimestamp: new Date(0) }])).toEqual([]);
    expect(await namesOf([{ StreamARN: `${StreamARN}-none` }])).toEqual([]);
  });

  it("refuses tokens of others, and such that are too old", async () => {
    await using kinesis = await TestKinesis.start();
    await channels(kinesis, 2);
    const { NextToken } = await kinesis.run("ListChannels", { MaxResults: 1 });
    const other = codeOf(kinesis.run("ListStreams", { NextToken }));
    expect(await other).toBe("InvalidArgumentException");
    expect(await codeOf(kinesis.run("ListChannels", { NextToken: "x" }))).toBe("InvalidArgumentException");
    kinesis.clock.advance(301_000);
    expect(await codeOf(kinesis.run("ListChannels", { NextToken }))).toBe("ExpiredNextTokenException");
  });
});
