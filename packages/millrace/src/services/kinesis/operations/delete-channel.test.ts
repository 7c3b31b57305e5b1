import { describe, expect, it } from "vitest";
import { createInput } from "../channels/test-channels.ts";
import { codeOf, TestKinesis } from "../test-kinesis.ts";

describe("DeleteChannel", () => {
  it("removes the channel; what was not delivered is not delivered any more", async () => {
    await using kinesis = await TestKinesis.start();
    const ChannelARN = await kinesis.channel();
    await kinesis.put(kinesis.find(), '{"a":1}');
    await kinesis.run("DeleteChannel", { ChannelARN });
    const { ChannelDescription } = await kinesis.run("DescribeChannel", { ChannelARN });
    expect(ChannelDescription?.ChannelStatus).toBe("DELETING");
    await kinesis.run("DeleteChannel", { ChannelARN });
    await kinesis.pass();
    expect(await codeOf(kinesis.run("DescribeChannel", { ChannelARN }))).toBe("ResourceNotFoundException");
    await kinesis.pass(900_000);
    expect(kinesis.delivery.places.objects.size).toBe(0);
    expect(await codeOf(kinesis.run("DeleteChannel", { ChannelARN }))).toBe("ResourceNotFoundException");
  });

  it("stops a creation, and opens nothing for it", async () => {
    await using kinesis = await TestKinesis.start();
    await kinesis.stream({ StreamModeDetails: { StreamMode: "ON_DEMAND" } });
    const { ChannelDescription } = await kinesis.run("CreateChannel", createInput());
    await kinesis.run("DeleteChannel", { ChannelARN: ChannelDescription?.ChannelARN });
    await kinesis.pass();
    expect((await kinesis.run("ListChannels", {})).ChannelSummaries).toEqual([]);
    expect(kinesis.delivery.isOpen).toBe(false);
  });

  it("lets the stream go, which its channel holds", async () => {
    await using kinesis = await TestKinesis.start();
    const ChannelARN = await kinesis.channel();
    const StreamName = "orders";
    expect(await codeOf(kinesis.run("DeleteStream", { StreamName }))).toBe("ResourceInUseException");
    const mode = { StreamARN: kinesis.find().arn, StreamModeDetails: { StreamMode: "PROVISIONED" } } as const;
    expect(await codeOf(kinesis.run("UpdateStreamMode", mode))).toBe("ResourceInUseException");
    const { StreamDescriptionSummary } = await kinesis.run("DescribeStreamSummary", { StreamName });
    expect(StreamDescriptionSummary?.ChannelCount).toBe(1);
    expect(await kinesis.run("DescribeLimits", {})).toMatchObject({
      ChannelCount: 1,
      ChannelCountLimit: 100,
    });
    await kinesis.run("DeleteChannel", { ChannelARN });
    await kinesis.pass();
    await kinesis.run("DeleteStream", { StreamName });
    await kinesis.pass();
    expect((await kinesis.run("ListStreams", {})).StreamNames).toEqual([]);
  });
});
