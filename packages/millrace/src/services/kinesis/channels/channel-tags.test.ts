import { expect, it } from "vitest";
import { codeOf, TestKinesis } from "../test-kinesis.ts";

it("tags of channels are added, replaced, listed and removed", async () => {
  await using kinesis = await TestKinesis.start({ onDisk: true });
  const ResourceARN = await kinesis.channel({ Tags: { a: "1" } });
  await kinesis.run("TagResource", { ResourceARN, Tags: { a: "2", b: "3" } });
  await kinesis.run("UntagResource", { ResourceARN, TagKeys: ["b", "none"] });
  await kinesis.restart();
  const { Tags } = await kinesis.run("ListTagsForResource", { ResourceARN });
  expect(Tags).toEqual([{ Key: "a", Value: "2" }]);
});

it("tags of channels have the bounds of all tags", async () => {
  await using kinesis = await TestKinesis.start();
  const ResourceARN = await kinesis.channel();
  const tag = (Tags: Record<string, string>): Promise<string> =>
    codeOf(kinesis.run("TagResource", { ResourceARN, Tags }));
  const many = Object.fromEntries(Array.from({ length: 51 }, (_, i) => [`key-${i}`, ""]));
  expect(await tag(many)).toBe("InvalidArgumentException");
  expect(await tag({ "aws:a": "" })).toBe("InvalidArgumentException");
  expect((await kinesis.run("ListTagsForResource", { ResourceARN })).Tags).toEqual([]);
});

it("a channel that is being deleted, or is not there, takes no tags", async () => {
  await using kinesis = await TestKinesis.start();
  const ResourceARN = await kinesis.channel();
  await kinesis.run("DeleteChannel", { ChannelARN: ResourceARN });
  const tag = (): Promise<string> => codeOf(kinesis.run("TagResource", { ResourceARN, Tags: { a: "b" } }));
  expect(await tag()).toBe("ResourceInUseException");
  await kinesis.pass();
  expect(await tag()).toBe("ResourceNotFoundException");
  const untag = kinesis.run("UntagResource", { ResourceARN, TagKeys: ["a"] });
  expect(await codeOf(untag)).toBe("ResourceNotFoundException");
  const list = kinesis.run("ListTagsForResource", { ResourceARN });
  expect(await codeOf(list)).toBe("ResourceNotFoundException");
});

it.each(["x", "-1", "901", "", "1.5", " 5"])("a freshness of %j in a tag is passed over", async (value) => {
  await using kinesis = await TestKinesis.start();
  await kinesis.channel({ Tags: { "millrace:data-freshness-seconds": value } });
  await kinesis.put(kinesis.find(), "1");
  const [channel] = kinesis.state.channels.all();
  await kinesis.until(() => channel?.pipeline?.stats()[0]?.backlogRecords === 1);
  await kinesis.pass(299_000);
  expect(kinesis.delivery.places.objects.size).toBe(0);
  await kinesis.pass(1_000);
  await kinesis.until(() => kinesis.delivery.places.objects.size === 1);
});
