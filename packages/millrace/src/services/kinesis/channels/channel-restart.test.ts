import { describe, expect, it } from "vitest";
import { account, codeOf, region, TestKinesis } from "../test-kinesis.ts";
import { createInput } from "./test-channels.ts";

async function statusOf(kinesis: TestKinesis, ChannelARN: string): Promise<string | undefined> {
  const { ChannelDescription } = await kinesis.run("DescribeChannel", { ChannelARN });
  return ChannelDescription?.ChannelStatus;
}

describe("a restart", () => {
  it("ends a creation, after which the channel delivers", async () => {
    await using kinesis = await TestKinesis.start({ onDisk: true });
    await kinesis.stream({ StreamModeDetails: { StreamMode: "ON_DEMAND" } });
    const { ChannelDescription } = await kinesis.run("CreateChannel", createInput());
    const arn = ChannelDescription?.ChannelARN ?? "";
    await kinesis.restart();
    expect(await statusOf(kinesis, arn)).toBe("CREATING");
    expect(kinesis.delivery.isOpen).toBe(false);
    await kinesis.pass();
    expect(await statusOf(kinesis, arn)).toBe("ACTIVE");
    const [channel] = kinesis.state.channels.all();
    expect(channel?.copier).toBeDefined();
  });

  it("ends an update", async () => {
    await using kinesis = await TestKinesis.start({ onDisk: true });
    const ChannelARN = await kinesis.channel();
    const S3DestinationConfiguration = { DataFreshnessInSeconds: 700 };
    await kinesis.run("UpdateChannel", { ChannelARN, S3DestinationConfiguration });
    await kinesis.restart();
    expect(await statusOf(kinesis, ChannelARN)).toBe("UPDATING");
    await kinesis.pass();
    expect(await statusOf(kinesis, ChannelARN)).toBe("ACTIVE");
    const { ChannelDescription } = await kinesis.run("DescribeChannel", { ChannelARN });
    expect(ChannelDescription).toMatchObject({ S3DestinationConfiguration });
  });

  it("ends a deletion, with what lies in the channel's log", async () => {
    await using kinesis = await TestKinesis.start({ onDisk: true });
    const ChannelARN = await kinesis.channel();
    await kinesis.put(kinesis.find(), "1");
    await kinesis.run("DeleteChannel", { ChannelARN });
    await kinesis.restart();
    expect(await statusOf(kinesis, ChannelARN)).toBe("DELETING");
    await kinesis.pass();
    await kinesis.until(() => kinesis.state.channels.size === 0);
    expect(await codeOf(kinesis.run("DescribeChannel", { ChannelARN }))).toBe("ResourceNotFoundException");
    await kinesis.restart();
    expect(kinesis.delivery.isOpen).toBe(false);
    expect(kinesis.state.channels.size).toBe(0);
  });

  it("leaves a channel that has failed as it is", async () => {
    await using kinesis = await TestKinesis.start({ onDisk: true });
    kinesis.delivery.places.buckets.delete("lake");
    const ChannelARN = await kinesis.channel();
    expect(await statusOf(kinesis, ChannelARN)).toBe("FAILED");
    kinesis.delivery.places.buckets.set("lake", { account, region });
    await kinesis.restart();
    await kinesis.pass();
    expect(await statusOf(kinesis, ChannelARN)).toBe("FAILED");
    await kinesis.run("DeleteStream", { StreamName: "orders" });
    await kinesis.pass();
    await kinesis.run("DeleteChannel", { ChannelARN });
    await kinesis.pass();
    expect(await codeOf(kinesis.run("DescribeChannel", { ChannelARN }))).toBe("ResourceNotFoundException");
  });
});
