import { expect, it } from "vitest";
import { account, codeOf, region, TestKinesis } from "../test-kinesis.ts";

it("DescribeChannel finds a channel by its ARN, from another region too", async () => {
  await using kinesis = await TestKinesis.start();
  const ChannelARN = await kinesis.channel();
  const { ChannelDescription } = await kinesis.run(
    "DescribeChannel",
    { ChannelARN },
    { region: "eu-west-1" },
  );
  expect(ChannelDescription).toMatchObject({ ChannelARN, ChannelName: "archive", ChannelStatus: "ACTIVE" });
});

it.each([
  [`arn:aws:kinesis:${region}:${account}:channel/none`, "ResourceNotFoundException"],
  [`arn:aws:kinesis:eu-west-1:${account}:channel/ID`, "ResourceNotFoundException"],
  [`arn:aws:kinesis:${region}:111122223333:channel/ID`, "ResourceNotFoundException"],
  [`arn:aws:kinesis:${region}:${account}:channel/ID/more`, "ResourceNotFoundException"],
  [`arn:aws:kinesis:${region}:${account}:channel/${"x".repeat(65)}`, "InvalidArgumentException"],
  [
    `arn:aws:kinesis:${region}:${account}:stream/a:kinesis:x:${account}:channel/ID`,
    "InvalidArgumentException",
  ],
])("DescribeChannel refuses %s", async (text, code) => {
  await using kinesis = await TestKinesis.start();
  const id = (await kinesis.channel()).split("/")[1] ?? "";
  const ChannelARN = text.replace("ID", id);
  expect(await codeOf(kinesis.run("DescribeChannel", { ChannelARN }))).toBe(code);
});
