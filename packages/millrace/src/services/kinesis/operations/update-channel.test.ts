import { describe, expect, it } from "vitest";
import { codeOf, errorOf, TestKinesis } from "../test-kinesis.ts";

describe("UpdateChannel", () => {
  it("changes freshness and log, UPDATING in between", async () => {
    await using kinesis = await TestKinesis.start();
    const ChannelARN = await kinesis.channel();
    const { ChannelDescription: updating } = await kinesis.run("UpdateChannel", {
      ChannelARN,
      S3DestinationConfiguration: { DataFreshnessInSeconds: 900 },
      LoggingConfiguration: { CloudWatchLogs: { Enabled: true, LogGroupName: "mine" } },
    });
    const changed = {
      S3DestinationConfiguration: { DataFreshnessInSeconds: 900 },
      LoggingConfiguration: {
        CloudWatchLogs: { Enabled: true, LogGroupName: "mine", LogStreamName: "DestinationDelivery" },
      },
    };
    expect(updating).toMatchObject({ ChannelStatus: "UPDATING", ...changed });
    const meanwhile = { ChannelARN, S3DestinationConfiguration: { DataFreshnessInSeconds: 300 } };
    expect(await codeOf(kinesis.run("UpdateChannel", meanwhile))).toBe("ResourceInUseException");
    await kinesis.pass();
    const { ChannelDescription } = await kinesis.run("DescribeChannel", { ChannelARN });
    expect(ChannelDescription).toMatchObject({ ChannelStatus: "ACTIVE", ...changed });
  });

  it("keeps what is not said", async () => {
    await using kinesis = await TestKinesis.start();
    const ChannelARN = await kinesis.channel({
      LoggingConfiguration: { CloudWatchLogs: { Enabled: true, LogGroupName: "g", LogStreamName: "s" } },
    });
    const { ChannelDescription } = await kinesis.run("UpdateChannel", {
      ChannelARN,
      LoggingConfiguration: { CloudWatchLogs: { Enabled: false } },
    });
    expect(ChannelDescription?.LoggingConfiguration).toEqual({
      CloudWatchLogs: { Enabled: false, LogGroupName: "g", LogStreamName: "s" },
    });
    expect(ChannelDescription?.S3DestinationConfiguration?.DataFreshnessInSeconds).toBe(300);
  });

  it.each([
    [{}, /must be specified/],
    [{ S3DestinationConfiguration: { DataFreshnessInSeconds: 1 } }, /between 300 and 900/],
    [{ S3TablesDestinationConfiguration: { DataFreshnessInSeconds: 300 } }, /not supported/],
  ])("refuses %j", async (changes, message) => {
    await using kinesis = await TestKinesis.start();
    const ChannelARN = await kinesis.channel();
    const error = await errorOf(kinesis.run("UpdateChannel", { ChannelARN, ...changes }));
    expect(error).toMatchObject({
      code: "InvalidArgumentException",
      message: expect.stringMatching(message),
    });
  });

  it("needs a channel", async () => {
    await using kinesis = await TestKinesis.start();
    const ChannelARN = "arn:aws:kinesis:us-east-1:000000000000:channel/none";
    const update = { ChannelARN, S3DestinationConfiguration: { DataFreshnessInSeconds: 300 } };
    expect(await codeOf(kinesis.run("UpdateChannel", update))).toBe("ResourceNotFoundException");
  });
});
